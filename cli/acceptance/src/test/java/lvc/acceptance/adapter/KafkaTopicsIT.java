package lvc.acceptance.adapter;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.kafka.KafkaTopics;
import lvc.adapter.redpanda.AdminApi;
import lvc.adapter.redpanda.RedpandaCluster;
import lvc.adapter.redpanda.RedpandaPartitions;
import lvc.adapter.time.SystemPause;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.TopicSeen;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(120)
class KafkaTopicsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ChildSandbox sandbox = ChildSandbox.shared();
    private final AdminApi admin = new AdminApi(
            new AdminApi.Connection(List.of(URI.create(sandbox.admin())), Optional.empty(), Optional.empty()), TIMEOUT);
    private final KafkaTopics topics =
            new KafkaTopics(sandbox.connection(), TIMEOUT, new SystemPause(), name -> "never asked for");

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void glance_at_a_topic_that_was_seen_tells_the_one_that_has_its_name_now() {
        TopicSpec spec = new TopicSpec("glanced", 2, -1, new TreeMap<>());
        topics.create(spec);
        TopicState seen = topics.glance("glanced").orElseThrow();

        assertThat(topics.glance(seen)).contains(seen);

        topics.delete(seen);
        assertThat(topics.glance(seen)).isEmpty();

        topics.create(spec);
        assertThat(topics.glance(seen)).contains(topics.glance("glanced").orElseThrow());
        assertThat(topics.glance(seen)).get().extracting(TopicState::id).isNotEqualTo(seen.id());
    }

    @Test
    void what_was_seen_of_a_topic_is_all_that_is_needed_to_create_it_again() {
        // Given: settings of Kafka's and of Redpanda's, some of them at the value they would have anyway
        Map<String, String> settings = Map.of(
                "cleanup.policy", "compact",
                "segment.ms", "1000",
                "max.compaction.lag.ms", "9223372036854775807",
                "min.cleanable.dirty.ratio", "0.01",
                "redpanda.remote.read", "false",
                "redpanda.remote.write", "true",
                "retention.local.target.bytes", "1048576");
        TopicSpec first = new TopicSpec("again", 3, -1, new TreeMap<>(settings));
        topics.create(first);
        TopicState found = find("again");

        // Then
        assertThat(found.ownSettings()).isEqualTo(settings);
        assertThat(found.settings()).containsKey("retention.ms").hasSizeGreaterThan(settings.size());

        // When it is made again from what was seen
        TopicSeen seen = TopicSeen.of(found);
        String raft = new RedpandaPartitions(admin).identity("again");
        topics.delete(found);
        topics.create(seen.spec());

        // Then all is the same but who it is
        TopicState again = find("again");
        assertThat(seen.sameShape(again)).isTrue();
        assertThat(again.ownSettings()).isEqualTo(settings);
        assertThat(again.id()).isNotEqualTo(found.id()).hasSize(22);
        assertThat(new RedpandaPartitions(admin).identity("again"))
                .startsWith("raft:")
                .isNotEqualTo(raft);
        // And what is another one by now is not deleted
        assertThat(catchThrowableOfType(Fault.class, () -> topics.delete(found)).exit())
                .isEqualTo(Exit.REFUSED);
    }

    @Test
    void a_topic_known_by_something_else_than_an_id_is_deleted_by_name_if_it_is_still_that() {
        String topic = sandbox.topic(2, Map.of());
        TopicState found = find(topic);
        TopicState other = new TopicState(
                topic, "raft:1,2", found.partitions(), found.replication(), found.settings(), found.own());

        Fault fault = catchThrowableOfType(Fault.class, () -> topics.delete(other));

        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(topics.find(List.of(topic))).isNotEmpty();
    }

    @Test
    void a_protected_topic_is_refused_in_words() {
        try (ChildSandbox own = ChildSandbox.start();
                KafkaTopics there = new KafkaTopics(own.connection(), TIMEOUT, new SystemPause(), name -> "")) {
            String topic = own.topic(1, Map.of());
            TopicState found = there.find(List.of(topic)).values().iterator().next();
            new RedpandaCluster(new AdminApi(
                            new AdminApi.Connection(
                                    List.of(URI.create(own.admin())), Optional.empty(), Optional.empty()),
                            TIMEOUT))
                    .set("kafka_nodelete_topics", List.of(topic));

            Fault fault = catchThrowableOfType(Fault.class, () -> there.delete(found));

            assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
            assertThat(fault.why()).contains("kafka_nodelete_topics");
            assertThat(there.find(List.of(topic))).isNotEmpty();
        }
    }

    private TopicState find(String topic) {
        return topics.find(List.of(topic)).values().iterator().next();
    }
}
