package lvc.cache.topic;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a topic is fed.
 *
 * @param connection Kafka client properties: bootstrap.servers and, where needed, security
 * @param timeout how long brokers may give no answer
 * @param quiet for how long a topic that was created anew must be quiet where no run of recreate vouches for it
 * @param changeBytes memory for the newest changes, for readers who follow
 * @param images directory of the files that make the next start a warm one
 */
public record FeedSettings(
        Map<String, Object> connection, Duration timeout, Duration quiet, long changeBytes, Optional<Path> images) {
    public FeedSettings {
        connection = Map.copyOf(connection);
    }
}
