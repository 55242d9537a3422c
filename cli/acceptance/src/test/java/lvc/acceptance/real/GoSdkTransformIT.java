package lvc.acceptance.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lvc.acceptance.real.Topics.Entry;
import lvc.acceptance.sandbox.ChildSandbox;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Transforms compiled with Redpanda's own Go SDK and plain Go run on the sandbox as they are. Plain Go asks for more
 * memory than Redpanda's default gives a transform, so the cluster must be told first, as a user would have to.
 */
class GoSdkTransformIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MEMORY = "data_transforms_per_function_memory_limit=16777216";
    /** Time that a module may compute per record, so generous that a busy machine is not taken for a busy module. */
    private static final String TIME = "data_transforms_runtime_limit_ms=60000";

    @TempDir
    private Path data;

    private Path modules = Path.of("");
    private @Nullable ChildSandbox sandbox;

    @BeforeEach
    void requireModules() {
        modules = RealComponent.GO_TRANSFORMS.require();
    }

    @AfterEach
    void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void moduleThatWantsMoreThanTheDefaultMemoryNeverRuns() throws Exception {
        // Given
        ChildSandbox started = start();
        AdminApi admin = new AdminApi(started.admin());
        Topics topics = new Topics(started.brokers());
        topics.create(1, "source", "destination");
        topics.produce("source", List.of(Entry.of(0, "k", "v")));

        // When
        admin.deploy(modules.resolve("identity.wasm"), "copy", "source", "destination", Map.of());

        // Then
        await().atMost(PATIENCE).until(() -> admin.failures("copy") >= 2);
        assertThat(admin.status("copy", 0)).isEqualTo("errored");
        assertThat(topics.size("destination")).isZero();
    }

    @Test
    void moduleRunsOnceTheMemoryIsRaisedAndTheClusterRestarted() throws Exception {
        // Given
        ChildSandbox first = start("--data", data.toString(), "--set", TIME);
        new Topics(first.brokers()).create(1, "source", "destination");
        new Topics(first.brokers()).produce("source", List.of(Entry.of(0, "k", "v")));
        AdminApi admin = new AdminApi(first.admin());
        admin.deploy(modules.resolve("identity.wasm"), "copy", "source", "destination", Map.of());
        admin.set("data_transforms_per_function_memory_limit", 16 << 20);
        assertThat(admin.needsRestart()).isTrue();
        first.close();

        // When
        ChildSandbox second = start("--data", data.toString(), "--set", TIME);

        // Then
        assertThat(new AdminApi(second.admin()).needsRestart()).isFalse();
        Topics topics = new Topics(second.brokers());
        await().atMost(PATIENCE).until(() -> topics.size("destination") == 1);
        assertThat(topics.read("destination")).containsExactly(Entry.of(0, "k", "v"));
    }

    @Test
    void identityCopiesTenThousandRecordsInOrder() throws Exception {
        // Given
        ChildSandbox started = start("--set", MEMORY, "--set", TIME);
        Topics topics = new Topics(started.brokers());
        topics.create(2, "source", "destination");
        List<Entry> written = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String key = i % 50 == 0 ? null : "key-" + i % 700;
            String value = i % 7 == 0 ? null : i % 11 == 0 ? "" : "value " + i;
            Entry plain = Entry.of(i % 2, key, value);
            Entry adorned = Entry.of(i % 2, key, value, "b=" + i, "a=1", "b=null");
            written.add(i % 3 == 0 ? adorned : plain);
        }
        topics.produce("source", written);

        // When
        new AdminApi(started.admin())
                .deploy(modules.resolve("identity.wasm"), "copy", "source", "destination", Map.of());

        // Then
        await().atMost(PATIENCE).until(() -> topics.size("destination") == written.size());
        List<Entry> copied = topics.read("destination");
        for (int partition = 0; partition < 2; partition++) {
            assertThat(in(partition, copied)).isEqualTo(in(partition, written));
        }
        assertThat(topics.raw("destination"))
                .extracting(ConsumerRecord::timestampType)
                .containsOnly(TimestampType.LOG_APPEND_TIME);
    }

    @Test
    void filterObeysItsEnvironmentAndLogsWhatItDoes() throws Exception {
        // Given
        ChildSandbox started = start("--set", MEMORY, "--set", TIME);
        Topics topics = new Topics(started.brokers());
        topics.create(1, "source", "destination");
        AdminApi admin = new AdminApi(started.admin());
        Map<String, String> environment = Map.of("PATTERN", "\\.edu$");

        // When
        admin.deploy(modules.resolve("filter.wasm"), "schools", "source", "destination", environment);
        topics.produce(
                "source",
                List.of(
                        Entry.of(0, "1", "one.edu"),
                        Entry.of(0, "2", "two.org"),
                        Entry.of(0, "3", null),
                        Entry.of(0, "4", "four.edu")));

        // Then
        await().atMost(PATIENCE).until(() -> topics.size("destination") == 3);
        assertThat(topics.read("destination"))
                .containsExactly(Entry.of(0, "1", "ONE.EDU"), Entry.of(0, "3", null), Entry.of(0, "4", "FOUR.EDU"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log(topics))
                .extracting(LogLine::name, LogLine::severity, LogLine::text)
                .containsExactly(
                        tuple("schools", 9, "kept 1"),
                        tuple("schools", 13, "left out 2"),
                        tuple("schools", 9, "kept 4")));
    }

    @Test
    void panicStopsTheTransformAtItsRecordForGood() throws Exception {
        // Given
        ChildSandbox started = start("--set", MEMORY, "--set", TIME, "--first-backoff", "200ms");
        Topics topics = new Topics(started.brokers());
        topics.create(1, "source", "destination");
        AdminApi admin = new AdminApi(started.admin());
        admin.deploy(modules.resolve("poison.wasm"), "copy", "source", "destination", Map.of());
        topics.produce("source", List.of(Entry.of(0, "good", "1")));
        await().atMost(PATIENCE).until(() -> topics.size("destination") == 1);
        assertThat(admin.failures("copy")).isZero();

        // When
        topics.produce("source", List.of(Entry.of(0, "poison", "2"), Entry.of(0, "later", "3")));

        // Then
        await().atMost(PATIENCE).until(() -> admin.failures("copy") >= 3);
        await().atMost(PATIENCE).until(() -> admin.status("copy", 0).equals("errored"));
        assertThat(topics.read("destination")).extracting(Entry::key).containsOnly("good");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log(topics))
                .filteredOn(line -> line.severity() == 13)
                .extracting(LogLine::text)
                .anyMatch(text -> text.contains("panic: met the poisoned record")));
    }

    private ChildSandbox start(String... options) {
        ChildSandbox started = ChildSandbox.start(options);
        sandbox = started;
        return started;
    }

    private static List<Entry> in(int partition, List<Entry> entries) {
        return entries.stream().filter(entry -> entry.partition() == partition).toList();
    }

    /** A line that a transform printed, as it stands in the logs topic: 9 is stdout, 13 is stderr. */
    private record LogLine(String name, int severity, String text) {}

    private static List<LogLine> log(Topics topics) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.raw("_redpanda.transform_logs")) {
            JsonNode json = new ObjectMapper().readTree(record.value());
            lines.add(new LogLine(
                    new String(record.key(), UTF_8),
                    json.path("severityNumber").asInt(),
                    json.at("/body/stringValue").asText()));
        }
        return lines;
    }
}
