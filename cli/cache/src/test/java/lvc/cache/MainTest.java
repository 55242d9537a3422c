package lvc.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class MainTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsMissingIsSaidInThreeLines() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "error: nothing to serve", "why:   serve.topics is not set", "next:  LVC_SERVE_TOPICS=primary");
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("cache.properties"), "serve.topics=t\nserve.port=http\n");

        assertThat(run(Map.of(), file.toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("serve.port is wrong").contains("'http'");
        err.reset();
        assertThat(run(Map.of("LVC_SERVE_PORT", "0"), file.toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("brokers is not set");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(run(Map.of(), folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("none");
    }

    private int run(Map<String, String> environment, String... args) {
        return Main.run(
                args,
                environment,
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }
}
