package lvc.sandbox.transform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import lvc.sandbox.broker.Broker;
import lvc.sandbox.broker.BrokerOptions;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Faults;
import lvc.sandbox.transform.TransformControl.Committed;
import lvc.sandbox.wasm.Modules;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static lvc.sandbox.transform.Bench.eventually;
import static lvc.sandbox.transform.Bench.fromStart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The engine on the real broker, with the clients that everybody has. */
class TransformsOnBrokerIT {

    @TempDir
    Path directory;

    private final ClusterConfig config = new ClusterConfig();
    private @Nullable Broker broker;
    private @Nullable Transforms transforms;

    @BeforeEach
    void start() throws Exception {
        config.put("data_transforms_commit_interval_ms", 50);
        config.put("data_transforms_logging_flush_interval_ms", 20);
        Broker started = Broker.start(new BrokerOptions(directory.resolve("broker"), 0), config, topic -> transforms()
                .userOf(topic));
        broker = started;
        transforms = engine(started);
    }

    private Transforms engine(Broker on) {
        return new Transforms(on, config, new Faults(), directory.resolve("transforms"), Bench.QUICK);
    }

    @AfterEach
    void stop() {
        transforms().close();
        broker().close();
    }

    private Broker broker() {
        return requireNonNull(broker);
    }

    private Transforms transforms() {
        return requireNonNull(transforms);
    }

