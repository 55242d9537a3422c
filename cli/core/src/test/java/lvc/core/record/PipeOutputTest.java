package lvc.core.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class PipeOutputTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 1000})
    void whatGoesInComesOutInOrder(int size) throws IOException {
        // Given
        Random random = new Random(size);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ByteArrayOutputStream actual = new ByteArrayOutputStream();
        PipeOutput pipe = new PipeOutput(actual, size);

        // When
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            pipe.write(bytes, 0, bytes.length);
            pipe.write(i);
            expected.write(bytes, 0, bytes.length);
            expected.write(i);
        }
        pipe.flush();

        // Then
        assertThat(actual.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void nothingGoesOutBeforeTheBufferIsFullOrFlushed() throws IOException {
        // Given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PipeOutput pipe = new PipeOutput(out, 4);

        // When
        pipe.write(new byte[] {1, 2, 3}, 0, 3);

        // Then
        assertThat(out.size()).isZero();
        pipe.write(new byte[] {4, 5}, 0, 2);
        assertThat(out.size()).isEqualTo(3);
        pipe.flush();
        assertThat(out.size()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe,true", "The pipe is being closed,true", "No space left on device,false", ",false"})
    void aClosedPipeIsToldFromAFullDisk(String message, boolean gone) {
        // Given
        PipeOutput pipe = new PipeOutput(
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        throw new IOException(message);
                    }
                },
                1);

        // When
        Throwable failure = catchThrowable(() -> {
            pipe.write(1);
            pipe.write(2);
        });

        // Then
        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(failure instanceof ReaderGone).isEqualTo(gone);
    }
}
