package lvc.cache.store;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest changes of a topic, for readers who follow at their own pace: as many as fit into some memory. Whoever is
 * slower than that finds that a change is lost to him, and goes on from a snapshot. One thread at a time appends.
 */
public final class ChangeLog {
    private static final int MOST = 1 << 16;
    private static final int OVERHEAD = 200;

    private final AtomicReferenceArray<@Nullable Change> ring = new AtomicReferenceArray<>(MOST);
    private final long mostBytes;
    private volatile long first;
    private volatile long next;
    private long bytes;

    /** @param mostBytes of keys and values, roughly */
    public ChangeLog(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Appends a change; the oldest ones make room for it. */
    public void append(Entry entry, @Nullable Entry before, Position after) {
        Change change = new Change(next, entry, before, after);
        bytes += cost(change);
        long oldest = first;
        for (; oldest < change.sequence() && (bytes > mostBytes || change.sequence() - oldest == MOST); oldest++) {
            Change dropped = ring.get((int) (oldest % MOST));
            bytes -= dropped == null ? 0 : cost(dropped);
            first = oldest + 1;
            ring.set((int) (oldest % MOST), null);
        }
        ring.set((int) (change.sequence() % MOST), change);
        next = change.sequence() + 1;
    }

    private static long cost(Change change) {
        Entry before = change.before();
        return OVERHEAD + cost(change.entry()) + (before == null ? 0 : cost(before));
    }

    private static long cost(Entry entry) {
        byte[] value = entry.value();
        return entry.key().length + (value == null ? 0L : value.length);
    }

    /** The number that the next change will have. */
    public long next() {
        return next;
    }

    /** Whether a change was dropped to make room. */
    public boolean lost(long sequence) {
        return sequence < first;
    }

    /** A change; null when it is not there yet, and when it is {@link #lost}. */
    public @Nullable Change at(long sequence) {
        if (sequence >= next) {
            return null;
        }
        Change change = ring.get((int) (sequence % MOST));
        return change != null && change.sequence() == sequence ? change : null;
    }
}
