package lvc.core.fold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lvc.core.record.StoredRecord;

/**
 * The fold of a topic: for every key the record with the highest offset. A tombstone means that the key is absent.
 *
 * <ul>
 *   <li>A key belongs to a partition. One that was seen in two partitions is <em>split</em>: its latest value is not
 *       defined, both are kept, and {@link #splitKeys} names it.
 *   <li>Records without a key are counted and otherwise left alone.
 *   <li>Tombstones are remembered with their offset, so that {@code fold(a ++ b) = fold(a) merged with fold(b)}, in
 *       whatever order the parts arrive.
 * </ul>
 *
 * <p>Made for many keys: entries lie in an {@link Arena} behind an open hash table of ints, about 45 bytes beyond key,
 * value and headers. Room left behind by entries that grew is reclaimed when it exceeds half of what is in use. For one
 * thread.
 */
public final class LatestValues {
    private static final int FIRST_SLOTS = 1 << 12;
    private static final long SPARE = 8L << 20;
    private static final int NOT_FOUND = -1;

    private final String topic;
    private Arena arena = new Arena();
    /** Address of an entry plus 1, as unsigned; 0 is empty. Never removed from, so a probe ends at the first 0. */
    private int[] slots = new int[FIRST_SLOTS];

    private int entries;
    private int liveKeys;
    private int splitKeys;
    private long inUse;
    private long records;
    private long nullKeys;

    /** The fold of nothing. */
    public LatestValues(String topic) {
        this.topic = topic;
    }

    /** Takes one more record into account. */
    public void add(StoredRecord stored) {
        records++;
        byte[] key = stored.key();
        if (key == null) {
            nullKeys++;
        } else {
            put(key, stored);
        }
    }

    /** Takes everything into account that another fold of the same topic has seen. */
    public void merge(LatestValues other) {
        for (int slot : other.slots) {
            if (slot != 0) {
                StoredRecord stored = Entry.read(topic, other.arena, slot - 1);
                byte[] key = stored.key();
                if (key != null) {
                    put(key, stored);
                }
            }
        }
        records += other.records;
        nullKeys += other.nullKeys;
    }

    private void put(byte[] key, StoredRecord stored) {
        int mask = slots.length - 1;
        int at = Arena.hash(key, 0, key.length) & mask;
        int elsewhere = 0;
        while (slots[at] != 0) {
            int address = slots[at] - 1;
            if (Entry.hasKey(arena, address, key)) {
                if (Entry.partition(arena, address) == stored.partition()) {
                    update(at, key, stored);
                    return;
                }
                elsewhere++;
            }
            at = at + 1 & mask;
        }
        slots[at] = insert(key, stored) + 1;
        entries++;
        splitKeys += elsewhere == 1 ? 1 : 0;
        liveKeys += stored.value() == null ? 0 : 1;
        if (entries * 4L > slots.length * 3L) {
            grow();
        }
    }

    private void update(int slot, byte[] key, StoredRecord stored) {
        int address = slots[slot] - 1;
        if (stored.offset() <= Entry.offset(arena, address)) {
            return;
        }
        liveKeys += (stored.value() == null ? 0 : 1) - (Entry.isTombstone(arena, address) ? 0 : 1);
        byte[] headers = Entry.encoded(stored.headers());
        int before = Arena.rounded(Entry.length(arena, address));
        int after = Arena.rounded(Entry.length(key, stored, headers));
        inUse += after - before;
        if (after > before) {
            address = arena.allocate(after);
            slots[slot] = address + 1;
        }
        Entry.write(arena, address, key, stored, headers);
        if (arena.used() - inUse > SPARE + inUse / 2) {
            reclaim();
        }
    }

    private int insert(byte[] key, StoredRecord stored) {
        byte[] headers = Entry.encoded(stored.headers());
        int length = Entry.length(key, stored, headers);
        inUse += Arena.rounded(length);
        int address = arena.allocate(length);
        Entry.write(arena, address, key, stored, headers);
        return address;
    }

