package lvc.cache.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What is written is read again by a parser that somebody else wrote. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutputTest {
    private static final int BYTES = 256;

    @Test
    void everyAsciiCharacterAtEveryPlaceIsReadAsItWas() throws JsonProcessingException {
        for (char each = 0; each < BYTES / 2; each++) {
            for (int place = 0; place < 20; place++) {
                char[] text = "abcdefghijklmnopqrst".toCharArray();
                text[place] = each;
                assertRead(new String(text));
            }
        }
    }

    @Test
    void anyTextOfAnyLengthIsReadAsItWas() throws JsonProcessingException {
        Random dice = new Random(11);
        String letters = "aZ09 \"\\\n\t\u0000\u001f\u007fäß€😀\u2028/";
        int[] points = letters.codePoints().toArray();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = dice.nextInt(30); length > 0; length--) {
                text.appendCodePoint(points[dice.nextInt(points.length)]);
            }
            assertRead(text.toString());
        }
    }

    @Test
    void bytesThatAreNoTextAreReadFromBase64() throws IOException {
        Random dice = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            byte[] value = new byte[dice.nextInt(20)];
            dice.nextBytes(value);
            boolean text = Arrays.equals(new String(value, UTF_8).getBytes(UTF_8), value);
            JsonNode read =
                    read(new Output().raw('{').field(Output.VALUE, value).raw('}'));
            if (text) {
                assertThat(read.path("value").asText().getBytes(UTF_8)).isEqualTo(value);
            } else {
                assertThat(read.path("valueBase64").binaryValue()).isEqualTo(value);
            }
        }
    }

    @Test
    void everyLengthOfNumberIsWrittenAsJavaWritesIt() {
        Output output = new Output();
        StringBuilder wanted = new StringBuilder();
        for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
            for (long number : new long[] {power - 1, power, power + 1, -power}) {
                output.number(number).raw(' ');
                wanted.append(number).append(' ');
            }
        }
        for (long number : new long[] {1_000_000_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE}) {
            output.number(number).raw(' ');
            wanted.append(number).append(' ');
        }

        assertThat(output).hasToString(wanted.toString());
    }

    private static void assertRead(String text) throws JsonProcessingException {
        byte[] value = text.getBytes(UTF_8);
        JsonNode read = read(new Output().raw('{').field(Output.KEY, value).raw('}'));
        assertThat(read.path("key").asText()).isEqualTo(text);
    }

    private static JsonNode read(Output output) throws JsonProcessingException {
        return new ObjectMapper().readTree(output.toString());
    }
}
