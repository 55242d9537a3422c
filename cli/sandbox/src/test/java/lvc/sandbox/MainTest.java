package lvc.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MainTest {

    /** What a run left behind. */
    private record Result(int code, String out, List<String> err) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-such-option",
                "--kafka-port nine",
                "--kafka-port 70000",
                "--kafka-port 9000 --admin-port 9000",
                "-o yaml",
                "--commit-interval soon",
                "--set no_such_property=1",
                "--set data_transforms_commit_interval_ms=soon",
                "--admin-user ada",
                "--admin-user ada --admin-password-file /no/such/file",
                "extra"
            })
    void wrongOptionsEndWithTwoAndThreeLines(String options) {
        // When
        Result result = run(options.split(" "));

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThreeLines(result);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--kafka-port", "--admin-port"})
    void aPortThatIsTakenEndsWithThreeAndNamesIt(String option) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            // Given
            String port = Integer.toString(taken.getLocalPort());
            String other = option.equals("--kafka-port") ? "--admin-port" : "--kafka-port";

            // When
            Result result = run(option, port, other, "0");

            // Then
            assertThat(result.code()).isEqualTo(3);
            assertThreeLines(result);
            assertThat(result.err()).first().asString().contains(port);
            assertThat(result.err()).last().asString().contains(option);
        }
    }

    @Test
    void aDirectoryThatIsInUseEndsWithThreeAndTouchesNothing(@TempDir Path data) throws Exception {
        try (DataDirectory inUse = DataDirectory.kept(data)) {
            // When
            Result result = run(
                    "--kafka-port",
                    "0",
                    "--admin-port",
                    "0",
                    "--data",
                    inUse.path().toString());

            // Then
            assertThat(result.code()).isEqualTo(3);
            assertThreeLines(result);
            assertThat(data.resolve("broker")).doesNotExist();
        }
    }

    @Test
    void aDataDirectoryThatIsAFileIsNamed(@TempDir Path parent) throws Exception {
        // Given
        Path file = Files.writeString(parent.resolve("file"), "x");

        // When
        Result result = run("--kafka-port", "0", "--admin-port", "0", "--data", file.toString());

        // Then
        assertThat(result.code()).isEqualTo(1);
        assertThreeLines(result);
        assertThat(result.err().get(1)).contains(file.toString());
    }

    @Test
    void helpNamesEveryOption() {
        // When
        Result result = run("--help");

        // Then
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("--kafka-port", "--data", "--exit-with-parent", "--alias-lag-metric");
    }

    private static void assertThreeLines(Result result) {
        assertThat(result.err()).hasSize(3);
        assertThat(result.err().get(0)).startsWith("error: ");
        assertThat(result.err().get(1)).startsWith("why:   ");
        assertThat(result.err().get(2)).startsWith("next:  ");
    }

    private static Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(
                code,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
