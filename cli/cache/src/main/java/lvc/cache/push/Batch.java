package lvc.cache.push;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lvc.cache.store.Entry;
import lvc.cache.store.Position;

/** What a target is told at once: of every key that changed the newest record, and no other. */
final class Batch {
    private static final int MOST_KEYS = 10_000;
    private static final int MOST_BYTES = 1 << 20;

    private final String topic;
    private final Map<ByteBuffer, Entry> newest = new LinkedHashMap<>();
    private final SortedMap<Integer, Long> offsets = new TreeMap<>();
    private Position position;
    private boolean resync;
    private boolean moved;
    private long suppressed;
    private long bytes;

    Batch(String topic, Position position) {
        this.topic = topic;
        this.position = position;
    }

    /** Takes in a record; an earlier one of its key is forgotten. */
    void add(Entry entry) {
        moved = true;
        newest.put(ByteBuffer.wrap(entry.key()), entry);
        offsets.merge(entry.partition(), entry.offset(), Math::max);
        byte[] value = entry.value();
        bytes += entry.key().length + (value == null ? 0L : value.length);
    }

    /** Leaves out a record that says what was known. */
    void suppress() {
        moved = true;
        suppressed++;
    }

    /** Says that the target cannot know all that happened before. */
    void resync() {
        moved = true;
        resync = true;
    }

    /** Says where a reader is who knows all of this. */
    void reaches(Position reached) {
        position = reached;
    }

    /** Whether what comes next is better kept for the next one. */
    boolean full() {
        return newest.size() >= MOST_KEYS || bytes >= MOST_BYTES;
    }

    /** Whether anything happened at all, be it only something that is left out. */
    boolean moved() {
        return moved;
    }

    String topic() {
        return topic;
    }

    Position position() {
        return position;
    }

    Collection<Entry> newest() {
        return newest.values();
    }

    /** By partition the highest offset of a record that was taken in. */
    SortedMap<Integer, Long> offsets() {
        return Collections.unmodifiableSortedMap(offsets);
    }

    boolean resyncs() {
        return resync;
    }

    long suppressed() {
        return suppressed;
    }
}
