package lvc.core.recreate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lvc.core.port.PartitionReader;
import lvc.core.port.Records;
import lvc.core.port.Topics;
import lvc.core.record.NewRecord;
import lvc.core.record.StoredRecord;
import lvc.core.topic.Ends;

/**
 * Copies to the truth what writers wrote into the hot topic, per partition and in order. What a transform wrote is left
 * out: it came from the truth, and copied again it could lie behind something newer. The two can be told apart, because
 * the output of a transform carries the broker's timestamp (LogAppendTime; Redpanda source, model/transform.cc) and a
 * hot topic never has that for records of writers. Copying twice is harmless: the whole row is repeated in order.
 */
final class Strays {
    private static final int AT_ONCE = 1_000;

    private final Topics topics;
    private final PartitionReader reader;
    private final Records records;

    Strays(Topics topics, PartitionReader reader, Records records) {
        this.topics = topics;
        this.reader = reader;
        this.records = records;
    }

    /**
     * What was copied.
     *
     * @param ends last stable offset of the hot topic by partition, up to which it was read: what an open transaction
     *     holds behind it was not
     * @param newest timestamp of the newest record there, whoever wrote it; -1 when there is none
     */
    record Copied(long records, Map<Integer, Long> ends, long newest) {}

    /**
     * Copies.
     *
     * @param after offset by partition before which everything was copied already
     * @param ours called before every write: returns when the run is still ours
     */
    Copied copy(String hot, String truth, Map<Integer, Long> after, Runnable ours) {
        Map<Integer, Long> ends = new TreeMap<>();
        Counts counts = new Counts();
        for (Map.Entry<Integer, Ends> each : new TreeMap<>(topics.ends(hot)).entrySet()) {
            int partition = each.getKey();
            Ends end = each.getValue();
            ends.put(partition, end.lastStable());
            long from = end.earliest();
            if (from < end.lastStable()) {
                long fresh = after.getOrDefault(partition, 0L);
                List<NewRecord> waiting = new ArrayList<>();
                reader.read(hot, partition, from, end.lastStable(), stored -> {
                    counts.newest = Math.max(counts.newest, stored.timestamp());
                    if (!stored.logAppendTime() && stored.offset() >= fresh) {
                        waiting.add(again(stored, ++counts.records));
                        if (waiting.size() == AT_ONCE) {
                            ours.run();
                            records.write(truth, List.copyOf(waiting));
                            waiting.clear();
                        }
                    }
                });
                if (!waiting.isEmpty()) {
                    ours.run();
                    records.write(truth, waiting);
                }
            }
        }
        return new Copied(counts.records, ends, counts.newest);
    }

    private static NewRecord again(StoredRecord stored, long line) {
        return new NewRecord(line, stored.key(), stored.value(), stored.headers(), stored.partition(), NewRecord.UNSET);
    }

    private static final class Counts {
        private long records;
        private long newest = -1;
    }
}
