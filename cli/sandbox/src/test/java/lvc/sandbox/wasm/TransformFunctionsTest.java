package lvc.sandbox.wasm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static lvc.sandbox.wasm.FakeHost.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The functions of {@code redpanda_transform}, called as a module calls them. */
class TransformFunctionsTest {

    private static final int RECORD = 1_000;
    private static final int OPTIONS = 4_000;

    private final FakeHost host = new FakeHost();
    private final FakeMemory memory = new FakeMemory();
    private final GuestClock clock = new GuestClock();
    private final Map<String, HostFunction> functions = new TransformFunctions(
                    List.of("first", "second"), host, new TimeLimit(Duration.ofMinutes(1)), clock)
            .all(true).stream().collect(Collectors.toMap(HostFunction::name, Function.identity()));

    private long call(String name, long... arguments) {
        return requireNonNull(functions.get(name)).body().call(memory, arguments);
    }

    private long readBatchHeader() {
        return call("read_batch_header", 0, 8, 12, 16, 20, 24, 32, 40, 48, 52);
    }

    private long readNextRecord(int length) {
        return call("read_next_record", 56, 64, 72, RECORD, length);
    }

    private long writeWithOptions(byte... options) {
        memory.put(OPTIONS, options, options.length);
        byte[] payload = {2, 'k', 2, 'v', 0};
        memory.put(RECORD, payload, payload.length);
        return call("write_record_with_options", RECORD, payload.length, OPTIONS, options.length);
    }

    private static byte[] topic(String name) {
        byte[] options = new byte[2 + name.length()];
        options[0] = 1;
        options[1] = (byte) (name.length() * 2);
        System.arraycopy(name.getBytes(UTF_8), 0, options, 2, name.length());
        return options;
    }

    @Test
    void aBatchIsDescribedInTheWidthOfEachNumber() {
        // Given
        host.batch(record(5, 100, "a", "1"), record(9, 50, "b", "22"));
        memory.fill(0, 100, (byte) 0x55);
        // When
        long largest = readBatchHeader();
        // Then
        assertThat(largest).isEqualTo(6);
        assertThat(memory.getLong(0)).isEqualTo(5);
        assertThat(memory.getInt(8)).isEqualTo(2);
        assertThat(memory.bytes.getShort(16)).isZero();
        assertThat(memory.bytes.getShort(18)).isEqualTo((short) 0x5555);
        assertThat(memory.getInt(20)).isEqualTo(4);
        assertThat(memory.getLong(24)).isEqualTo(100);
        assertThat(memory.getLong(32)).isEqualTo(100);
        assertThat(memory.getLong(40)).isEqualTo(-1);
        assertThat(memory.bytes.getShort(48)).isEqualTo((short) -1);
        assertThat(memory.bytes.getShort(50)).isEqualTo((short) 0x5555);
        assertThat(memory.getInt(52)).isEqualTo(-1);
    }

    @Test
    void recordsComeWithTheirOwnTimeAndOffsetAndThenNoMore() {
        // Given
        host.batch(record(5, 100, "a", "1"), record(9, 50, "b", "22"));
        readBatchHeader();
        readNextRecord(100);
        // When
        long length = readNextRecord(100);
        // Then
        assertThat(memory.get(RECORD, (int) length)).containsExactly(2, 'b', 4, '2', '2', 0);
        assertThat(memory.getByte(56)).isZero();
        assertThat(memory.getLong(64)).isEqualTo(50);
        assertThat(memory.getLong(72)).isEqualTo(9);
        assertThat(clock.wallNanos()).isEqualTo(50_000_000);
        assertThat(readNextRecord(100)).isEqualTo(-1);
        assertThat(host.read).containsExactly(5L, 9L);
    }

    @Test
    void aBufferThatIsTooSmallIsSaidToBeAndTheRecordIsKept() {
        // Given
        host.batch(record(5, 100, "a", "1"));
        readBatchHeader();
        // When
        long refused = readNextRecord(4);
        long accepted = readNextRecord(5);
        // Then
        assertThat(refused).isEqualTo(-2);
        assertThat(accepted).isEqualTo(5);
    }

    @Test
    void withoutABatchNothingCanBeReadOrWritten() {
        // Given
        host.batches.add(List.of());
        // When
        long header = readBatchHeader();
        // Then
        assertThat(header).isEqualTo(-1);
        assertThat(readNextRecord(100)).isEqualTo(-1);
        assertThat(call("write_record", RECORD, 5)).isEqualTo(-1);
        assertThat(writeWithOptions(topic("first"))).isEqualTo(-1);
    }

    @Test
    void aWrittenRecordGoesToTheFirstOutput() {
        // Given
        host.batch(record(5, 100, "a", "1"));
        readBatchHeader();
        memory.put(RECORD, new byte[] {1, 1, 0}, 3);
        // When
        long answer = call("write_record", RECORD, 3);
        // Then
        assertThat(answer).isEqualTo(3);
        assertThat(host.outputs).containsExactly(0);
        assertThat(host.emitted.get(0).key()).isNull();
        assertThat(host.emitted.get(0).value()).isNull();
    }

    @Test
    void aMalformedPayloadIsRefused() {
        // Given
        host.batch(record(5, 100, "a", "1"));
        readBatchHeader();
        memory.put(RECORD, new byte[] {2, 'k', 2, 'v', 0, 0}, 6);
        // When
        long tooLong = call("write_record", RECORD, 6);
        long tooShort = call("write_record", RECORD, 4);
        // Then
        assertThat(tooLong).isEqualTo(-2);
        assertThat(tooShort).isEqualTo(-2);
        assertThat(host.emitted).isEmpty();
    }

    @Test
    void optionsNameTheOutput() {
        // Given
        host.batch(record(5, 100, "a", "1"));
        readBatchHeader();
        // When
        writeWithOptions();
        writeWithOptions(topic("second"));
        long unknown = writeWithOptions(topic("third"));
        // Then
        assertThat(host.outputs).containsExactly(0, 1);
        assertThat(unknown).isEqualTo(-3);
    }

    @Test
    void optionsThatAreNotUnderstoodAreRefusedAndTruncatedOnesTrap() {
        // Given
        host.batch(record(5, 100, "a", "1"));
        readBatchHeader();
        // When
        long unknownKey = writeWithOptions((byte) 2, (byte) 2, (byte) 'x');
        long trailing = writeWithOptions((byte) 1, (byte) 2, (byte) 'x', (byte) 0);
        // Then
        assertThat(unknownKey).isEqualTo(-2);
        assertThat(trailing).isEqualTo(-2);
        assertThatThrownBy(() -> writeWithOptions((byte) 1, (byte) 12, (byte) 'x'))
                .isInstanceOf(TransformFunctions.BadOptions.class);
        assertThat(host.emitted).isEmpty();
    }

    @Test
    void batchesHaveNoMetadata() {
        assertThat(call("read_batch_metadata", 1, RECORD, 100)).isZero();
    }
}
