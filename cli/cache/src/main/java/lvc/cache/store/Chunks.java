package lvc.cache.store;

import java.util.Arrays;

/**
 * Where entries lie: byte arrays of four megabytes, filled one after the other. An address counts units of eight bytes
 * over all chunks, so that 32 bits reach 32 gigabytes. What was written is never moved and, once somebody may read it,
 * never overwritten.
 */
final class Chunks {
    /** More than the header of an array, which would make it fill one more region of the collector. */
    static final int HEADER = 64;

    /** Slightly less than 4 MiB. */
    static final int CHUNK = (4 << 20) - HEADER;

    private static final int INDEX_SHIFT = 19;

    /** Places in a chunk where an entry can begin. */
    static final int UNITS = 1 << INDEX_SHIFT;

    private static final int MOST_CHUNKS = 1 << 13;

    private volatile byte[][] chunks = {};
    private int[] garbage = {};
    private int used = CHUNK;
    private int open = -1;
    private long allBytes;
    private long allGarbage;

    /** Makes room for an entry and returns its address. */
    int allocate(int size) {
        if (size > CHUNK) {
            // A chunk for itself; the one that is being filled goes on being filled.
            return address(add(new byte[size]), 0);
        }
        if (used + size > CHUNK) {
            open = add(new byte[CHUNK]);
            used = 0;
        }
        int address = address(open, used / EntryBytes.ALIGNMENT);
        used += size;
        return address;
    }

    private int add(byte[] chunk) {
        byte[][] all = chunks;
        if (all.length == MOST_CHUNKS) {
            throw new IllegalStateException("more than 32 GiB of values in one topic");
        }
        byte[][] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = chunk;
        garbage = Arrays.copyOf(garbage, more.length);
        allBytes += chunk.length;
        chunks = more;
        return all.length;
    }

    /** Says that nobody who comes later will want an entry. */
    void discard(int address, int size) {
        garbage[address >>> INDEX_SHIFT] += size;
        allGarbage += size;
    }

    static int begin(int address) {
        return unit(address) * EntryBytes.ALIGNMENT;
    }

    /** Which of the places in its chunk an address is. */
    static int unit(int address) {
        return address & (UNITS - 1);
    }

    static int address(int index, int unit) {
        return (index << INDEX_SHIFT) | unit;
    }

    static int index(int address) {
        return address >>> INDEX_SHIFT;
    }

    /** The chunk of an address that was published before. */
    byte[] of(int address) {
        return chunks[address >>> INDEX_SHIFT];
    }

    /** All of them as they are now; never changed, but for what is appended. */
    byte[][] all() {
        return chunks;
    }

    long bytes() {
        return allBytes;
    }

    long garbage() {
        return allGarbage;
    }

    /** Bytes of a chunk that nobody wants. */
    int garbage(int index) {
        return garbage[index];
    }

    /** Whether entries are still appended to a chunk. */
    boolean isOpen(int index) {
        return index == open;
    }

    /**
     * The same without some chunks, whose places are taken by none.
     *
     * @param drop by index; none of them open
     * @param renumbered for each index the new one; written here
     */
    Chunks without(boolean[] drop, int[] renumbered) {
        Chunks less = new Chunks();
        byte[][] all = chunks;
        byte[][] kept = new byte[all.length][];
        int[] keptGarbage = new int[all.length];
        int next = 0;
        for (int i = 0; i < all.length; i++) {
            renumbered[i] = next;
            if (!drop[i]) {
                kept[next] = all[i];
                keptGarbage[next] = garbage[i];
                less.allBytes += all[i].length;
                less.allGarbage += garbage[i];
                if (i == open) {
                    less.open = next;
                    less.used = used;
                }
                next++;
            }
        }
        less.garbage = Arrays.copyOf(keptGarbage, next);
        less.chunks = Arrays.copyOf(kept, next);
        return less;
    }

    /** The address of the same entry after {@link #without}. */
    static int renumber(int address, int[] renumbered) {
        return address(renumbered[index(address)], unit(address));
    }
}
