package lvc.core.verify;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lvc.core.fold.Digest;
import lvc.core.fold.Digests;
import lvc.core.fold.Latest;
import lvc.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** The keys of one partition that are not known to be equal yet, and what was seen of them since. */
final class OpenKeys {
    private final Map<ByteBuffer, Key> keys = new HashMap<>();

    /** One of them. */
    static final class Key {
        final byte[] bytes;
        Optional<Latest> input;
        Optional<Latest> output;
        /** Whether the input took the output's value between the cut and the second look at its end. */
        private boolean passed;

        Key(byte[] bytes, Optional<Latest> input, Optional<Latest> output) {
            this.bytes = bytes;
            this.input = input;
            this.output = output;
        }
    }

    void open(byte[] key, Optional<Latest> input, Optional<Latest> output) {
        keys.put(ByteBuffer.wrap(key), new Key(key, input, output));
    }

    int size() {
        return keys.size();
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    Collection<Key> all() {
        return keys.values();
    }

    /** A record of the output before its cut. */
    void output(StoredRecord stored) {
        Key key = find(stored);
        if (key != null) {
            key.output = Optional.of(Latest.of(stored));
        }
    }

    /**
     * A record of the input. To be told after all of the output.
     *
     * @param cut offset from which on a value is one that the output may have, no longer one that it must have
     */
    void input(StoredRecord stored, long cut) {
        Key key = find(stored);
        if (key == null) {
            return;
        }
        Latest latest = Latest.of(stored);
        if (stored.offset() < cut) {
            key.input = Optional.of(latest);
        } else if (latest.value().equals(value(key.output))) {
            key.passed = true;
        }
    }

    /**
     * Closes the keys whose output has the value of the input at the cut, or one it took after.
     *
     * @return those that were closed
     */
    Collection<Key> close() {
        Collection<Key> closed = new ArrayList<>();
        for (Iterator<Key> each = keys.values().iterator(); each.hasNext(); ) {
            Key key = each.next();
            if (key.passed || value(key.input).equals(value(key.output))) {
                closed.add(key);
                each.remove();
            }
        }
        return closed;
    }

    /**
     * Forgets the keys that may differ.
     *
     * @return how many they were
     */
    int forget(Predicate<Key> excused) {
        int before = keys.size();
        keys.values().removeIf(excused);
        return before - keys.size();
    }

    private @Nullable Key find(StoredRecord stored) {
        byte[] key = stored.key();
        return key == null ? null : keys.get(ByteBuffer.wrap(key));
    }

    /** Deleted and never seen are the same. */
    static Optional<Digest> value(Optional<Latest> latest) {
        return latest.flatMap(Latest::value);
    }

    /** What a key adds to the digest of a fold. */
    static Digest contribution(byte[] key, Optional<Latest> latest) {
        return Digests.contribution(key, value(latest));
    }
}
