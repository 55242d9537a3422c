package lvc.cli.term;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import lvc.core.port.Pause;

/** Asks a person. What is not a clear yes is a no. */
public final class Prompt {
    private final BufferedReader in;
    private final PrintStream err;

    public Prompt(InputStream in, PrintStream err) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.err = err;
    }

    /**
     * Whether the person said yes.
     *
     * @throws Pause.Interrupted when that person wants to stop; what is typed later is no answer
     */
    public boolean yes(String question) {
        String answer = ask(question + " [y/N] ").toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    /**
     * Whether the person typed exactly the name.
     *
     * @throws Pause.Interrupted when that person wants to stop; what is typed later is no answer
     */
    public boolean typed(String question, String name) {
        return ask(question + " ").equals(name);
    }

    /** The answer is read beside: no interrupt ends a read of a terminal, and whoever asked must be free to go at once. */
    private String ask(String question) {
        err.print(question);
        err.flush();
        FutureTask<String> answer = new FutureTask<>(this::line);
        Thread reader = new Thread(answer, "lvc-answer");
        reader.setDaemon(true);
        reader.start();
        try {
            return answer.get();
        } catch (InterruptedException e) {
            err.println();
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted("nothing was changed");
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException("no answer was read", e.getCause()));
        }
    }

    private String line() throws IOException {
        String line = in.readLine();
        return line == null ? "" : line.trim();
    }
}
