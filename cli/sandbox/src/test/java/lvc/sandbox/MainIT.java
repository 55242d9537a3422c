package lvc.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MainIT {

    @Test
    void saysWhereItIsInOneLineAndEndsWithItsParent() {
        // Given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        // When
        int code = Main.run(
                new String[] {"--kafka-port", "0", "--admin-port", "0", "--exit-with-parent"},
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));

        // Then
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("sandbox ready: brokers 127\\.0\\.0\\.1:\\d+, admin http://127\\.0\\.0\\.1:\\d+\\R");
        assertThat(code).isZero();
    }
}
