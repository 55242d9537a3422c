package lvc.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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

    @Test
    void aDirectoryForImagesThatCannotBeWrittenToIsSaidAtTheStart() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(serve(Map.of("LVC_SERVE_IMAGES", file.toString()))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("serve.images is wrong").contains(file.toString());
        assertThat(err.toString(UTF_8).lines()).hasSize(3);
    }

    @Test
    void filesThatMakeNoServerAreNotMistakenForATakenPort() throws IOException {
        String pem = Files.writeString(folder.resolve("pem"), "nothing of that").toString();

        assertThat(serve(Map.of("LVC_SERVE_TLS_CERTIFICATE_FILE", pem, "LVC_SERVE_TLS_KEY_FILE", pem)))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("next:  set serve.tls-certificate-file");
    }

    @Test
    void aCertificateThatIsNotThereIsNamed() {
        String none = folder.resolve("none").toString();

        assertThat(serve(Map.of("LVC_SERVE_TLS_CERTIFICATE_FILE", none, "LVC_SERVE_TLS_KEY_FILE", none)))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("serve.tls-certificate-file is wrong")
                .contains("cannot be read");
    }

    @Test
    void aPortThatIsTakenIsSaidInThreeLines() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(serve(Map.of("LVC_SERVE_PORT", Integer.toString(taken.getLocalPort()))))
                    .isEqualTo(3);
        }
        assertThat(err.toString(UTF_8)).contains("--port 0 picks a free port");
        assertThat(err.toString(UTF_8).lines()).hasSize(3);
    }

    /** From brokers that are not there. */
    private int serve(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("LVC_SERVE_PORT", "0");
        all.putAll(Map.of("LVC_BROKERS", "127.0.0.1:1", "LVC_SERVE_TOPICS", "t", "LVC_TIMEOUT", "1s"));
        return run(all);
    }

    private int run(Map<String, String> environment, String... args) {
        return Main.run(
                args,
                environment,
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }
}
