package lvc.cache.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import lvc.core.record.Header;
import org.jspecify.annotations.Nullable;

/**
 * The newest record of every key of one incarnation of a topic. One thread at a time writes, between {@link #begin} and
 * {@link #end}; any number read, none of whom ever waits for it.
 *
 * <p>Before it is published nobody reads, and records are overwritten where the new one fits. Afterwards what was written
 * stays as it is: a newer record is put beside it, and whole chunks are cleared up by putting what is still wanted
 * elsewhere and showing readers the new arrangement at once. A reader that is in the middle of the old one finds it
 * unchanged.
 *
 * <p>Deleted keys are remembered, so that readers who come back learn of them, until there are many; {@link #knowsSince}
 * tells from where on all of them are known.
 */
public final class Image {
    private static final int FEW_DELETED = 10_000;
    private static final int CLEAR_AT_ONCE = 4;
    private static final int LOADING_SHARE = 2;
    private static final int SERVING_SHARE = 10;
    private static final int FRESH_CHUNKS = 2;
    private static final int PUBLISHED_SHARE = 50;
    private static final int EIGHTHS = 8;

    /** What readers see: addresses and what they lead to. */
    private record Arrangement(Index index, Chunks chunks) {}

    private final ReentrantLock writing = new ReentrantLock();
    private final EntryBytes.Reader old = new EntryBytes.Reader();
    private volatile Arrangement arrangement = new Arrangement(Index.empty(), new Chunks());
    private volatile Offsets offsets = Offsets.NONE;
    private volatile Offsets floor = Offsets.NONE;
    private volatile boolean published;
    private volatile long live;
    private volatile long nullKeys;
    private long[] reached = {};
    private long deleted;
    private long skipped;

    /** An image that knows all deletions after some offsets, which is where its first records come from. */
    public static Image since(Offsets floor) {
        Image image = new Image();
        image.floor = floor;
        return image;
    }

    // ---- readers

    /** The newest record of a key; null when there is none or it says that the key was deleted. */
    public @Nullable Entry get(byte[] key) {
        Arrangement now = arrangement;
        EntryBytes.Reader reader = new EntryBytes.Reader();
        long found = find(now, Index.hash(key, 0, key.length), key, 0, key.length, reader);
        return found < 0 || reader.deleted() ? null : reader.entry();
    }

    /** Leaves the reader at the entry and returns its slot; -1 less the slot where it belongs when it is not there. */
    private static long find(Arrangement now, long hash, byte[] key, int begin, int length, EntryBytes.Reader reader) {
        Index index = now.index;
        int slot = index.first(hash);
        for (long content = index.at(slot); content != 0; content = index.at(slot)) {
            if (Index.mayBe(content, hash)) {
                int address = Index.address(content);
                if (reader.to(now.chunks.of(address), Chunks.begin(address)).keyIs(key, begin, length)) {
                    return slot;
                }
            }
            slot = index.after(slot);
        }
        return -1L - slot;
    }

    /** How far it reaches. Whoever asks first and reads then sees at least that. */
    public Offsets offsets() {
        return offsets;
    }

    /** How many keys have a value. */
    public long size() {
        return live;
    }

    /** How many records had no key, and are nowhere in it. */
    public long nullKeys() {
        return nullKeys;
    }

    /** Whether it can tell all that has changed since, deletions included. */
    public boolean knowsSince(Offsets since) {
        return since.covers(floor);
    }

    /** Bytes that it holds, those included that nobody wants any more. */
    public long bytes() {
        Arrangement now = arrangement;
        return now.chunks.bytes() + (long) now.index.size() * Long.BYTES;
    }

    /** All of it as it is after a whole batch. Waits for the batch that is being written. */
    public Snapshot snapshot() {
        return snapshot(now -> EveryPlace.of(now.index, now.chunks.all()));
    }

    /** The same of some keys only, which takes no longer than to look for them. */
    public Snapshot snapshot(List<byte[]> keys) {
        return snapshot(now -> new SomePlaces(keys.stream()
                .mapToInt(key -> address(now, key))
                .filter(address -> address != Places.END)
                .toArray()));
    }

