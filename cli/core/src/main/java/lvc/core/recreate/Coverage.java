package lvc.core.recreate;

import java.util.Map;
import java.util.Optional;
import lvc.core.fold.Latest;
import lvc.core.verify.Excuse;

/**
 * Approach A: what may differ between source and destination so that the source can still give back all that the
 * destination holds. The source may have something later of a key, which forward has not copied yet; it may not have
 * something earlier, or nothing.
 *
 * @param committed offset that forward has processed last, by partition of the source; without it the timestamps decide,
 *     and a record copied before a later one was written is older than that
 * @param covered once forward is gone and what it had committed with it: offset by partition of the source from which on
 *     a record is later than all that was proven
 */
record Coverage(Map<Integer, Long> committed, Map<Integer, Long> covered) implements Excuse {
    /** The Admin API prints committed offsets with 32 bits; from here on they tell nothing. */
    private static final long WRAPS = 1L << 31;

    Coverage {
        committed = Map.copyOf(committed);
        covered = Map.copyOf(covered);
    }

    @Override
    public boolean excuses(int partition, Optional<Latest> source, Optional<Latest> destination) {
        if (destination.flatMap(Latest::value).isEmpty()) {
            return true;
        }
        if (source.isEmpty()) {
            return false;
        }
        Long processed = committed.get(partition);
        if (processed != null && source.get().offset() < WRAPS) {
            return source.get().offset() > processed;
        }
        Long proven = covered.get(partition);
        if (proven != null && source.get().offset() >= proven) {
            return true;
        }
        return source.get().timestamp() >= destination.get().timestamp();
    }
}
