package lvc.sandbox.wasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.broker.Logs.OutputRecord;
import lvc.sandbox.broker.Logs.RecordHeader;
import lvc.sandbox.wasm.RecordPayload.Malformed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The bytes in which records cross the border. */
class RecordPayloadTest {

    @Test
    void keyValueAndHeadersFollowEachOtherWithTheirLengths() {
        // Given
        InputRecord record = new InputRecord(
                0, 0, bytes("k"), null, List.of(new RecordHeader("h", bytes("xy")), new RecordHeader("", null)));
        // When
        byte[] payload = payload(record);
        // Then
        assertThat(payload).containsExactly(2, 'k', 1, 4, 2, 'h', 4, 'x', 'y', 0, 1);
    }

    @Test
    void whateverGoesInComesOutAgain() throws Malformed {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            // Given
            List<RecordHeader> headers = new ArrayList<>();
            for (int h = random.nextInt(4); h > 0; h--) {
                headers.add(new RecordHeader("häder" + random.nextInt(3), some(random)));
            }
            InputRecord record = new InputRecord(i, 0, some(random), some(random), headers);
            // When
            OutputRecord back = RecordPayload.read(payload(record));
            // Then
            assertThat(back.key()).isEqualTo(record.key());
            assertThat(back.value()).isEqualTo(record.value());
            assertThat(back.headers()).hasSameSizeAs(headers);
            for (int h = 0; h < headers.size(); h++) {
                assertThat(back.headers().get(h).key()).isEqualTo(headers.get(h).key());
                assertThat(back.headers().get(h).value())
                        .isEqualTo(headers.get(h).value());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "00", // no value
                "0000", // no number of headers
                "000000 00", // a byte too many
                "03 00 00", // length -2
                "04 6b", // key longer than the rest
                "00 00 01", // -1 headers
                "00 00 02 00", // header without a value
                "ffffffffffffffffffff01 00 00", // a number without an end
                "feffffffffffffffff01 00 00", // a length beyond every array
                "00 00 feffffff0f", // two thousand million headers
            })
    void whatIsNoRecordIsMalformed(String hex) {
        byte[] payload = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> RecordPayload.read(payload)).isInstanceOf(Malformed.class);
    }

    private static byte[] payload(InputRecord record) {
        byte[] target = new byte[RecordPayload.size(record)];
        int length = RecordPayload.write(record, target);
        assertThat(length).isEqualTo(target.length);
        return target;
    }

    private static byte @Nullable [] some(Random random) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return null;
        }
        byte[] bytes = new byte[kind == 1 ? 0 : kind == 2 ? random.nextInt(20_000) : random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return Arrays.copyOf(text.getBytes(UTF_8), text.length());
    }
}
