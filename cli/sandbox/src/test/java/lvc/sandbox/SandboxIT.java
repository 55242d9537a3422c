package lvc.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SandboxIT {

    private static final Path IDENTITY =
            Path.of("..", "core", "src", "main", "resources", "lvc", "core", "transform", "identity.wasm");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path temporary;

    @Test
    void aDeployedModuleCopiesRecordsAndShowsInListOffsetsAndMetrics() throws Exception {
        try (SandboxProcess sandbox =
                SandboxProcess.start(temporary, "--commit-interval", "200ms", "--exit-with-parent")) {
            // Given
            createTopics(sandbox, "in", "out");
            produce(sandbox, "in", "a=1", "b=2", "a=3");

            // When
            int status = sandbox.send("POST", "/v1/transform/deploy", deployment("copy", "in", "out"));

            // Then
            assertThat(status).isEqualTo(200);
            assertThat(consume(sandbox, "out", 3)).containsExactly("a=1", "b=2", "a=3");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(sandbox.get("/v1/transform/debug/committed_offsets").toString())
                        .isEqualTo("[{\"transform_name\":\"copy\",\"partition\":0,\"offset\":2}]");
                JsonNode listed = sandbox.get("/v1/transform").get(0);
                assertThat(listed.at("/status/0/status").asText()).isEqualTo("running");
                assertThat(listed.path("name").asText()).isEqualTo("copy");
                assertThat(sandbox.text("/public_metrics"))
                        .contains("redpanda_transform_lag{function_name=\"copy\",output_topic=\"out\"} 0.000000");
            });
            assertThat(sandbox.get("/v1/partitions/kafka/in/0")).isNotEmpty();
        }
    }

    @Test
    void killedAndStartedAgainItKeepsTopicsRecordsTransformsOffsetsAndConfiguration() throws Exception {
        // Given
        Path data = temporary.resolve("data");
        JsonNode offsets;
        try (SandboxProcess first = start(data)) {
            createTopics(first, "in", "out", "fenced");
            produce(first, "in", "a=1", "b=2");
            first.send("POST", "/v1/transform/deploy", deployment("copy", "in", "out"));
            consume(first, "out", 2);
            await().atMost(PATIENCE).until(() -> first.text("/v1/transform/debug/committed_offsets")
                    .contains("\"offset\":1"));
            offsets = first.get("/v1/transform/debug/committed_offsets");
            first.send(
                    "PUT",
                    "/v1/cluster_config",
                    "{\"upsert\":{\"kafka_noproduce_topics\":[\"fenced\"]},\"remove\":[]}");

            // When
            first.kill();
        }
        try (SandboxProcess second = start(data)) {
            // Then
            assertThat(second.get("/v1/cluster_config?key=kafka_noproduce_topics")
                            .toString())
                    .isEqualTo("{\"kafka_noproduce_topics\":[\"fenced\"]}");
            assertThat(second.get("/v1/transform/debug/committed_offsets")).isEqualTo(offsets);
            assertThat(second.get("/v1/transform").at("/0/name").asText()).isEqualTo("copy");
            produce(second, "in", "c=3");
            assertThat(consume(second, "out", 3)).containsExactly("a=1", "b=2", "c=3");
        }
    }

    @Test
    void itEndsWithItsParentAndLeavesNothing() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start(temporary, "--exit-with-parent")) {
            // Given
            assertThat(sandbox.ready())
                    .matches("\\{\"kind\":\"sandbox\",\"v\":1,\"brokers\":\"127\\.0\\.0\\.1:\\d+\","
                            + "\"admin\":\"http://127\\.0\\.0\\.1:\\d+\"}");

            // When
            sandbox.closeStdin();

            // Then
            assertThat(sandbox.exitCode()).isZero();
            assertThat(sandbox.errors()).isEmpty();
            assertThat(leftOver()).isEmpty();
        }
    }

    @Test
    void ctrlCAndTerminateStopItCleanly() throws Exception {
        Assumptions.assumeFalse(interruptIgnored(), "this process ignores SIGINT, and so would its children");
        for (Map.Entry<String, Integer> signal : Map.of("INT", 130, "TERM", 143).entrySet()) {
            try (SandboxProcess sandbox = SandboxProcess.start(temporary)) {
                // When
                sandbox.signal(signal.getKey());

                // Then
                assertThat(sandbox.exitCode()).as(signal.getKey()).isEqualTo(signal.getValue());
                assertThat(leftOver()).isEmpty();
            }
        }
    }

    @Test
    void whatAKilledSandboxLeftIsCleanedByTheNextOne() throws Exception {
        try (SandboxProcess killed = SandboxProcess.start(temporary)) {
            // Given
            killed.kill();
            List<Path> left = leftOver();
            assertThat(left).hasSize(1);

            // When
            try (SandboxProcess next = SandboxProcess.start(temporary, "--exit-with-parent")) {
                // Then
                await().atMost(PATIENCE).until(() -> !Files.exists(left.get(0)));
                assertThat(leftOver()).hasSize(1);
                next.closeStdin();
                next.exitCode();
            }
        }
    }

    @Test
    void aSecondSandboxOnTheSameDataIsRefused() throws Exception {
        Path data = temporary.resolve("data");
        try (SandboxProcess first = start(data);
                SandboxProcess second = start(data)) {
            assertThat(first.ready()).isNotNull();
            assertThat(second.ready()).isNull();
            assertThat(second.exitCode()).isEqualTo(3);
            assertThat(second.errors()).hasSize(3);
        }
    }

    private SandboxProcess start(Path data) throws Exception {
        return SandboxProcess.start(
                temporary, "--data", data.toString(), "--commit-interval", "200ms", "--exit-with-parent");
    }

    private List<Path> leftOver() throws Exception {
        List<Path> left = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(temporary, "lvc-sandbox-*")) {
            entries.forEach(left::add);
        }
        return left;
    }

    /** Whether the parent started us in a way that makes every child ignore Ctrl-C. */
    private static boolean interruptIgnored() throws Exception {
        Optional<String> ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst();
        return ignored.isPresent()
                && (Long.parseUnsignedLong(ignored.get().substring(8).trim(), 16) & 0b10) != 0;
    }

    private static byte[] deployment(String name, String input, String output) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String json = "{\"name\":\"" + name + "\",\"input_topic\":\"" + input + "\",\"output_topics\":[\"" + output
                + "\"],\"offset\":{\"format\":\"from_start\",\"value\":0}}";
        body.write(json.getBytes(StandardCharsets.UTF_8));
        body.write(Files.readAllBytes(IDENTITY));
        return body.toByteArray();
    }

    private static void createTopics(SandboxProcess sandbox, String... names) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.brokers()))) {
            List<NewTopic> topics = new ArrayList<>();
            for (String name : names) {
                topics.add(new NewTopic(name, 1, (short) 1));
            }
            admin.createTopics(topics).all().get();
        }
    }

    private static void produce(SandboxProcess sandbox, String topic, String... records) throws Exception {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.brokers()), new StringSerializer(), new StringSerializer())) {
            for (String record : records) {
                String[] pair = record.split("=", 2);
                producer.send(new ProducerRecord<>(topic, 0, pair[0], pair[1])).get();
            }
        }
    }

    private static List<String> consume(SandboxProcess sandbox, String topic, int count) throws Exception {
        try (Consumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", sandbox.brokers()), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> records = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    records.add(record.key() + "=" + record.value());
                }
                return records.size() >= count;
            });
            return records;
        }
    }
}
