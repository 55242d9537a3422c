package lvc.core.fold;

/**
 * 128 bits that stand for some bytes, as {@link Hashing} makes them. Digests can be added up, so that a sum stands for a
 * set of things in whatever order they came.
 */
public record Digest(long high, long low) {
    /** The sum of nothing. */
    public static final Digest ZERO = new Digest(0, 0);

    /** The sum of two; each half wraps around by itself. */
    public Digest plus(Digest other) {
        return new Digest(high + other.high, low + other.low);
    }

    /** The sum without something that had been added. */
    public Digest minus(Digest other) {
        return new Digest(high - other.high, low - other.low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
