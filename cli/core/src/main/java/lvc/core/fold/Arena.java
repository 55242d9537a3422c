package lvc.core.fold;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Memory for many small blocks without an object for each. An address counts units of 8 bytes, so an int reaches
 * 32 GiB. Blocks are never freed one by one; whoever uses the arena copies what is alive into a new one.
 */
final class Arena {
    private static final int UNIT = 8;
    private static final int CHUNK_BITS = 22;
    private static final int CHUNK = 1 << CHUNK_BITS;
    /** A little less than a power of two: with its header, an array of exactly 4 MiB wastes a whole G1 region. */
    private static final int CHUNK_LENGTH = CHUNK - 64;

    private static final int MOST_CHUNKS = (1 << (32 + 3 - CHUNK_BITS)) - 1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** In place of an address: there is no such block. */
    static final int NONE = -1;

    private byte[][] chunks = new byte[16][];
    /** How much of each chunk was handed out. */
    private int[] filled = new int[16];

    private int chunkCount;
    private int position = CHUNK;
    private long used;

    /** The bytes a block of this length takes up. */
    static int rounded(int length) {
        return (length + UNIT - 1) & -UNIT;
    }

    /** A new block; gives its address, which is never negative when seen as unsigned. */
    int allocate(int length) {
        int size = rounded(length);
        if (position + size > CHUNK_LENGTH) {
            if (chunkCount == MOST_CHUNKS) {
                throw new OutOfMemoryError("more than 32 GiB of latest values");
            }
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunks.length * 2);
                filled = Arrays.copyOf(filled, chunks.length);
            }
            chunks[chunkCount++] = new byte[Math.max(CHUNK_LENGTH, size)];
            position = 0;
        }
        long address = ((long) (chunkCount - 1) << CHUNK_BITS) + position;
        position += size;
        filled[chunkCount - 1] = position;
        used += size;
        return (int) (address / UNIT);
    }

    /** The block that was handed out first. */
    int first() {
        return chunkCount == 0 ? NONE : 0;
    }

    /** The block that was handed out after one of this length; in this order memory is read fastest. */
    int next(int address, int length) {
        int chunk = (int) (bytes(address) >>> CHUNK_BITS);
        int size = rounded(length);
        if (index(address) + size < filled[chunk]) {
            return address + size / UNIT;
        }
        return chunk + 1 == chunkCount ? NONE : (chunk + 1) * (CHUNK / UNIT);
    }

    /** Bytes handed out so far. */
    long used() {
        return used;
    }

    /** The array a block lies in. */
    byte[] chunk(int address) {
        return chunks[(int) (bytes(address) >>> CHUNK_BITS)];
    }

    /** Where in its array a block begins. */
    static int index(int address) {
        return (int) (bytes(address) & (CHUNK - 1));
    }

    private static long bytes(int address) {
        return (address & 0xffffffffL) * UNIT;
    }

    static long readLong(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static void writeLong(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }

    static int readInt(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    static void writeInt(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }

    /** A well mixed hash of some bytes. */
    static int hash(byte[] bytes, int from, int to) {
        long hash = 0x9E3779B97F4A7C15L ^ (to - from);
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = (hash ^ readLong(bytes, at)) * 0xff51afd7ed558ccdL;
            hash ^= hash >>> 32;
        }
        long rest = 0;
        for (int shift = 0; at < to; at++, shift += 8) {
            rest |= (bytes[at] & 0xffL) << shift;
        }
        hash = (hash ^ rest) * 0xc4ceb9fe1a85ec53L;
        return (int) (hash ^ hash >>> 29 ^ hash >>> 47);
    }
}
