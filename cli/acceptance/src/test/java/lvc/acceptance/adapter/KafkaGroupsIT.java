package lvc.acceptance.adapter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.kafka.KafkaGroups;
import lvc.adapter.kafka.KafkaTopics;
import lvc.adapter.time.SystemPause;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.port.Groups.Group;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class KafkaGroupsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ChildSandbox sandbox = ChildSandbox.shared();
    private final KafkaGroups groups = new KafkaGroups(sandbox.connection(), TIMEOUT);

    @AfterEach
    void close() {
        groups.close();
    }

    @Test
    void offsets_outlive_their_topic_until_they_are_forgotten() throws Exception {
        // Given: two groups, one of which knows another topic too
        String topic = sandbox.topic(3, Map.of());
        String other = sandbox.topic(1, Map.of());
        remember(topic + "-a", topic, 2);
        remember(topic + "-b", topic, 3);
        remember(topic + "-b", other, 1);
        assertThat(groups.on(topic)).containsExactly(new Group(topic + "-a", 0, 2), new Group(topic + "-b", 0, 3));

        // When: the topic is deleted and created again
        try (KafkaTopics topics = new KafkaTopics(sandbox.connection(), TIMEOUT, new SystemPause(), name -> "")) {
            TopicState found = topics.find(List.of(topic)).values().iterator().next();
            topics.delete(found);
            assertThat(groups.on(topic)).hasSize(2);
            topics.create(new TopicSpec(topic, 3, 1, new TreeMap<>()));
        }

        // Then: they are still there, and go one by one
        assertThat(groups.on(topic)).containsExactly(new Group(topic + "-a", 0, 2), new Group(topic + "-b", 0, 3));
        groups.forget(topic + "-b", topic);
        assertThat(groups.on(topic)).containsExactly(new Group(topic + "-a", 0, 2));
        groups.forget(topic + "-a", topic);
        assertThat(groups.on(topic)).isEmpty();
        assertThat(groups.on(other)).containsExactly(new Group(topic + "-b", 0, 1));
    }

    @Test
    void to_forget_nothing_is_nothing() {
        String topic = sandbox.topic(1, Map.of());

        groups.forget("nobody-" + topic, topic);
        groups.forget("nobody-" + topic, "no-such-topic");

        assertThat(groups.on(topic)).isEmpty();
        assertThat(groups.on("no-such-topic")).isEmpty();
    }

    @Test
    void a_group_that_reads_is_seen_and_does_not_forget() throws Exception {
        String topic = sandbox.topic(1, Map.of());
        String group = topic + "-live";
        try (KafkaConsumer<String, String> first = consumer(group);
                KafkaConsumer<String, String> second = consumer(group)) {
            first.subscribe(List.of(topic));
            await().atMost(TIMEOUT).until(() -> {
                first.poll(Duration.ofMillis(100));
                return !first.assignment().isEmpty();
            });
            assertThat(groups.on(topic)).containsExactly(new Group(group, 1, 0));

            // And when one of two members has nothing to read, there are still two
            second.subscribe(List.of(topic));
            await().atMost(TIMEOUT).untilAsserted(() -> {
                first.poll(Duration.ofMillis(100));
                second.poll(Duration.ofMillis(100));
                assertThat(groups.on(topic)).containsExactly(new Group(group, 2, 0));
                assertThat(second.groupMetadata().generationId())
                        .isPositive()
                        .isEqualTo(first.groupMetadata().generationId());
            });
            KafkaConsumer<String, String> reading = first.assignment().isEmpty() ? second : first;
            reading.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)));
            Fault fault = catchThrowableOfType(Fault.class, () -> groups.forget(group, topic));

            assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
            assertThat(fault.why()).contains("still read by group " + group);
            assertThat(groups.on(topic)).containsExactly(new Group(group, 2, 1));
        }
        groups.forget(group, topic);
        assertThat(groups.on(topic)).isEmpty();
    }

    private KafkaConsumer<String, String> consumer(String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        sandbox.brokers(),
                        "group.id",
                        group,
                        "enable.auto.commit",
                        "false",
                        "heartbeat.interval.ms",
                        "100"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private void remember(String group, String topic, int partitions) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(sandbox.connection())) {
            for (int p = 0; p < partitions; p++) {
                admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, p), new OffsetAndMetadata(0)))
                        .all()
                        .get();
            }
        }
    }
}