    private Snapshot snapshot(Function<Arrangement, Places> places) {
        writing.lock();
        try {
            Arrangement now = arrangement;
            return new Snapshot(places.apply(now), now.chunks.all(), offsets, floor, live);
        } finally {
            writing.unlock();
        }
    }

    private static int address(Arrangement now, byte[] key) {
        long slot = find(now, Index.hash(key, 0, key.length), key, 0, key.length, new EntryBytes.Reader());
        return slot < 0 ? Places.END : Index.address(now.index.at((int) slot));
    }

    // ---- the writer

    /** Begins a batch: until its end nobody takes a snapshot. */
    public void begin() {
        writing.lock();
    }

    /** Ends a batch: readers may rely on its offsets. */
    public void end() {
        try {
            tidy();
            offsets = Offsets.of(reached);
        } finally {
            writing.unlock();
        }
    }

    /** From here on it is read, and nothing is overwritten. What was deleted before is forgotten. */
    public void publish() {
        begin();
        try {
            if (!published) {
                floor = Offsets.of(reached);
                forgetDeleted();
                clearUp();
                published = true;
            }
        } finally {
            end();
        }
    }

    /** The same for one that began with {@link #since}: what was deleted since then is still known. */
    public void publishKnowing() {
        begin();
        published = true;
        end();
    }

    /** That the partition has been read up to and with an offset, whatever was there. */
    public void reached(int partition, long offset) {
        if (partition >= reached.length) {
            int known = reached.length;
            reached = Arrays.copyOf(reached, partition + 1);
            Arrays.fill(reached, known, reached.length, -1);
        }
        reached[partition] = Math.max(reached[partition], offset);
    }

    /** A record without a key. */
    public void skip() {
        skipped++;
        nullKeys = skipped;
    }

    /**
     * Takes in a record, in a batch. Of two records of one key in different partitions the one with the later timestamp
     * is the newer one, and of the same time that in the higher partition: whatever order they come in.
     *
     * @param key backed by an array, as is the value
     * @param value null to delete
     * @return whether it is the newest of its key
     */
    public boolean put(
            int partition,
            long offset,
            long timestamp,
            ByteBuffer key,
            @Nullable ByteBuffer value,
            List<Header> extra) {
        byte[] keyBytes = key.array();
        int keyBegin = key.arrayOffset() + key.position();
        int keyLength = key.remaining();
        byte[] headers = EntryBytes.headers(extra);
        int valueLength = value == null ? -1 : value.remaining();
        int size = EntryBytes.size(keyLength, valueLength, headers.length, partition, offset, timestamp);
        long hash = Index.hash(keyBytes, keyBegin, keyLength);
        Arrangement now = arrangement;
        long found = find(now, hash, keyBytes, keyBegin, keyLength, old);
        boolean known = found >= 0;
        int slot = (int) (known ? found : -1 - found);
        boolean was = known && !old.deleted();
        int oldSize = known ? old.size() : 0;
        if (known && older(partition, offset, timestamp)) {
            return false;
        }
        int address;
        if (known && !published && size <= oldSize) {
            address = Index.address(now.index.at(slot));
            if (size < oldSize) {
                now.chunks.discard(address, oldSize - size);
            }
        } else {
            if (known) {
                now.chunks.discard(Index.address(now.index.at(slot)), oldSize);
            }
            address = now.chunks.allocate(size);
        }
        byte[] chunk = now.chunks.of(address);
        int at = Chunks.begin(address);
        at = EntryBytes.put(chunk, at, keyLength);
        at = EntryBytes.put(chunk, at, valueLength + 1L);
        at = EntryBytes.put(chunk, at, headers.length);
        at = EntryBytes.put(chunk, at, partition);
        at = EntryBytes.put(chunk, at, offset);
        at = EntryBytes.put(chunk, at, timestamp);
        System.arraycopy(headers, 0, chunk, at, headers.length);
        System.arraycopy(keyBytes, keyBegin, chunk, at + headers.length, keyLength);
        if (value != null) {
            System.arraycopy(
                    value.array(),
                    value.arrayOffset() + value.position(),
                    chunk,
                    at + headers.length + keyLength,
                    valueLength);
        }
        now.index.put(slot, hash, address);
        count(known, was, value != null);
        if (now.index.full()) {
            arrangement = new Arrangement(now.index.grown(), now.chunks);
        }
        return true;
    }

