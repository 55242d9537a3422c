package lvc.core.fold;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import lvc.core.record.StoredRecord;

/**
 * The fold of one partition with digests in place of values: as {@link LatestValues}, but what it holds depends on the
 * number of its keys alone, about 50 bytes beyond each key. Tombstones are remembered with their offset; headers are
 * no part of a value and left out. For one thread at a time.
 */
public final class Digests {
    private static final int FIRST_SLOTS = 1 << 12;
    private static final int NOT_FOUND = Arena.NONE;
    private static final long BEFORE_ALL = -1;
    private static final long EMPTY = 0;
    /** What Kafka says where a record has no timestamp. */
    private static final long NO_TIME = -1;

    /** How an entry lies in the arena: offset, timestamp, digest in two halves, length of the key, flags, key. */
    private static final int OFFSET = 0;

    private static final int TIMESTAMP = 8;
    private static final int HIGH = 16;
    private static final int LOW = 24;
    private static final int KEY_LENGTH = 32;
    private static final int FLAGS = 36;
    private static final int KEY = 40;

    private final Arena arena = new Arena();
    private final Hashing hashing = new Hashing();
    /** Upper half: hash of the key. Lower half: address of the entry plus 1, as unsigned; 0 where there is none. */
    private long[] slots = new long[FIRST_SLOTS];

    private final Ahead ahead = new Ahead();
    private int entries;
    private int live;
    private long records;
    private long nullKeys;
    private long newest = NO_TIME;

    /** Two folds of one partition do not agree about a key; a side that never saw it is absent. */
    public interface Disagreement {

        /** Called for each such key. */
        void found(byte[] key, Optional<Latest> mine, Optional<Latest> other);
    }

    /** Takes one more record into account. */
    public void add(StoredRecord stored) {
        records++;
        newest = Math.max(newest, stored.timestamp());
        byte[] key = stored.key();
        if (key == null) {
            nullKeys++;
            return;
        }
        ahead.add(key, stored);
        if (ahead.isFull()) {
            takeIn();
        }
    }

    /**
     * Puts the records that wait where they belong. All are looked for before the first is put: the processor then waits
     * for memory for many at the same time, and not for one after the other.
     */
    private void takeIn() {
        int mask = slots.length - 1;
        int[] found = new int[ahead.size()];
        long[] first = new long[found.length];
        for (int i = 0; i < found.length; i++) {
            first[i] = slots[ahead.hash(i) & mask];
        }
        for (int i = 0; i < found.length; i++) {
            int hash = ahead.hash(i);
            long slot = first[i];
            for (int at = hash + 1; slot != EMPTY && hash(slot) != hash; at++) {
                slot = slots[at & mask];
            }
            found[i] = address(slot);
        }
        for (int i = 0; i < found.length; i++) {
            byte[] key = ahead.key(i);
            if (found[i] != NOT_FOUND && !hasKey(found[i], key, 0, key.length)) {
                found[i] = NOT_FOUND;
            }
        }
        for (int i = 0; i < found.length; i++) {
            if (found[i] == NOT_FOUND) {
                put(i);
            } else {
                write(found[i], i);
            }
        }
        ahead.clear();
    }

    private void put(int i) {
        byte[] key = ahead.key(i);
        int hash = ahead.hash(i);
        int address = find(hash, key, 0, key.length);
        if (address != NOT_FOUND) {
            write(address, i);
            return;
        }
        int mask = slots.length - 1;
        int at = hash & mask;
        while (slots[at] != EMPTY) {
            at = at + 1 & mask;
        }
        slots[at] = slot(hash, insert(key, i));
        if (++entries * 4L > slots.length * 3L) {
            grow();
        }
    }

    private static long slot(int hash, int address) {
        return (long) hash << 32 | (address + 1 & 0xffffffffL);
    }

    private static int hash(long slot) {
        return (int) (slot >>> 32);
    }

    private static int address(long slot) {
        return (int) slot - 1;
    }

    private int insert(byte[] key, int i) {
        int address = arena.allocate(KEY + key.length);
        byte[] bytes = arena.chunk(address);
        int at = Arena.index(address);
        Arena.writeLong(bytes, at + OFFSET, BEFORE_ALL);
        Arena.writeInt(bytes, at + FLAGS, 0);
        Arena.writeInt(bytes, at + KEY_LENGTH, key.length);
        System.arraycopy(key, 0, bytes, at + KEY, key.length);
        write(address, i);
        return address;
    }

    private void write(int address, int i) {
        byte[] bytes = arena.chunk(address);
        int at = Arena.index(address);
        if (ahead.offset(i) > Arena.readLong(bytes, at + OFFSET)) {
            Arena.writeLong(bytes, at + OFFSET, ahead.offset(i));
            Arena.writeLong(bytes, at + TIMESTAMP, ahead.timestamp(i));
            Arena.writeLong(bytes, at + HIGH, ahead.high(i));
            Arena.writeLong(bytes, at + LOW, ahead.low(i));
            live += (ahead.flags(i) & Ahead.LIVE) - (Arena.readInt(bytes, at + FLAGS) & Ahead.LIVE);
            Arena.writeInt(bytes, at + FLAGS, ahead.flags(i));
        }
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        int mask = slots.length - 1;
        for (long slot : before) {
            if (slot != EMPTY) {
                int at = hash(slot) & mask;
                while (slots[at] != EMPTY) {
                    at = at + 1 & mask;
                }
                slots[at] = slot;
            }
        }
    }

