package lvc.client;

import java.time.Instant;

/**
 * The newest value of a key.
 *
 * @param timestamp of the record that it comes from
 */
public record Value(Bytes bytes, int partition, long offset, Instant timestamp) {

    /** As text. */
    public String text() {
        return bytes.text();
    }
}
