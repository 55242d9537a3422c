package lvc.sandbox.transform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.broker.Logs.RecordHeader;
import lvc.sandbox.transform.TransformControl.Deployment;
import lvc.sandbox.wasm.Modules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static lvc.sandbox.transform.Bench.eventually;
import static lvc.sandbox.transform.Bench.fromStart;
import static org.assertj.core.api.Assertions.assertThat;

/** What goes through the built-in module, and where it arrives. */
class CopyTest {

    @TempDir
    Path directory;

    private final FakeLogs logs = new FakeLogs();
    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory, logs);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void recordsArriveInOrder() {
        // Given
        logs.topic("in", 1).topic("out", 1);
        for (int i = 0; i < 10_000; i++) {
            logs.put("in", 0, "k" + i % 100, "v" + i);
        }
        // When
        bench.deploy(fromStart("copy", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(logs.values("out", 0)).isEqualTo(logs.values("in", 0)));
    }

    @Test
    void nullsEmptyValuesAndHeadersInTheirOrderSurvive() {
        // Given
        logs.topic("in", 1).topic("out", 1);
        byte[] none = null;
        byte[] empty = {};
        byte[] some = {0, -1, 'x'};
        List<RecordHeader> headers = List.of(
                new RecordHeader("h", some),
                new RecordHeader("a", none),
                new RecordHeader("h", empty),
                new RecordHeader("", some),
                new RecordHeader("überschrift", some));
        List<byte[]> kinds = Arrays.asList(none, empty, some);
        for (byte[] key : kinds) {
            for (byte[] value : kinds) {
                logs.put("in", 0, key, value, List.of(), 5);
                logs.put("in", 0, key, value, headers, 5);
            }
        }
        // When
        bench.deploy(fromStart("copy", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(contents(logs.records("out", 0))).isEqualTo(contents(logs.records("in", 0))));
        assertThat(logs.records("out", 0)).hasSize(18);
    }

    @Test
    void recordsFrom0BytesTo1MiBPassWithin2MiBOfMemory() {
        // Given
        logs.topic("in", 1).topic("out", 1);
        logs.mostBytesPerBatch(2 << 20);
        for (int size : new int[] {0, 1, 63, 64, 65_000, 65_535, 65_536, 65_537, 1 << 20, 0}) {
            byte[] value = new byte[size];
            Arrays.fill(value, (byte) size);
            logs.put("in", 0, new byte[0], value, List.of(), 5);
        }
        // When
        bench.deploy(fromStart("copy", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(contents(logs.records("out", 0))).isEqualTo(contents(logs.records("in", 0))));
        assertThat(bench.failures("copy")).isZero();
    }

    @Test
    void aRecordThatDoesNotFitInTheMemoryFailsForever() {
        // Given
        logs.topic("in", 1).topic("out", 1);
        logs.put("in", 0, new byte[0], new byte[2 << 20], List.of(), 5);
        // When
        bench.deploy(fromStart("copy", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(bench.failures("copy")).isGreaterThan(2));
        assertThat(logs.records("out", 0)).isEmpty();
    }

    @Test
    void theOutputPartitionIsTheInputPartitionModuloTheirNumber() {
        // Given
        logs.topic("in", 5).topic("out", 2);
        for (int partition = 0; partition < 5; partition++) {
            logs.put("in", partition, "same key", "from " + partition);
        }
        // When
        bench.deploy(fromStart("copy", "in", "out"), Modules.identity());
        // Then
        eventually(() -> {
            assertThat(logs.values("out", 0)).containsExactlyInAnyOrder("from 0", "from 2", "from 4");
            assertThat(logs.values("out", 1)).containsExactlyInAnyOrder("from 1", "from 3");
        });
    }

    @Test
    void recordsOfAnOpenTransactionAreNotRead() {
        // Given
        logs.topic("in", 1).topic("out", 1);
        logs.put("in", 0, "k", "stable");
        logs.put("in", 0, "k", "open");
        logs.unstable("in", 0, 1);
        // When
        bench.deploy(fromStart("copy", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(bench.committed("copy")).containsExactly(0L));
        assertThat(logs.values("out", 0)).containsExactly("stable");
        // When
        logs.unstable("in", 0, 0);
        // Then
        eventually(() -> assertThat(logs.values("out", 0)).containsExactly("stable", "open"));
    }

    @Test
    void oneBatchIsWrittenForOneThatWasReadUnlessItIsTooLarge() {
        // Given
        logs.topic("in", 1).topic("out", 1);
        logs.mostRecordsPerPoll(100);
        logs.mostBytesPerBatch(50_000);
        for (int i = 0; i < 100; i++) {
            logs.put("in", 0, "k", "small " + i);
        }
        for (int i = 0; i < 100; i++) {
            logs.put("in", 0, "k", "large " + i + "x".repeat(1_000));
        }
        // When
        bench.deploy(fromStart("copy", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(logs.values("out", 0)).isEqualTo(logs.values("in", 0)));
        assertThat(logs.batches("out", 0)).containsExactly(100, 25, 25, 25, 25);
    }

    @Test
    void aSingleRecordThatIsTooLargeForTheOutputFailsForever() {
        // Given
        logs.topic("in", 1).topic("out", 1);
        logs.mostBytesPerBatch(1_000);
        logs.put("in", 0, "k", "x".repeat(2_000));
        // When
        bench.deploy(fromStart("copy", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(bench.failures("copy")).isGreaterThan(2));
        assertThat(bench.numbers("copy").executionErrors()).isZero();
    }

    @Test
    void theTransformsCompressionIsUsed() {
        // Given
        logs.topic("in", 1).topic("out", 1);
        logs.put("in", 0, "k", "v");
        Deployment plain = fromStart("copy", "in", "out");
        // When
        bench.deploy(
                new Deployment("copy", "in", List.of("out"), Map.of(), "zstd", plain.offset()), Modules.identity());
        // Then
        eventually(() -> assertThat(logs.compressions("out", 0)).containsExactly("zstd"));
    }

    private static List<List<Object>> contents(List<InputRecord> records) {
        List<List<Object>> contents = new ArrayList<>();
        for (InputRecord record : records) {
            List<Object> content = new ArrayList<>(Arrays.asList(text(record.key()), text(record.value())));
            for (RecordHeader header : record.headers()) {
                content.add(header.key() + "=" + text(header.value()));
            }
            contents.add(content);
        }
        return contents;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : bytes.length + ":" + Arrays.hashCode(bytes);
    }
}
