package lvc.cache.store;

import java.util.List;
import lvc.core.record.Header;
import org.jspecify.annotations.Nullable;

/**
 * The newest record of a key.
 *
 * @param value null when the key was deleted
 * @param timestamp milliseconds since 1970, as the record has it
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes go to the reader untouched; nobody compares entries
public record Entry(
        byte[] key, byte @Nullable [] value, int partition, long offset, long timestamp, List<Header> headers) {

    /** Whether it says that the key is no more. */
    public boolean deleted() {
        return value == null;
    }
}
