package lvc.cache.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Leads from keys to addresses: open addressing with linear probing. A slot holds 31 bits of the key's hash, so that
 * other keys are passed over and the index grows without a look at them, and the address; zero when it is free. Slots are
 * taken, and change their address, but are never freed.
 *
 * <p>The same 31 bits, as a fraction of all that they can be, say where the search begins (Daniel Lemire, "Fast Random
 * Integer Generation in an Interval", 2019): any number of slots will do, and an index that grows is read and written
 * from its beginning to its end.
 */
final class Index {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SMALLEST = 1 << 10;
    /** Arrays of whole chunks leave nothing unused of the collector's regions. */
    private static final long CHUNK_SLOTS = (Chunks.CHUNK + Chunks.HEADER) / Long.BYTES;

    private static final int MOST = Integer.MAX_VALUE - 8;
    private static final int FULL_OF_FOUR = 3;
    private static final long ADDRESS = 0xffffffffL;
    private static final long TAKEN = 1L << 63;
    private static final int FRACTION = 31;
    /** Nobody who chooses keys can know which of them meet. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private final long[] slots;
    private int taken;

    private Index(long[] slots, int taken) {
        this.slots = slots;
        this.taken = taken;
    }

    static Index empty() {
        return sized(SMALLEST);
    }

    static Index sized(int slots) {
        return new Index(new long[slots], 0);
    }

    static long hash(byte[] key, int begin, int length) {
        long hash = SEED ^ length;
        int at = begin;
        int end = begin + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(key, at));
        }
        long tail = 0;
        for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
            tail |= (key[at] & 0xffL) << shift;
        }
        return mix(hash ^ tail);
    }

    /** The finalizer of MurmurHash3, by Austin Appleby, who gave it to the public. */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** Where the search for a key begins. */
    int first(long hash) {
        return (int) ((((hash & ~TAKEN) >>> Integer.SIZE) * slots.length) >>> FRACTION);
    }

    int after(int slot) {
        int next = slot + 1;
        return next == slots.length ? 0 : next;
    }

    /** What is in a slot: everything that was written before it was put there can be seen. */
    long at(int slot) {
        return (long) SLOTS.getAcquire(slots, slot);
    }

    static boolean mayBe(long content, long hash) {
        return ((content ^ hash) | TAKEN) >>> Integer.SIZE == TAKEN >>> Integer.SIZE;
    }

    static int address(long content) {
        return (int) content;
    }

    /** Puts an address into a slot that was free or had another address of the same key. */
    void put(int slot, long hash, int address) {
        if (slots[slot] == 0) {
            taken++;
        }
        SLOTS.setRelease(slots, slot, ((hash | TAKEN) & ~ADDRESS) | (address & ADDRESS));
    }

    boolean full() {
        return taken * 4L > slots.length * (long) FULL_OF_FOUR;
    }

    int size() {
        return slots.length;
    }

    /** The same, which nobody writes to. */
    Index copy() {
        return new Index(slots.clone(), taken);
    }

    /** The same with at least half as much room again. */
    Index grown() {
        Index more = sized(grown(slots.length));
        for (long content : slots) {
            if (content != 0) {
                more.add(content, address(content));
            }
        }
        return more;
    }

    static int grown(int slots) {
        if (slots == MOST) {
            throw new IllegalStateException("more than " + MOST / 4L * FULL_OF_FOUR + " keys in one topic");
        }
        long more = slots + slots / 2L;
        if (more > CHUNK_SLOTS / 2) {
            more = (more + CHUNK_SLOTS - 1) / CHUNK_SLOTS * CHUNK_SLOTS - Chunks.HEADER / Long.BYTES;
        }
        return (int) Math.min(more, MOST);
    }

    /** Puts in what another index had in a slot, with an address of this one. No reader sees this one yet. */
    void add(long content, int address) {
        int slot = first(content);
        while (slots[slot] != 0) {
            slot = after(slot);
        }
        put(slot, content, address);
    }
}
