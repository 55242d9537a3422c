package lvc.sandbox.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lvc.sandbox.config.ClusterConfig;
import org.apache.kafka.common.config.ConfigResource;

import static java.util.Objects.requireNonNull;

/** What Redpanda forbids and Apache Kafka allows; the lists are read from the cluster's configuration every time. */
final class Rules {

    /** Where transforms log: no client may write to it or delete it. */
    static final String TRANSFORM_LOGS = "_redpanda.transform_logs";

    private static final Set<String> TIERED = Set.of("redpanda.remote.read", "redpanda.remote.write");

    private final ClusterConfig config;
    private final TopicUse use;
    private final MetadataWatch metadata;

    Rules(ClusterConfig config, TopicUse use, MetadataWatch metadata) {
        this.config = config;
        this.use = use;
        this.metadata = metadata;
    }

    /** Whether a client's Produce request to this topic is refused. */
    boolean noProduce(String topic) {
        return topic.equals(TRANSFORM_LOGS)
                || config.list("kafka_noproduce_topics").contains(topic);
    }

    /** Whether DeleteTopics passes over this topic without a word. */
    boolean noDelete(String topic) {
        return topic.equals(TRANSFORM_LOGS)
                || config.list("kafka_nodelete_topics").contains(topic);
    }

    /** Whether a transform reads or writes this topic. */
    boolean inUse(String topic) {
        return use.userOf(topic).isPresent();
    }

    /** The settings that were made for a topic, to be changed at will; defaults are not among them. */
    Map<String, String> settings(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return new HashMap<>(metadata.image().configs().configMapForResource(resource));
    }

    /**
     * What is wrong with the settings of a topic, all of them taken together. With tiered storage of the first
     * generation, Redpanda cannot remove tombstones (Redpanda source, kafka/server/handlers/topics/validators.h).
     */
    static Optional<String> objection(Map<String, String> settings) {
        boolean tiered = TIERED.stream().anyMatch(name -> Boolean.parseBoolean(settings.get(name)));
        boolean modeDecides =
                !settings.getOrDefault("redpanda.storage.mode", "unset").equals("unset");
        if (tiered && !modeDecides && settings.containsKey("delete.retention.ms")) {
            return Optional.of("Unsupported delete.retention.ms configuration, cannot be enabled at the same time as"
                    + " redpanda.remote.read or redpanda.remote.write.");
        }
        return Optional.empty();
    }

    /** The rules that {@link BrokerSettings} put among the settings of the broker. */
    static Rules in(Map<String, ?> settings) {
        return (Rules) requireNonNull(settings.get(BrokerSettings.RULES), BrokerSettings.RULES);
    }
}
