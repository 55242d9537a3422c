package lvc.cache.store;

import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * For each partition the offset up to which, inclusive, everything is there. As text {@code 0:55,2:7}: partitions that
 * have nothing yet are left out.
 */
public final class Offsets {
    /** Nothing of any partition. */
    public static final Offsets NONE = new Offsets(new long[0]);

    private static final long NOTHING = -1;
    private static final int MOST_PARTITIONS = 100_000;

    private final long[] last;

    private Offsets(long[] last) {
        this.last = last;
    }

    /** By partition number; -1 for nothing. */
    public static Offsets of(long... last) {
        return new Offsets(last.clone());
    }

    /**
     * Reads what {@link #toString} wrote, in any order of partitions.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Offsets parse(String text) {
        long[] last = {};
        if (text.isEmpty()) {
            return NONE;
        }
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("'" + part + "' is not PARTITION:OFFSET");
            }
            try {
                int partition = Integer.parseInt(part.substring(0, colon));
                long offset = Long.parseLong(part.substring(colon + 1));
                if (partition < 0 || partition > MOST_PARTITIONS || offset < 0) {
                    throw new IllegalArgumentException("'" + part + "' is out of range");
                }
                last = put(last, partition, offset);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + part + "' is not PARTITION:OFFSET", e);
            }
        }
        return new Offsets(last);
    }

    /** The last offset that is there; -1 for none. */
    public long last(int partition) {
        return partition < last.length ? last[partition] : NOTHING;
    }

    /** One more than the highest partition that is known of. */
    public int partitions() {
        return last.length;
    }

    /** The same with another last offset of a partition. */
    public Offsets with(int partition, long offset) {
        return new Offsets(put(last, partition, offset));
    }

    private static long[] put(long[] last, int partition, long offset) {
        long[] copy = Arrays.copyOf(last, Math.max(last.length, partition + 1));
        Arrays.fill(copy, last.length, copy.length, NOTHING);
        copy[partition] = offset;
        return copy;
    }

    /** What either of both has. */
    public Offsets and(Offsets other) {
        Offsets both = this;
        for (int partition = 0; partition < other.last.length; partition++) {
            if (last(partition) < other.last[partition]) {
                both = both.with(partition, other.last[partition]);
            }
        }
        return both;
    }

    /** Whether all that the other has is here, partition by partition. */
    public boolean covers(Offsets other) {
        for (int partition = 0; partition < other.last.length; partition++) {
            if (last(partition) < other.last[partition]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Offsets offsets && covers(offsets) && offsets.covers(this));
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(",");
        for (int partition = 0; partition < last.length; partition++) {
            if (last[partition] != NOTHING) {
                text.add(partition + ":" + last[partition]);
            }
        }
        return text.toString();
    }
}
