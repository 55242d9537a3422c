package lvc.cache.push;

import java.time.Duration;

/**
 * How much patience targets get.
 *
 * @param timeout of one attempt
 * @param retries after the first attempt
 * @param firstDelay before the first retry; doubles from one to the next
 * @param longestDelay what it grows to; more than the first
 */
public record PushSettings(Duration timeout, int retries, Duration firstDelay, Duration longestDelay) {
    /** Gives up on an update after about a minute. */
    public static final PushSettings DEFAULT =
            new PushSettings(Duration.ofSeconds(5), 6, Duration.ofMillis(250), Duration.ofSeconds(10));
}
