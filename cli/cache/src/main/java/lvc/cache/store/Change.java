package lvc.cache.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thing that changed.
 *
 * @param sequence counts the changes of a topic in this process, without gaps
 * @param entry what is there now
 * @param before what was there; null when the key was not, and when nobody remembers that it was deleted
 * @param after where a reader is who has seen it
 */
public record Change(long sequence, Entry entry, @Nullable Entry before, Position after) {

    /** Whether the record says what was known: the same value again, or one more deletion. */
    public boolean unchanged() {
        byte[] old = before == null ? null : before.value();
        return Arrays.equals(old, entry.value());
    }
}
