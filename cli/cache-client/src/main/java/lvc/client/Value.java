package lvc.client;

import java.time.Instant;

/**
 * The newest value of a key.
 *
 * @param timestamp of the record that it comes from; {@link #NO_TIME} where that has none
 */
public record Value(Bytes bytes, int partition, long offset, Instant timestamp) {
    /** What records have that were written without a time: a millisecond before 1970. */
    public static final Instant NO_TIME = Instant.ofEpochMilli(-1);

    /** As text. */
    public String text() {
        return bytes.text();
    }
}
