package lvc.adapter.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lvc.core.topic.TopicState;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Turns what Kafka says of a topic into what the core knows of it, and back where that is needed. */
final class FoundTopic {

    private FoundTopic() {}

    /**
     * A topic as it was described.
     *
     * @param identity asked by name for what stands for an id when the broker gives none
     */
    static TopicState of(TopicDescription description, @Nullable Config config, Function<String, String> identity) {
        Map<String, String> settings = new HashMap<>();
        Set<String> own = new HashSet<>();
        if (config != null) {
            for (ConfigEntry entry : config.entries()) {
                if (entry.value() != null) {
                    settings.put(entry.name(), entry.value());
                    if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                        own.add(entry.name());
                    }
                }
            }
        }
        return new TopicState(
                description.name(),
                id(description, identity),
                description.partitions().size(),
                description.partitions().get(0).replicas().size(),
                settings,
                own);
    }

    /** What tells it from another topic of its name. */
    static String id(TopicDescription description, Function<String, String> identity) {
        return Uuid.ZERO_UUID.equals(description.topicId())
                ? identity.apply(description.name())
                : description.topicId().toString();
    }

    /** The id that Kafka gave it; empty when what stands there is not Kafka's. */
    static Optional<Uuid> kafkaId(TopicState found) {
        try {
            return Optional.of(Uuid.fromString(found.id())).filter(id -> !id.equals(Uuid.ZERO_UUID));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same topic, to be spoken of by name. */
    static TopicState withoutId(TopicState found) {
        return new TopicState(found.name(), "", found.partitions(), found.replication(), found.settings(), found.own());
    }
}
