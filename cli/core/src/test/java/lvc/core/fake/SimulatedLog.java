package lvc.core.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lvc.core.record.Header;
import lvc.core.record.NewRecord;
import lvc.core.record.StoredRecord;
import lvc.core.topic.Ends;
import org.jspecify.annotations.Nullable;

/**
 * One partition: records, open transactions, and offsets that hold nothing that could be read. Threads of the process read
 * it while time passes.
 */
public final class SimulatedLog {
    private final String topic;
    private final int partition;
    private final TreeMap<Long, StoredRecord> records = new TreeMap<>();
    /** Offsets that belong to open transactions. */
    private final TreeSet<Long> open = new TreeSet<>();

    private long earliest;
    private long end;

    SimulatedLog(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
    }

    /** Appends a record; its offset. */
    synchronized long append(
            byte @Nullable [] key, byte @Nullable [] value, List<Header> headers, long timestamp, boolean logAppend) {
        records.put(end, new StoredRecord(topic, partition, end, timestamp, key, value, headers, logAppend));
        return end++;
    }

    /** Appends what somebody wants to produce. */
    synchronized void append(NewRecord record, long clock) {
        long timestamp = record.timestamp() == NewRecord.UNSET ? clock : record.timestamp();
        append(record.key(), record.value(), record.headers(), timestamp, false);
    }

    /** A record is part of a transaction that is open. */
    synchronized void opens(long offset) {
        open.add(offset);
    }

    /** A transaction ends: its marker takes an offset, and what was aborted is never read. */
    synchronized void ends(Set<Long> written, boolean committed) {
        open.removeAll(written);
        if (!committed) {
            records.keySet().removeAll(written);
        }
        end++;
    }

    /** The ends. */
    synchronized Ends ends() {
        return new Ends(earliest, open.isEmpty() ? end : open.first(), end);
    }

    /** What a read_committed reader finds in a part. */
    synchronized List<StoredRecord> read(long from, long until) {
        long to = Math.min(until, ends().lastStable());
        return from < to ? List.copyOf(records.subMap(from, to).values()) : List.of();
    }

    /** All that is committed, also behind an open transaction, where no reader gets yet. */
    synchronized List<StoredRecord> committed() {
        return records.values().stream()
                .filter(record -> !open.contains(record.offset()))
                .toList();
    }

    /** What a read_committed reader finds next, a few at a time. */
    synchronized List<StoredRecord> read(long from, int most) {
        List<StoredRecord> some = new ArrayList<>();
        for (StoredRecord record : records.tailMap(from).values()) {
            if (some.size() == most || record.offset() >= ends().lastStable()) {
                break;
            }
            some.add(record);
        }
        return some;
    }

    /** The first record that is as young as this; -1 when there is none. */
    synchronized long since(long timestamp) {
        return read(0, end).stream()
                .filter(record -> record.timestamp() >= timestamp)
                .mapToLong(StoredRecord::offset)
                .findFirst()
                .orElse(-1);
    }

    /** Takes away every record before an offset of which a newer one of its key is there. */
    public synchronized void compact(long before) {
        Map<String, Long> newest = new LinkedHashMap<>();
        read(0, end).forEach(record -> newest.put(text(record.key()), record.offset()));
        records.values()
                .removeIf(record -> record.offset() < Math.min(before, ends().lastStable())
                        && newest.getOrDefault(text(record.key()), -1L) > record.offset());
    }

    /** Takes away all records of a key, as compaction does with a tombstone whose time has come. */
    public synchronized void forget(String key) {
        records.values().removeIf(record -> text(record.key()).equals(key));
    }

    /** Somebody takes away all records before an offset. */
    public synchronized void cutOff(long before) {
        records.headMap(before).clear();
        earliest = before;
    }

    /** How many records there are. */
    public synchronized int count() {
        return records.size();
    }

    /** Bytes as text, for people. */
    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "(null)" : new String(bytes, StandardCharsets.UTF_8);
    }
}
