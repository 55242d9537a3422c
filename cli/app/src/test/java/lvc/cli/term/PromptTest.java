package lvc.cli.term;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lvc.core.port.Pause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class PromptTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"y,true", "Yes,true", "n,false", "'',false", "yea,false"})
    void what_is_not_a_clear_yes_is_a_no(String typed, boolean yes) {
        InputStream in = new ByteArrayInputStream((typed + "\n").getBytes(StandardCharsets.UTF_8));

        assertThat(prompt(in).yes("Delete?")).isEqualTo(yes);
        assertThat(shown).hasToString("Delete? [y/N] ");
    }

    @Test
    @Timeout(10)
    void whoever_is_interrupted_waits_for_no_answer_and_takes_none() throws Exception {
        Keyboard keyboard = new Keyboard();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> end.complete(catchThrowable(() -> prompt(keyboard).yes("Delete?"))), "asking");
        asking.start();
        keyboard.asked.get(5, TimeUnit.SECONDS);

        asking.interrupt();

        assertThat(end.get(5, TimeUnit.SECONDS))
                .isInstanceOf(Pause.Interrupted.class)
                .hasMessage("nothing was changed");
        keyboard.typed.complete("y\n");
        assertThat(shown).hasToString("Delete? [y/N] " + System.lineSeparator());
    }

    private Prompt prompt(InputStream in) {
        return new Prompt(in, new PrintStream(shown, true, StandardCharsets.UTF_8));
    }

    /** Like a terminal: who reads waits for a line, and no interrupt changes that. */
    private static final class Keyboard extends InputStream {
        private final CompletableFuture<Void> asked = new CompletableFuture<>();
        private final CompletableFuture<String> typed = new CompletableFuture<>();
        private final byte[] one = new byte[1];
        private boolean ended;

        @Override
        public int read() {
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] buffer, int from, int most) {
            asked.complete(null);
            boolean interrupted = false;
            while (!typed.isDone()) {
                Thread.onSpinWait();
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            byte[] line = typed.join().getBytes(StandardCharsets.UTF_8);
            if (ended || line.length > most) {
                return -1;
            }
            ended = true;
            System.arraycopy(line, 0, buffer, from, line.length);
            return line.length;
        }
    }
}
