package lvc.core.fold;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Makes {@link Digest}s: MurmurHash3 of 128 bits for 64-bit machines (x64), with seed 0. Values that differ by accident
 * get the same digest with a probability of 2<sup>-128</sup>; somebody who wants to can make such values, which SHA-256
 * would not let them, at several times the cost. For one thread.
 */
final class Hashing {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 16;
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private long high;
    private long low;

    /** Computes the digest of some bytes; {@link #high} and {@link #low} then hold it. */
    void hash(byte[] value) {
        high = 0;
        low = 0;
        rest(value, 0);
    }

    /** The digest of a key together with the digest of its value: what one key adds to the sum of a fold. */
    Digest entry(byte[] key, Digest value) {
        high = 0;
        low = 0;
        block(value.high(), value.low());
        rest(key, BLOCK);
        return new Digest(high(), low());
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /**
     * Takes in all of some bytes and ends.
     *
     * @param before how many bytes were taken in before, a multiple of 16
     */
    private void rest(byte[] bytes, int before) {
        int at = 0;
        for (; at + BLOCK <= bytes.length; at += BLOCK) {
            block((long) LONGS.get(bytes, at), (long) LONGS.get(bytes, at + 8));
        }
        high ^= mixed(part(bytes, at), C1, 31, C2);
        low ^= mixed(part(bytes, at + 8), C2, 33, C1);
        long length = (long) before + bytes.length;
        high ^= length;
        low ^= length;
        high += low;
        low += high;
        high = finished(high);
        low = finished(low);
        high += low;
        low += high;
    }

    private void block(long one, long other) {
        high ^= mixed(one, C1, 31, C2);
        high = (Long.rotateLeft(high, 27) + low) * 5 + 0x52dce729;
        low ^= mixed(other, C2, 33, C1);
        low = (Long.rotateLeft(low, 31) + high) * 5 + 0x38495ab5;
    }

    private static long mixed(long word, long first, int turn, long second) {
        return Long.rotateLeft(word * first, turn) * second;
    }

    /** At most eight bytes as a little-endian number, less where the array ends. */
    private static long part(byte[] bytes, int from) {
        if (from + 8 <= bytes.length) {
            return (long) LONGS.get(bytes, from);
        }
        long part = 0;
        for (int at = bytes.length - 1; at >= from; at--) {
            part = part << 8 | (bytes[at] & 0xff);
        }
        return part;
    }

    private static long finished(long word) {
        long mix = (word ^ word >>> 33) * 0xff51afd7ed558ccdL;
        mix = (mix ^ mix >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mix ^ mix >>> 33;
    }
}