    private void create(String topic, int partitions, Map<String, String> settings) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker().bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
        }
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", broker().bootstrap()));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partition, String key, String value) {
        return new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, int partition) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker().bootstrap());
        TopicPartition one = new TopicPartition(topic, partition);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(one));
            consumer.seekToBeginning(List.of(one));
            long end = requireNonNull(consumer.endOffsets(List.of(one)).get(one));
            while (consumer.position(one) < end) {
                records.addAll(consumer.poll(Duration.ofMillis(100)).records(one));
            }
        }
        return records;
    }

    private List<String> values(String topic, int partition) {
        return read(topic, partition).stream()
                .map(record -> record.value() == null ? "null" : new String(record.value(), UTF_8))
                .toList();
    }

    @Test
    void recordsOfAProducerArriveWithTheBrokersTime() throws Exception {
        // Given
        create("in", 2, Map.of("cleanup.policy", "compact"));
        create("out", 2, Map.of("cleanup.policy", "compact"));
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("compression.type", "lz4"))) {
            for (int i = 0; i < 20_000; i++) {
                var unused = producer.send(record("in", i % 2, "k" + i % 500, "v" + i));
            }
            var unused = producer.send(new ProducerRecord<>(
                    "in",
                    1,
                    "gone".getBytes(UTF_8),
                    null,
                    List.of(new RecordHeader("b", new byte[] {1}), new RecordHeader("a", null))));
        }
        // When
        transforms().deploy(fromStart("copy", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(broker().highWatermark("out", 0) + broker().highWatermark("out", 1))
                .isEqualTo(20_001));
        for (int partition = 0; partition < 2; partition++) {
            int p = partition;
            assertThat(values("out", partition))
                    .startsWith(IntStream.range(0, 10_000)
                            .mapToObj(i -> "v" + (2 * i + p))
                            .toArray(String[]::new));
        }
        List<ConsumerRecord<byte[], byte[]>> copied = read("out", 1);
        ConsumerRecord<byte[], byte[]> last = copied.get(copied.size() - 1);
        assertThat(last.value()).isNull();
        assertThat(last.headers().toArray()).extracting(header -> header.key()).containsExactly("b", "a");
        assertThat(copied).allMatch(record -> record.timestampType() == TimestampType.LOG_APPEND_TIME);
        assertThat(read("in", 1)).allMatch(record -> record.timestampType() == TimestampType.CREATE_TIME);
    }

    @Test
    void onlyCommittedTransactionsAreCopied() throws Exception {
        // Given
        create("in", 1, Map.of());
        create("out", 1, Map.of());
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "writer"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record("in", 0, "k", "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(record("in", 0, "k", "committed")).get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(record("in", 0, "k", "open")).get();
            // When
            transforms().deploy(fromStart("copy", "in", "out"), Modules.identity());
            eventually(() -> assertThat(transforms().committed(false)).containsExactly(new Committed("copy", 0, 2)));
            // Then
            assertThat(values("out", 0)).containsExactly("committed");
            producer.commitTransaction();
        }
        eventually(() -> assertThat(values("out", 0)).containsExactly("committed", "open"));
    }

    @Test
    void aFencedTopicIsClosedToProducersButNotToTransforms() throws Exception {
        // Given
        create("in", 1, Map.of());
        create("out", 1, Map.of());
        transforms().deploy(fromStart("copy", "in", "out"), Modules.identity());
        config.put("kafka_noproduce_topics", List.of("out"));
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            // When
            assertThatThrownBy(() -> producer.send(record("out", 0, "k", "from a producer"))
                            .get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            producer.send(record("in", 0, "k", "from a transform")).get();
        }
        // Then
        eventually(() -> assertThat(values("out", 0)).containsExactly("from a transform"));
    }

    @Test
    void aTopicInUseCannotBeDeleted() throws Exception {
        // Given
        create("in", 1, Map.of());
        create("out", 1, Map.of());
        transforms().deploy(fromStart("copy", "in", "out"), Modules.identity());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker().bootstrap()))) {
            // When
            assertThatThrownBy(() -> admin.deleteTopics(List.of("out")).all().get())
                    .isInstanceOf(ExecutionException.class);
            // Then
            assertThat(broker().partitions("out")).contains(1);
            transforms().delete("copy");
            admin.deleteTopics(List.of("out")).all().get();
            assertThat(broker().partitions("out")).isEmpty();
        }
    }

    @Test
    void aBatchThatIsTooLargeIsHalvedAndARecordThatIsTooLargeFails() throws Exception {
        // Given
        create("in", 1, Map.of("max.message.bytes", "2000000"));
        create("out", 1, Map.of("max.message.bytes", "1000"));
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("max.request.size", 2_000_000))) {
            for (int i = 0; i < 20; i++) {
                var unused = producer.send(record("in", 0, "k" + i, "small".repeat(60)));
            }
            producer.flush();
            transforms().deploy(fromStart("copy", "in", "out"), Modules.identity());
            eventually(() -> assertThat(values("out", 0)).hasSize(20));
            // When
            producer.send(record("in", 0, "large", "x".repeat(1 << 20))).get();
        }
        // Then
        eventually(() -> assertThat(transforms().probes().get(0).failures()).isGreaterThan(1));
        assertThat(values("out", 0)).hasSize(20);
    }

    @Test
    void linesThatModulesPrintAreInTheirTopic() throws Exception {
        // Given
        create("in", 1, Map.of());
        create("out", 1, Map.of());
        transforms().deploy(fromStart("talk", "in", "out"), Modules.test("prints"));
        // When
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(record("in", 0, "k", "v")).get();
        }
        // Then
        eventually(() -> assertThat(broker().partitions(TransformLog.TOPIC)).contains(1));
        eventually(() -> assertThat(values(TransformLog.TOPIC, 0)).hasSize(2));
        assertThat(values(TransformLog.TOPIC, 0).get(0)).startsWith("{\"body\":{\"stringValue\":\"hello\"}");
    }

    @Test
    void aNewEngineGoesOnWhereTheOldOneStopped() throws Exception {
        // Given
        create("in", 1, Map.of());
        create("out", 1, Map.of());
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(record("in", 0, "k", "v1")).get();
            transforms().deploy(fromStart("copy", "in", "out"), Modules.identity());
            eventually(() -> assertThat(values("out", 0)).containsExactly("v1"));
            // When
            transforms().close();
            producer.send(record("in", 0, "k", "v2")).get();
            transforms = engine(broker());
        }
        // Then
        eventually(() -> assertThat(values("out", 0)).containsExactly("v1", "v2"));
    }
}
