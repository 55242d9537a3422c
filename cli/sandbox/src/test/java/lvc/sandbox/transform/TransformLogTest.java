package lvc.sandbox.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.wasm.Modules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lvc.sandbox.transform.Bench.eventually;
import static lvc.sandbox.transform.Bench.fromStart;
import static org.assertj.core.api.Assertions.assertThat;

/** Where the lines go that modules print. */
class TransformLogTest {

    private static final String TOPIC = "_redpanda.transform_logs";

    private final FakeLogs logs = new FakeLogs();
    private final ClusterConfig config = new ClusterConfig();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final TransformLog log = new TransformLog(
            logs, config, timer, Clock.fixed(Instant.ofEpochSecond(1_700_000_000, 5), ZoneOffset.UTC), 0);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private List<String> lines() throws Exception {
        List<String> lines = new ArrayList<>();
        for (InputRecord record : logs.records(TOPIC, 0)) {
            lines.add(json(record).at("/body/stringValue").asText());
        }
        return lines;
    }

    private static JsonNode json(InputRecord record) throws Exception {
        return new ObjectMapper().readTree(record.value());
    }

    @Test
    void theTopicIsCreatedWithTheFirstLineAndHasOnePartition() {
        // Given
        log.flush();
        assertThat(logs.partitions(TOPIC)).isEmpty();
        // When
        log.add("t", false, "hello".getBytes(UTF_8));
        log.flush();
        // Then
        assertThat(logs.partitions(TOPIC)).contains(1);
    }

    @Test
    void aLineIsAnEventUnderTheTransformsName() throws Exception {
        // When
        log.add("my transform", true, "a \"quoted\" line\t.".getBytes(UTF_8));
        log.flush();
        // Then
        InputRecord record = logs.records(TOPIC, 0).get(0);
        assertThat(new String(record.key(), UTF_8)).isEqualTo("my transform");
        assertThat(new String(record.value(), UTF_8))
                .isEqualTo("{\"body\":{\"stringValue\":\"a \\\"quoted\\\" line\\t.\"},"
                        + "\"timeUnixNano\":1700000000000000005,\"severityNumber\":13,\"attributes\":["
                        + "{\"key\":\"transform_name\",\"value\":{\"stringValue\":\"my transform\"}},"
                        + "{\"key\":\"node\",\"value\":{\"intValue\":0}}]}");
    }

    @Test
    void longLinesAreCutBetweenCharacters() throws Exception {
        // When
        log.add("t", false, "x".repeat(2_000).getBytes(UTF_8));
        log.add("t", false, ("x" + "ü".repeat(2_000)).getBytes(UTF_8));
        log.flush();
        // Then
        assertThat(lines()).containsExactly("x".repeat(1_024), "x" + "ü".repeat(511));
    }

    @Test
    void whatCannotBeShownIsDropped() throws Exception {
        // When
        log.add("t", false, new byte[] {'a', 0, 'b'});
        log.add("t", false, "\u001b[31mred".getBytes(UTF_8));
        log.add("t", false, new byte[] {(byte) 0xff, (byte) 0xfe});
        log.add("t", false, "fine".getBytes(UTF_8));
        log.flush();
        // Then
        assertThat(lines()).containsExactly("fine");
    }

    @Test
    void whatDoesNotFitInTheBufferIsDropped() throws Exception {
        // Given
        config.put("data_transforms_logging_buffer_capacity_bytes", 102_400);
        config.put("data_transforms_logging_flush_interval_ms", 600_000);
        // When
        for (int i = 0; i < 1_000; i++) {
            log.add("t", false, ("line " + i + " " + "x".repeat(300)).getBytes(UTF_8));
        }
        log.flush();
        // Then
        assertThat(lines()).hasSizeBetween(150, 300);
        assertThat(lines().get(0)).startsWith("line 0 ");
    }

    @Test
    void printedLinesArriveByThemselves(@TempDir Path directory) throws Exception {
        // Given
        logs.topic("in", 1).topic("out", 1);
        logs.mostRecordsPerPoll(1);
        logs.put("in", 0, "k", "v");
        logs.put("in", 0, "k", "v");
        try (Bench bench = new Bench(directory, logs)) {
            // When
            bench.deploy(fromStart("t", "in", "out"), Modules.test("prints"));
            // Then
            eventually(() -> {
                assertThat(logs.partitions(TOPIC)).contains(1);
                assertThat(lines()).containsExactly("hello", "oh", "half a hello", "oh");
            });
            assertThat(json(logs.records(TOPIC, 0).get(0)).at("/severityNumber").asInt())
                    .isEqualTo(9);
            assertThat(json(logs.records(TOPIC, 0).get(1)).at("/severityNumber").asInt())
                    .isEqualTo(13);
        }
        assertThat(lines()).endsWith("half a ");
    }
}