    private void grow() {
        int[] before = slots;
        slots = new int[before.length * 2];
        int mask = slots.length - 1;
        for (int slot : before) {
            if (slot != 0) {
                int at = Entry.hash(arena, slot - 1) & mask;
                while (slots[at] != 0) {
                    at = at + 1 & mask;
                }
                slots[at] = slot;
            }
        }
    }

    private void reclaim() {
        Arena fresh = new Arena();
        for (int at = 0; at < slots.length; at++) {
            if (slots[at] != 0) {
                slots[at] = Entry.copy(arena, slots[at] - 1, fresh) + 1;
            }
        }
        arena = fresh;
    }

    /** Number of records seen, those without a key included. */
    public long records() {
        return records;
    }

    /** Number of records seen that have no key. */
    public long nullKeys() {
        return nullKeys;
    }

    /** Number of keys whose latest record is a value; a split key counts once in each of its partitions. */
    public int liveKeys() {
        return liveKeys;
    }

    /** Number of keys that were seen in more than one partition, live or deleted. */
    public int splitKeyCount() {
        return splitKeys;
    }

    /** Some of the keys that were seen in more than one partition. */
    public List<SplitKey> splitKeys(int atMost) {
        List<SplitKey> found = new ArrayList<>();
        for (int at = 0; at < slots.length && found.size() < Math.min(atMost, splitKeys); at++) {
            if (slots[at] != 0) {
                byte[] key = Entry.key(arena, slots[at] - 1);
                int[] partitions = partitions(key);
                if (partitions.length > 1 && partitions[0] == Entry.partition(arena, slots[at] - 1)) {
                    found.add(new SplitKey(
                            key, IntStream.of(partitions).sorted().boxed().toList()));
                }
            }
        }
        return List.copyOf(found);
    }

    private int[] partitions(byte[] key) {
        int mask = slots.length - 1;
        int[] partitions = new int[0];
        for (int at = Arena.hash(key, 0, key.length) & mask; slots[at] != 0; at = at + 1 & mask) {
            if (Entry.hasKey(arena, slots[at] - 1, key)) {
                partitions = Arrays.copyOf(partitions, partitions.length + 1);
                partitions[partitions.length - 1] = Entry.partition(arena, slots[at] - 1);
            }
        }
        return partitions;
    }

    /** The latest record of a key, which may be a tombstone; empty when the key was never seen in this partition. */
    public Optional<StoredRecord> latest(int partition, byte[] key) {
        int address = find(partition, key);
        return address == NOT_FOUND ? Optional.empty() : Optional.of(Entry.read(topic, arena, address));
    }

    private int find(int partition, byte[] key) {
        int mask = slots.length - 1;
        for (int at = Arena.hash(key, 0, key.length) & mask; slots[at] != 0; at = at + 1 & mask) {
            int address = slots[at] - 1;
            if (Entry.partition(arena, address) == partition && Entry.hasKey(arena, address, key)) {
                return address;
            }
        }
        return NOT_FOUND;
    }

    /** The latest record of every live key, by partition and offset. Not to be used after the next {@link #add}. */
    public Iterable<StoredRecord> live() {
        Integer[] addresses = Arrays.stream(slots)
                .filter(slot -> slot != 0 && !Entry.isTombstone(arena, slot - 1))
                .map(slot -> slot - 1)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(address -> Entry.partition(arena, address))
                        .thenComparingLong(address -> Entry.offset(arena, address)))
                .toArray(Integer[]::new);
        return () -> {
            Iterator<Integer> each = Arrays.asList(addresses).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public StoredRecord next() {
                    return Entry.read(topic, arena, each.next());
                }
            };
        };
    }

    /**
     * A key that was seen in more than one partition.
     *
     * @param partitions in ascending order
     */
    @SuppressWarnings("ArrayRecordComponent") // for messages only; never compared
    public record SplitKey(byte[] key, List<Integer> partitions) {}

    /** Bytes held for entries and the table. */
    long memory() {
        return arena.used() + 4L * slots.length;
    }
}
