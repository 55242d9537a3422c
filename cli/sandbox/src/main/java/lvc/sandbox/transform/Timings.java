package lvc.sandbox.transform;

import java.time.Duration;

/**
 * The waits of the engine that are no cluster properties.
 *
 * @param firstBackoff pause after a failure; doubled for every further one
 * @param longestBackoff where the doubling ends
 * @param recovery how long a processor must run before its next failure counts as the first again
 * @param linkRetry pause before another try to bring a module to life that could not be linked
 * @param discovery how often the engine looks for new partitions of input topics
 * @param idle how long a processor without input waits before it looks whether it should stop
 */
public record Timings(
        Duration firstBackoff,
        Duration longestBackoff,
        Duration recovery,
        Duration linkRetry,
        Duration discovery,
        Duration idle) {

    /** Redpanda's own. (Redpanda source, transform/transform_manager.cc) */
    public static Timings redpanda() {
        return new Timings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofMillis(100));
    }
}
