package lvc.adapter.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lvc.core.topic.TopicState;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigType;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FoundTopicTest {
    private static final Uuid ID = Uuid.fromString("wvFQEyXLTbGy5KjyMfg8iQ");

    @Test
    void an_id_of_kafkas_is_taken_and_nobody_asked() {
        TopicState found = FoundTopic.of(described(ID), null, name -> {
            throw new AssertionError("asked for " + name);
        });

        assertThat(found.id()).isEqualTo(ID.toString());
        assertThat(FoundTopic.kafkaId(found)).contains(ID);
    }

    @Test
    void without_one_something_else_stands_for_it_and_is_never_sent_as_one() {
        TopicState found = FoundTopic.of(described(Uuid.ZERO_UUID), null, name -> "raft:12,13 of " + name);

        assertThat(found.id()).isEqualTo("raft:12,13 of t");
        assertThat(FoundTopic.kafkaId(found)).isEmpty();
        assertThat(FoundTopic.kafkaId(FoundTopic.withoutId(found))).isEmpty();
    }

    @Test
    void what_was_set_on_the_topic_is_told_from_what_comes_from_elsewhere() {
        Config config = new Config(List.of(
                entry("cleanup.policy", "compact", ConfigSource.DYNAMIC_TOPIC_CONFIG),
                entry("retention.ms", "1", ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG),
                entry("segment.ms", "2", ConfigSource.DEFAULT_CONFIG),
                entry("unset", null, ConfigSource.DYNAMIC_TOPIC_CONFIG)));

        TopicState found = FoundTopic.of(described(ID), config, name -> "");

        assertThat(found.settings())
                .isEqualTo(Map.of("cleanup.policy", "compact", "retention.ms", "1", "segment.ms", "2"));
        assertThat(found.own()).isEqualTo(Set.of("cleanup.policy"));
        assertThat(found.ownSettings()).isEqualTo(Map.of("cleanup.policy", "compact"));
    }

    private static TopicDescription described(Uuid id) {
        Node node = new Node(0, "127.0.0.1", 9092);
        TopicPartitionInfo partition = new TopicPartitionInfo(0, node, List.of(node), List.of(node));
        return new TopicDescription("t", false, List.of(partition), Set.of(), id);
    }

    private static ConfigEntry entry(String name, @Nullable String value, ConfigSource source) {
        return new ConfigEntry(name, value, source, false, false, List.of(), ConfigType.STRING, null);
    }
}
