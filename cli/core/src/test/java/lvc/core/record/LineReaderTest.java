package lvc.core.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LineReaderTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void cutsLikeSplitHoweverTheBytesArrive(int seed) throws IOException {
        // Given: text over a tiny alphabet, so that delimiters are frequent, overlap and straddle reads
        Random random = new Random(seed);
        String delimiter = List.of("\n", "ab", "aab", "\r\n").get(seed % 4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append("ab\r\nc".charAt(random.nextInt(5)));
        }
        List<String> expected = new ArrayList<>(List.of(text.toString().split(delimiter, -1)));
        if (expected.get(expected.size() - 1).isEmpty()) {
            expected.remove(expected.size() - 1);
        }

        // When
        List<String> pieces = pieces(slowly(text.toString(), random), delimiter, 1, 1000);

        // Then
        assertThat(pieces).isEqualTo(expected);
    }

    @Test
    void aPieceMayTakeSeveralLinesAndKeepsTheDelimitersInside() throws IOException {
        // Given
        LineReader reader = reader("a\nb\nc\nd\ne", "\n", 2, 100);

        // When
        reader.advance();
        reader.advance();

        // Then
        assertThat(text(reader)).isEqualTo("c\nd");
        assertThat(reader.number()).isEqualTo(3);
        assertThat(reader.advance()).isTrue();
        assertThat(text(reader)).isEqualTo("e");
        assertThat(reader.advance()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10,false", "11,true", "5000000,true"})
    void whatIsLongerThanTheLimitIsSkippedAndTheNextPieceIsWhole(int length, boolean tooLong) throws IOException {
        // Given
        LineReader reader = reader("first\n" + "x".repeat(length) + "\nlast\n", "\n", 1, 10);
        reader.advance();

        // When
        reader.advance();

        // Then
        assertThat(reader.tooLong()).isEqualTo(tooLong);
        assertThat(reader.number()).isEqualTo(2);
        assertThat(reader.advance()).isTrue();
        assertThat(text(reader)).isEqualTo("last");
        assertThat(reader.number()).isEqualTo(3);
        assertThat(reader.tooLong()).isFalse();
        assertThat(reader.buffer().length).isLessThanOrEqualTo(64);
    }

    @Test
    void theBufferGrowsToALongPieceWithinTheLimit() throws IOException {
        // Given
        String line = "y".repeat(3_000_000);

        // When
        List<String> pieces = pieces(
                new ByteArrayInputStream(("a\n" + line + "\nb").getBytes(StandardCharsets.UTF_8)), "\n", 1, 3_000_000);

        // Then
        assertThat(pieces).containsExactly("a", line, "b");
    }

    @Test
    void anEmptyStreamHasNoPieceAndAnEmptyLineIsOne() throws IOException {
        assertThat(reader("", "\n", 1, 10).advance()).isFalse();
        assertThat(pieces(new ByteArrayInputStream(new byte[] {'\n', '\n'}), "\n", 1, 10))
                .containsExactly("", "");
    }

    private static LineReader reader(String text, String delimiter, int lines, int limit) {
        return new LineReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                delimiter.getBytes(StandardCharsets.UTF_8),
                lines,
                limit);
    }

    private static List<String> pieces(InputStream in, String delimiter, int lines, int limit) throws IOException {
        LineReader reader = new LineReader(in, delimiter.getBytes(StandardCharsets.UTF_8), lines, limit);
        List<String> pieces = new ArrayList<>();
        while (reader.advance()) {
            assertThat(reader.tooLong()).isFalse();
            pieces.add(text(reader));
        }
        return pieces;
    }

    private static String text(LineReader reader) {
        return new String(reader.buffer(), reader.from(), reader.to() - reader.from(), StandardCharsets.UTF_8);
    }

    /** Gives a few bytes at a time, as a pipe does. */
    private static InputStream slowly(String text, Random random) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int from, int length) {
                return super.read(bytes, from, Math.min(length, 1 + random.nextInt(7)));
            }
        };
    }
}
