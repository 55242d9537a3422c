package lvc.client;

import java.time.Duration;

/**
 * How long is waited.
 *
 * @param firstDelay before the first new attempt; doubles
 * @param longestDelay what it grows to
 * @param silence after which a stream is dead
 */
record Patience(Duration firstDelay, Duration longestDelay, Duration silence) {

    /** Before the next attempt. */
    Duration delay(int failures) {
        Duration delay = firstDelay;
        for (int i = 1; i < failures && delay.compareTo(longestDelay) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }
}