    /** Whether a record is older than the one that is there. */
    private boolean older(int partition, long offset, long timestamp) {
        if (partition == old.partition()) {
            return offset < old.offset();
        }
        return timestamp != old.timestamp() ? timestamp < old.timestamp() : partition < old.partition();
    }

    private void count(boolean known, boolean was, boolean is) {
        live = live + (is ? 1 : 0) - (was ? 1 : 0);
        deleted += (is ? 0 : 1) - (known && !was ? 1 : 0);
    }

    private void tidy() {
        Chunks chunks = arrangement.chunks;
        if (published && deleted > FEW_DELETED && deleted > live / CLEAR_AT_ONCE) {
            floor = Offsets.of(reached);
            forgetDeleted();
        } else if (chunks.all().length > FRESH_CHUNKS
                && chunks.garbage() > chunks.bytes() / (published ? SERVING_SHARE : LOADING_SHARE)) {
            rearrange(worst(chunks, CLEAR_AT_ONCE), false);
        }
    }

    /** Loading leaves some of every chunk unused. An eighth at a time, for what is cleared is there twice meanwhile. */
    private void clearUp() {
        for (int eighth = 0; eighth < EIGHTHS; eighth++) {
            Chunks chunks = arrangement.chunks;
            if (chunks.garbage() <= chunks.bytes() / PUBLISHED_SHARE) {
                return;
            }
            rearrange(worst(chunks, Math.max(CLEAR_AT_ONCE, chunks.all().length / EIGHTHS)), false);
        }
    }

    private void forgetDeleted() {
        if (deleted > 0) {
            rearrange(new boolean[arrangement.chunks.all().length], true);
            deleted = 0;
        }
    }

    /** The few chunks that are worth most to be cleared. */
    private static boolean[] worst(Chunks chunks, int most) {
        int count = chunks.all().length;
        boolean[] drop = new boolean[count];
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!chunks.isOpen(i) && chunks.garbage(i) > 0) {
                candidates.add(i);
            }
        }
        candidates.sort(Comparator.comparing((Integer i) -> chunks.garbage(i)).reversed());
        candidates.stream().limit(most).forEach(i -> drop[i] = true);
        return drop;
    }

    /** Shows readers a new arrangement, without some chunks and, if asked for, without those who were deleted. */
    private void rearrange(boolean[] drop, boolean forget) {
        Arrangement now = arrangement;
        int[] renumbered = new int[drop.length];
        Chunks chunks = now.chunks.without(drop, renumbered);
        Index index = forget ? Index.sized(now.index.size()) : now.index.copy();
        EntryBytes.Reader reader = new EntryBytes.Reader();
        for (int slot = 0; slot < now.index.size(); slot++) {
            long content = now.index.at(slot);
            if (content == 0) {
                continue;
            }
            int address = Index.address(content);
            boolean moves = drop[Chunks.index(address)];
            if (moves || forget) {
                reader.to(now.chunks.of(address), Chunks.begin(address));
            }
            int size = moves || forget ? reader.size() : 0;
            int moved = Chunks.renumber(address, renumbered);
            if (forget && reader.deleted()) {
                chunks.discard(moved, size);
                continue;
            }
            if (moves) {
                moved = chunks.allocate(size);
                System.arraycopy(
                        now.chunks.of(address), Chunks.begin(address), chunks.of(moved), Chunks.begin(moved), size);
            }
            if (forget) {
                index.add(content, moved);
            } else {
                index.put(slot, content, moved);
            }
        }
        arrangement = new Arrangement(index, chunks);
    }
}
