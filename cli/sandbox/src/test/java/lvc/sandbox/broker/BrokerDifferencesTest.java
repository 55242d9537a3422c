package lvc.sandbox.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lvc.sandbox.config.ClusterConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What the broker does as Redpanda does and Apache Kafka does not. */
class BrokerDifferencesTest {

    private static final ClusterConfig CONFIG = new ClusterConfig();
    private static final Set<String> USED = ConcurrentHashMap.newKeySet();

    @TempDir
    static Path directory;

    private static Broker broker;
    private static Clients clients;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.start(
                new BrokerOptions(directory, 0),
                CONFIG,
                topic -> USED.contains(topic) ? Optional.of("forward") : Optional.empty());
        clients = new Clients(broker.bootstrap());
    }

    @AfterAll
    static void stop() {
        clients.close();
        broker.close();
    }

    @AfterEach
    void nothing_went_wrong_inside() {
        assertThat(broker.faults()).isEmpty();
        CONFIG.put("kafka_noproduce_topics", List.of());
        CONFIG.put("kafka_nodelete_topics", List.of("_redpanda.audit_log", "__consumer_offsets", "_schemas"));
        USED.clear();
    }

    @Test
    void a_topic_in_use_by_a_transform_cannot_be_deleted_code_31() {
        // Given
        clients.create("used", 1, Map.of());
        USED.add("used");

        // When, Then
        assertThatThrownBy(() -> clients.delete("used")).isInstanceOf(ClusterAuthorizationException.class);
        assertThat(broker.topic("used")).isPresent();
    }

    @Test
    void a_topic_in_use_cannot_be_deleted_by_its_id_either() {
        // Given
        clients.create("used-by-id", 1, Map.of());
        Uuid id = Uuid.fromString(broker.topicId("used-by-id").orElseThrow());
        USED.add("used-by-id");

        // When, Then
        assertThatThrownBy(() -> Clients.await(() -> clients.admin()
                        .deleteTopics(TopicCollection.ofTopicIds(List.of(id)))
                        .all()))
                .isInstanceOf(ClusterAuthorizationException.class);
        assertThat(broker.topic("used-by-id")).isPresent();
    }

    @Test
    void the_other_topics_of_the_same_request_are_deleted_and_unknown_ones_reported() {
        // Given
        clients.create("stays", 1, Map.of());
        clients.create("goes", 1, Map.of());
        USED.add("stays");

        // When
        var results = clients.admin()
                .deleteTopics(List.of("stays", "goes", "never-was"))
                .topicNameValues();

        // Then
        assertThatCode(() -> Clients.await(() -> results.get("goes"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Clients.await(() -> results.get("stays")))
                .isInstanceOf(ClusterAuthorizationException.class);
        assertThatThrownBy(() -> Clients.await(() -> results.get("never-was")))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void an_unknown_id_beside_a_topic_in_use_is_reported_as_unknown() {
        // Given
        clients.create("used-beside", 1, Map.of());
        Uuid id = Uuid.fromString(broker.topicId("used-beside").orElseThrow());
        Uuid unknown = Uuid.randomUuid();
        USED.add("used-beside");

        // When
        var results = clients.admin()
                .deleteTopics(TopicCollection.ofTopicIds(List.of(id, unknown)))
                .topicIdValues();

        // Then
        assertThatThrownBy(() -> Clients.await(() -> results.get(id)))
                .isInstanceOf(ClusterAuthorizationException.class);
        assertThatThrownBy(() -> Clients.await(() -> results.get(unknown))).isInstanceOf(UnknownTopicIdException.class);
    }

    @Test
    void a_protected_topic_is_left_out_of_the_answer_to_a_delete() {
        // Given
        clients.create("protected", 1, Map.of());
        clients.create("unprotected", 1, Map.of());
        CONFIG.put("kafka_nodelete_topics", List.of("protected"));

        // When
        var results = clients.admin()
                .deleteTopics(List.of("protected", "unprotected"))
                .topicNameValues();

        // Then
        assertThatCode(() -> Clients.await(() -> results.get("unprotected"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Clients.await(() -> results.get("protected")))
                .hasMessageContaining("did not contain a result for topic protected");
        assertThat(broker.topic("protected")).isPresent();
    }

    @Test
    void the_log_topic_of_transforms_cannot_be_deleted_or_written_by_clients() throws Exception {
        // Given
        broker.createInternal(Rules.TRANSFORM_LOGS, 1, Map.of());

        // When, Then
        assertThatThrownBy(() -> clients.delete(Rules.TRANSFORM_LOGS)).hasMessageContaining("did not contain a result");
        assertThatThrownBy(() -> clients.produce(Rules.TRANSFORM_LOGS, "k", "v"))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThat(broker.append(
                        Rules.TRANSFORM_LOGS,
                        0,
                        List.of(new Logs.OutputRecord(null, new byte[] {1}, List.of())),
                        "none"))
                .isZero();
    }

    @Test
    void produce_to_a_fenced_topic_is_refused_topic_by_topic_and_live() throws Exception {
        // Given
        clients.create("fenced", 1, Map.of());
        clients.create("open", 1, Map.of());
        clients.produce("fenced", "k", "before");

        // When
        CONFIG.put("kafka_noproduce_topics", List.of("fenced"));

        // Then
        assertThatThrownBy(() -> clients.produce("fenced", "k", "during"))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThat(clients.produce("open", "k", "during").offset()).isZero();
        assertThat(broker.append(
                        "fenced", 0, List.of(new Logs.OutputRecord(new byte[1], new byte[1], List.of())), "none"))
                .as("a transform writes past the fence")
                .isEqualTo(1);

        // When
        CONFIG.put("kafka_noproduce_topics", List.of());

        // Then
        assertThat(clients.produce("fenced", "k", "after").offset()).isEqualTo(2);
    }

    @Test
    void a_transaction_that_the_fence_caught_open_can_still_be_committed() throws Exception {
        // Given
        clients.create("fenced-tx", 1, Map.of());
        try (KafkaProducer<String, String> producer = clients.producer(Map.of("transactional.id", "tx-1"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("fenced-tx", "k", "v")).get();

            // When
            CONFIG.put("kafka_noproduce_topics", List.of("fenced-tx"));
            producer.commitTransaction();
        }

        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(clients.consume("fenced-tx")).containsExactly("0:k=v"));
    }

    @Test
    void redpanda_topic_settings_are_taken_at_creation_and_described_back() {
        // Given
        Map<String, String> settings = Map.of(
                "cleanup.policy", "compact",
                "redpanda.remote.read", "true",
                "redpanda.remote.write", "true",
                "redpanda.remote.delete", "false",
                "write.caching", "true",
                "retention.local.target.ms", "1000",
                "redpanda.storage.mode", "unset");

        // When
        clients.create("tiered", 1, settings);

        // Then
        assertThat(describe("tiered")).containsAllEntriesOf(settings);
        assertThat(describe("tiered")).containsEntry("redpanda.iceberg.mode", "disabled");
        assertThat(describe("tiered").keySet())
                .containsAll(RedpandaTopicSettings.defaults().keySet());
    }

    @Test
    void redpanda_topic_settings_can_be_altered_and_reset() {
        // Given
        clients.create("altered", 1, Map.of());

        // When
        alter("altered", "redpanda.remote.write", "true", AlterConfigOp.OpType.SET);

        // Then
        assertThat(describe("altered")).containsEntry("redpanda.remote.write", "true");

        // When
        alter("altered", "redpanda.remote.write", "", AlterConfigOp.OpType.DELETE);

        // Then
        assertThat(describe("altered")).containsEntry("redpanda.remote.write", "false");
    }

    @Test
    void wrong_values_and_unknown_topic_settings_are_still_refused() {
        assertThatThrownBy(() -> clients.create("wrong-1", 1, Map.of("redpanda.remote.read", "perhaps")))
                .isInstanceOf(InvalidConfigurationException.class);
        assertThatThrownBy(() -> clients.create("wrong-2", 1, Map.of("redpanda.remote.reed", "true")))
                .isInstanceOf(InvalidConfigurationException.class);
        assertThatThrownBy(() -> clients.create("wrong-3", 1, Map.of("redpanda.storage.mode", "moon")))
                .isInstanceOf(InvalidConfigurationException.class);
        assertThatThrownBy(() -> Clients.await(() -> clients.admin()
                        .createTopics(
                                List.of(new NewTopic("wrong-4", 1, (short) 1).configs(Map.of("write.caching", "1"))),
                                new CreateTopicsOptions().validateOnly(true))
                        .all()))
                .isInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void delete_retention_cannot_be_combined_with_remote_read_or_write() {
        // Given
        String objection = "Unsupported delete.retention.ms configuration, cannot be enabled at the same time as"
                + " redpanda.remote.read or redpanda.remote.write.";
        clients.create("keeps-tombstones", 1, Map.of("redpanda.remote.write", "true"));

        // When, Then
        assertThatThrownBy(() -> clients.create(
                        "both", 1, Map.of("redpanda.remote.read", "true", "delete.retention.ms", "1000")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage(objection);
        assertThatThrownBy(() -> alter("keeps-tombstones", "delete.retention.ms", "1000", AlterConfigOp.OpType.SET))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage(objection);
        alter("keeps-tombstones", "redpanda.remote.write", "false", AlterConfigOp.OpType.SET);
        alter("keeps-tombstones", "delete.retention.ms", "1000", AlterConfigOp.OpType.SET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "zstd"})
    void records_without_a_key_are_accepted_on_compacted_topics(String compression) throws Exception {
        // Given
        String topic = "keyless-" + compression;
        clients.create(topic, 2, Map.of("cleanup.policy", "compact"));
        try (KafkaProducer<String, String> producer =
                clients.producer(Map.of("compression.type", compression, "linger.ms", 200))) {

            // When
            var keyed = producer.send(new ProducerRecord<>(topic, 0, "k", "1"));
            var keyless = producer.send(new ProducerRecord<>(topic, 0, null, "2"));
            var elsewhere = producer.send(new ProducerRecord<>(topic, 1, "k", "3"));
            producer.flush();
            var after = producer.send(new ProducerRecord<>(topic, 0, "k", "4"));
            producer.flush();

            // Then
            assertThat(keyed.get().offset()).isZero();
            assertThat(keyless.get().offset()).isEqualTo(1);
            assertThat(elsewhere.get().offset()).isZero();
            assertThat(after.get().offset()).isEqualTo(2);
        }
        assertThat(clients.consume(topic)).containsExactly("0:k=1", "1:null=2", "2:k=4");
    }

    @Test
    void the_rules_for_producers_hold_for_records_without_a_key_too() {
        // Given
        clients.create(
                "keyless-rules",
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "max.message.bytes", "1000",
                        "message.timestamp.type", "LogAppendTime"));

        // When, Then
        assertThat(clients.produce("keyless-rules", null, "v").timestamp())
                .isCloseTo(System.currentTimeMillis(), Offset.offset(60_000L));
        assertThatThrownBy(() -> clients.produce("keyless-rules", null, "x".repeat(2000)))
                .isInstanceOf(RecordTooLargeException.class);
        CONFIG.put("kafka_noproduce_topics", List.of("keyless-rules"));
        assertThatThrownBy(() -> clients.produce("keyless-rules", null, "v"))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void topics_are_not_created_by_asking_for_them_and_have_one_replica() {
        assertThatThrownBy(() -> Clients.await(() ->
                        clients.admin().describeTopics(List.of("asked-for")).allTopicNames()))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThatThrownBy(() -> Clients.await(() -> clients.admin()
                        .createTopics(List.of(new NewTopic("three", 1, (short) 3)))
                        .all()))
                .isInstanceOf(InvalidReplicationFactorException.class);
    }

    @Test
    void what_a_client_was_told_the_broker_knows() {
        for (int i = 0; i < 20; i++) {
            // When
            clients.create("told", 3, Map.of());

            // Then
            assertThat(broker.partitions("told")).contains(3);
            assertThat(broker.highWatermark("told", 2)).isZero();

            // When
            clients.delete("told");

            // Then
            assertThat(broker.partitions("told")).isEmpty();
            assertThatThrownBy(() -> broker.highWatermark("told", 2)).isInstanceOf(NoSuchPartition.class);
        }
    }

    @Test
    void group_offsets_outlive_their_topic() {
        // Given
        clients.create("read", 2, Map.of());
        TopicPartition first = new TopicPartition("read", 0);
        commit("readers", Map.of(first, new OffsetAndMetadata(42)));

        // When
        clients.delete("read");
        clients.create("read", 2, Map.of());

        // Then
        assertThat(committed("readers")).containsEntry(first, 42L);
    }

    @Test
    void group_offsets_can_be_deleted_by_asking_for_it() {
        // Given
        clients.create("read-once", 2, Map.of());
        TopicPartition first = new TopicPartition("read-once", 0);
        TopicPartition second = new TopicPartition("read-once", 1);
        commit("leavers", Map.of(first, new OffsetAndMetadata(1), second, new OffsetAndMetadata(2)));

        // When
        Clients.await(() -> clients.admin()
                .deleteConsumerGroupOffsets("leavers", Set.of(first))
                .all());

        // Then
        assertThat(committed("leavers")).containsExactly(Map.entry(second, 2L));
    }

    private static void commit(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        Clients.await(
                () -> clients.admin().alterConsumerGroupOffsets(group, offsets).all());
    }

    private static Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        Clients.await(() -> clients.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> committed.put(partition, offset.offset()));
        return committed;
    }

    private static Map<String, String> describe(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> settings = new HashMap<>();
        Clients.await(() -> clients.admin().describeConfigs(List.of(resource)).all()).values().stream()
                .flatMap(all -> all.entries().stream())
                .forEach(entry -> settings.put(entry.name(), entry.value()));
        return settings;
    }

    private static void alter(String topic, String name, String value, AlterConfigOp.OpType how) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Clients.await(() -> clients.admin()
                .incrementalAlterConfigs(
                        Map.of(resource, List.of(new AlterConfigOp(new ConfigEntry(name, value), how))))
                .all());
    }
}
