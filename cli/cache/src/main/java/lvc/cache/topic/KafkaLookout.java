package lvc.cache.topic;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lvc.adapter.kafka.KafkaTopics;
import lvc.core.topic.TopicState;

/** Looks at a topic through Kafka's admin protocol. For one thread. */
public final class KafkaLookout implements Sighting.Lookout {
    /** What Kafka has where nobody says otherwise. */
    private static final Duration USUAL = Duration.ofDays(1);

    private static final String DELETES_KEPT = "delete.retention.ms";

    private final KafkaTopics topics;
    private final String topic;
    private Optional<TopicState> seen = Optional.empty();

    /** Of one topic; the connection is not closed with it. */
    public KafkaLookout(KafkaTopics topics, String topic) {
        this.topics = topics;
        this.topic = topic;
    }

    @Override
    public Optional<Sighting> look() {
        Optional<TopicState> found = seen.isPresent() ? topics.glance(seen.get()) : topics.glance(topic);
        seen = found;
        return found.map(now -> new Sighting(now.id(), now.partitions()));
    }

    @Override
    public Duration deletesKept() {
        TopicState found = topics.find(List.of(topic)).get(topic);
        String kept = found == null ? null : found.settings().get(DELETES_KEPT);
        try {
            return kept == null || Long.parseLong(kept) < 0 ? USUAL : Duration.ofMillis(Long.parseLong(kept));
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }
}
