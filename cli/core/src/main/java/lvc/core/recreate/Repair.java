package lvc.core.recreate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import lvc.core.fault.Fault;
import lvc.core.fold.Digest;
import lvc.core.fold.Latest;
import lvc.core.journal.RunPlan;
import lvc.core.port.PartitionReader;
import lvc.core.port.Records;
import lvc.core.port.Topics;
import lvc.core.record.NewRecord;
import lvc.core.record.StoredRecord;
import lvc.core.topic.Ends;

/**
 * Approach B: gives the secondary what the primary has and it lacks. Partition by partition; memory holds the newest
 * records of one partition of the primary.
 */
public final class Repair {
    private static final int AT_ONCE = 1_000;

    private final Topics topics;
    private final PartitionReader reader;
    private final Records records;

    public Repair(Topics topics, PartitionReader reader, Records records) {
        this.topics = topics;
        this.reader = reader;
        this.records = records;
    }

    /**
     * What has to be written to the secondary.
     *
     * @param values records for keys that have another value there, or none
     * @param tombstones tombstones for keys that have a value there and none in the primary
     */
    public record Needed(List<NewRecord> values, List<NewRecord> tombstones) {}

    /**
     * Appends what a writer wrote last and the secondary lacks; a value that came from the secondary is left alone, and
     * a key that the primary lacks as well.
     *
     * @param ours called before every write: returns when the run is still ours
     * @return how many records
     * @throws Fault DIFFERS when nothing says which of two values is newer
     */
    long topUp(RunPlan plan, Runnable ours) {
        long written = 0;
        for (int partition : partitions(plan.hot().name())) {
            List<NewRecord> missing = new ArrayList<>();
            Sides sides = read(plan.hot().name(), plan.truth().name(), partition);
            for (StoredRecord mine : sides.inOrder()) {
                Optional<Latest> theirs = sides.theirs(mine);
                if (mine.logAppendTime()
                        || theirs.flatMap(Latest::value).equals(Latest.of(mine).value())) {
                    continue;
                }
                if (theirs.isPresent() && theirs.get().timestamp() > mine.timestamp()) {
                    throw Fault.differs(
                            "cannot tell which value of a key is newer",
                            "key " + text(mine) + " was written to "
                                    + plan.hot().name() + " at " + mine.timestamp() + " and to "
                                    + plan.truth().name() + " at "
                                    + theirs.get().timestamp() + ", with different values",
                            "write the right value of that key to " + plan.hot().name()
                                    + ", then the same command again");
                }
                missing.add(again(mine, partition));
            }
            write(plan.truth().name(), missing, ours);
            written += missing.size();
        }
        return written;
    }

    /** What would make the secondary equal to the primary; read partition by partition, kept as a whole. */
    public Needed needed(String primary, String secondary) {
        List<NewRecord> values = new ArrayList<>();
        List<NewRecord> tombstones = new ArrayList<>();
        for (int partition : partitions(primary)) {
            Sides sides = read(primary, secondary, partition);
            for (StoredRecord mine : sides.inOrder()) {
                Optional<Digest> value = Latest.of(mine).value();
                if (!sides.theirs(mine).flatMap(Latest::value).equals(value)) {
                    (value.isPresent() ? values : tombstones).add(again(mine, partition));
                }
            }
            sides.onlyTheirs()
                    .forEach(key -> tombstones.add(new NewRecord(0, key, null, List.of(), partition, NewRecord.UNSET)));
        }
        return new Needed(values, tombstones);
    }

    /** Writes records in order and waits until all are acknowledged. */
    public void write(String topic, List<NewRecord> all) {
        write(topic, all, () -> {});
    }

    private void write(String topic, List<NewRecord> all, Runnable before) {
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            before.run();
            records.write(topic, all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
    }

    private List<Integer> partitions(String topic) {
        return List.copyOf(new TreeMap<>(topics.ends(topic)).keySet());
    }

    private Sides read(String primary, String secondary, int partition) {
        Sides sides = new Sides();
        read(primary, partition, sides::mine);
        read(secondary, partition, sides::their);
        return sides;
    }

    private void read(String topic, int partition, Consumer<StoredRecord> each) {
        Ends ends = Optional.ofNullable(topics.ends(topic).get(partition)).orElse(new Ends(0, 0, 0));
        if (ends.earliest() < ends.lastStable()) {
            reader.read(topic, partition, ends.earliest(), ends.lastStable(), each);
        }
    }

    private static NewRecord again(StoredRecord stored, int partition) {
        return new NewRecord(
                stored.offset(), stored.key(), stored.value(), stored.headers(), partition, NewRecord.UNSET);
    }

    private static String text(StoredRecord stored) {
        byte[] key = stored.key();
        return key == null ? "(null)" : new String(key, StandardCharsets.UTF_8);
    }

    /** The newest records of one partition of the primary, and what the secondary has for keys. */
    private static final class Sides {
        private final Map<ByteBuffer, StoredRecord> mine = new HashMap<>();
        private final Map<ByteBuffer, Latest> theirs = new HashMap<>();

        private void mine(StoredRecord stored) {
            byte[] key = stored.key();
            if (key != null) {
                mine.put(ByteBuffer.wrap(key), stored);
            }
        }

        private void their(StoredRecord stored) {
            byte[] key = stored.key();
            if (key != null) {
                theirs.put(ByteBuffer.wrap(key), Latest.of(stored));
            }
        }

        private Optional<Latest> theirs(StoredRecord record) {
            byte[] key = record.key();
            return key == null ? Optional.empty() : Optional.ofNullable(theirs.get(ByteBuffer.wrap(key)));
        }

        private List<StoredRecord> inOrder() {
            return mine.values().stream()
                    .sorted(Comparator.comparingLong(StoredRecord::offset))
                    .toList();
        }

        private List<byte[]> onlyTheirs() {
            return theirs.entrySet().stream()
                    .filter(each -> each.getValue().value().isPresent() && !mine.containsKey(each.getKey()))
                    .map(each -> each.getKey().array())
                    .toList();
        }
    }
}
