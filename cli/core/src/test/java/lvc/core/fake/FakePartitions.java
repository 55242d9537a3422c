package lvc.core.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import lvc.core.port.PartitionReader;
import lvc.core.record.StoredRecord;
import lvc.core.topic.Ends;
import org.jspecify.annotations.Nullable;

/** Records in memory. It moves the ends of the topics whose records it holds. */
public final class FakePartitions implements PartitionReader {
    private final Map<String, List<StoredRecord>> records = new HashMap<>();
    private final FakeTopics topics;

    public FakePartitions(FakeTopics topics) {
        this.topics = topics;
    }

    public synchronized void append(String topic, int partition, @Nullable String key, @Nullable String value) {
        long offset = advance(topic, partition);
        list(topic, partition)
                .add(new StoredRecord(topic, partition, offset, 1000 + offset, bytes(key), bytes(value), List.of()));
    }

    /** An offset that no reader will ever see, as a transaction marker. */
    public synchronized void appendMarker(String topic, int partition) {
        advance(topic, partition);
    }

    /** Takes records away, as compaction does; the ends stay. */
    public synchronized void remove(String topic, int partition, Predicate<StoredRecord> which) {
        list(topic, partition).removeIf(which);
    }

    public synchronized List<StoredRecord> all(String topic, int partition) {
        return List.copyOf(list(topic, partition));
    }

    @Override
    public void read(String topic, int partition, long from, long until, Consumer<StoredRecord> each) {
        all(topic, partition).stream()
                .filter(record -> record.offset() >= from && record.offset() < until)
                .forEach(each);
    }

    @Override
    public boolean anyRecord(String topic, int partition, long from, long until) {
        return all(topic, partition).stream().anyMatch(record -> record.offset() >= from && record.offset() < until);
    }

    private long advance(String topic, int partition) {
        long end = topics.ends(topic).get(partition).highWatermark();
        topics.ends.get(topic).put(partition, new Ends(0, end + 1, end + 1));
        return end;
    }

    private List<StoredRecord> list(String topic, int partition) {
        return records.computeIfAbsent(topic + "/" + partition, k -> new ArrayList<>());
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