    /** Number of records seen, those without a key included. */
    public long records() {
        return records;
    }

    /** Number of records seen that have no key. */
    public long nullKeys() {
        return nullKeys;
    }

    /** The latest timestamp of all records seen, in milliseconds since 1970; -1 when there was none. */
    public long newest() {
        return newest;
    }

    /** Number of keys whose newest record is a value. */
    public int liveKeys() {
        takeIn();
        return live;
    }

    /** The newest record of a key, which may be a tombstone; empty when the key was never seen. */
    public Optional<Latest> latest(byte[] key) {
        takeIn();
        int address = find(Arena.hash(key, 0, key.length), key, 0, key.length);
        return address == NOT_FOUND ? Optional.empty() : Optional.of(latest(address));
    }

    /** Tells every key that was seen, live or deleted, in no order. */
    public void eachKey(Consumer<byte[]> each) {
        takeIn();
        for (int entry = arena.first(); entry != Arena.NONE; entry = after(entry)) {
            each.accept(key(entry));
        }
    }

    /**
     * Tells every key about which another fold says something else. Deleted and never seen are the same; an empty value
     * is a value.
     */
    public void compare(Digests other, Disagreement disagreement) {
        takeIn();
        other.takeIn();
        int alsoLive = 0;
        for (int mine = arena.first(); mine != Arena.NONE; mine = after(mine)) {
            int theirs = other.find(this, mine);
            alsoLive += theirs != NOT_FOUND && other.isLive(theirs) ? 1 : 0;
            if (!agree(mine, other, theirs)) {
                disagreement.found(
                        key(mine),
                        Optional.of(latest(mine)),
                        theirs == NOT_FOUND ? Optional.empty() : Optional.of(other.latest(theirs)));
            }
        }
        if (alsoLive < other.live) {
            other.tellLiveUnknownTo(this, disagreement);
        }
    }

    private void tellLiveUnknownTo(Digests other, Disagreement disagreement) {
        for (int mine = arena.first(); mine != Arena.NONE; mine = after(mine)) {
            if (isLive(mine) && other.find(this, mine) == NOT_FOUND) {
                disagreement.found(key(mine), Optional.empty(), Optional.of(latest(mine)));
            }
        }
    }

    /** The sum over all live keys of {@link #contribution}: equal for equal folds, whatever order they came in. */
    public Digest sum() {
        takeIn();
        Digest sum = Digest.ZERO;
        for (int entry = arena.first(); entry != Arena.NONE; entry = after(entry)) {
            if (isLive(entry)) {
                sum = sum.plus(hashing.entry(key(entry), value(entry)));
            }
        }
        return sum;
    }

    /** What a key with this value adds to {@link #sum}: the digest of both; nothing when it is absent. */
    public static Digest contribution(byte[] key, Optional<Digest> value) {
        return value.map(digest -> new Hashing().entry(key, digest)).orElse(Digest.ZERO);
    }

    private boolean agree(int mine, Digests other, int theirs) {
        boolean live = theirs != NOT_FOUND && other.isLive(theirs);
        if (!live || !isLive(mine)) {
            return live == isLive(mine);
        }
        return value(mine).equals(other.value(theirs));
    }

    /** The entry that was made after one. */
    private int after(int address) {
        return arena.next(address, KEY + keyLength(address));
    }

    /** The entry of the key that an entry of another fold has. */
    private int find(Digests from, int address) {
        byte[] bytes = from.arena.chunk(address);
        int at = Arena.index(address) + KEY;
        int end = at + from.keyLength(address);
        return find(Arena.hash(bytes, at, end), bytes, at, end);
    }

    private int find(int hash, byte[] bytes, int from, int to) {
        int mask = slots.length - 1;
        int at = hash & mask;
        for (long slot = slots[at]; slot != EMPTY; slot = slots[at]) {
            if (hash(slot) == hash && hasKey(address(slot), bytes, from, to)) {
                return address(slot);
            }
            at = at + 1 & mask;
        }
        return NOT_FOUND;
    }

    private boolean hasKey(int address, byte[] key, int from, int to) {
        byte[] bytes = arena.chunk(address);
        int at = Arena.index(address);
        return Arrays.equals(bytes, at + KEY, at + KEY + keyLength(address), key, from, to);
    }

    private byte[] key(int address) {
        byte[] bytes = arena.chunk(address);
        int at = Arena.index(address) + KEY;
        return Arrays.copyOfRange(bytes, at, at + keyLength(address));
    }

    private int keyLength(int address) {
        return Arena.readInt(arena.chunk(address), Arena.index(address) + KEY_LENGTH);
    }

    private boolean isLive(int address) {
        return (flags(address) & Ahead.LIVE) != 0;
    }

    private int flags(int address) {
        return Arena.readInt(arena.chunk(address), Arena.index(address) + FLAGS);
    }

    private Digest value(int address) {
        byte[] bytes = arena.chunk(address);
        int at = Arena.index(address);
        return new Digest(Arena.readLong(bytes, at + HIGH), Arena.readLong(bytes, at + LOW));
    }

    private Latest latest(int address) {
        byte[] bytes = arena.chunk(address);
        int at = Arena.index(address);
        return new Latest(
                isLive(address) ? Optional.of(value(address)) : Optional.empty(),
                Arena.readLong(bytes, at + OFFSET),
                Arena.readLong(bytes, at + TIMESTAMP),
                (flags(address) & Ahead.LOG_APPEND_TIME) != 0);
    }
}
