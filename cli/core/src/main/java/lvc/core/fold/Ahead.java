package lvc.core.fold;

import java.util.Arrays;
import lvc.core.record.StoredRecord;

/**
 * Some records that wait to be put into a fold together. Of a value only the digest waits, so that large values are not
 * held.
 */
final class Ahead {
    /** In the flags of a record: its value is not null. */
    static final int LIVE = 1;
    /** In the flags of a record: the broker set its timestamp. */
    static final int LOG_APPEND_TIME = 2;

    private static final int MOST = 64;

    private final Hashing hashing = new Hashing();
    private final byte[][] keys = new byte[MOST][];
    private final int[] hashes = new int[MOST];
    private final long[] offsets = new long[MOST];
    private final long[] timestamps = new long[MOST];
    private final long[] highs = new long[MOST];
    private final long[] lows = new long[MOST];
    private final int[] flags = new int[MOST];
    private int size;

    /** One more, while it is not full. */
    void add(byte[] key, StoredRecord stored) {
        keys[size] = key;
        hashes[size] = Arena.hash(key, 0, key.length);
        offsets[size] = stored.offset();
        timestamps[size] = stored.timestamp();
        byte[] value = stored.value();
        if (value != null) {
            hashing.hash(value);
            highs[size] = hashing.high();
            lows[size] = hashing.low();
        }
        flags[size] = (value == null ? 0 : LIVE) | (stored.logAppendTime() ? LOG_APPEND_TIME : 0);
        size++;
    }

    boolean isFull() {
        return size == MOST;
    }

    void clear() {
        Arrays.fill(keys, 0, size, null);
        size = 0;
    }

    int size() {
        return size;
    }

    byte[] key(int i) {
        return keys[i];
    }

    int hash(int i) {
        return hashes[i];
    }

    long offset(int i) {
        return offsets[i];
    }

    long timestamp(int i) {
        return timestamps[i];
    }

    /** Upper half of the digest of the value; anything where there is none. */
    long high(int i) {
        return highs[i];
    }

    long low(int i) {
        return lows[i];
    }

    int flags(int i) {
        return flags[i];
    }
}
