package lvc.cache.store;

/**
 * Where all entries of an index lie, as a bit for each place where one can begin: a sixty-fourth of what they take. Going
 * from one to the next goes through memory from its beginning to its end.
 */
final class EveryPlace implements Places {
    private final long[][] bits;

    private EveryPlace(long[][] bits) {
        this.bits = bits;
    }

    /** Of an index that nobody writes to meanwhile. */
    static EveryPlace of(Index index, byte[][] chunks) {
        long[][] bits = new long[chunks.length][];
        for (int slot = 0; slot < index.size(); slot++) {
            long content = index.at(slot);
            if (content != 0) {
                int address = Index.address(content);
                int chunk = Chunks.index(address);
                long[] words = bits[chunk];
                if (words == null) {
                    words = new long[Chunks.UNITS / Long.SIZE];
                    bits[chunk] = words;
                }
                int unit = Chunks.unit(address);
                words[unit / Long.SIZE] |= 1L << unit;
            }
        }
        return new EveryPlace(bits);
    }

    @Override
    public int first() {
        return next(0, 0);
    }

    @Override
    public int after(int address) {
        return next(Chunks.index(address), Chunks.unit(address) + 1);
    }

    private int next(int chunk, int unit) {
        int from = unit;
        for (int i = chunk; i < bits.length; i++) {
            long[] words = bits[i];
            if (words != null) {
                int found = next(words, from);
                if (found >= 0) {
                    return Chunks.address(i, found);
                }
            }
            from = 0;
        }
        return END;
    }

    private static int next(long[] words, int unit) {
        int at = unit / Long.SIZE;
        if (at == words.length) {
            return END;
        }
        long word = words[at] & (-1L << unit);
        while (word == 0) {
            if (++at == words.length) {
                return END;
            }
            word = words[at];
        }
        return at * Long.SIZE + Long.numberOfTrailingZeros(word);
    }
}
