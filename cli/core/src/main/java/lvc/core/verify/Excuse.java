package lvc.core.verify;

import java.util.Optional;
import lvc.core.fold.Latest;

/** Says of a key that differs whether it may: it is then counted as excused and not as different. */
@FunctionalInterface
public interface Excuse {

    /** Every key must be the same. */
    Excuse NONE = (partition, input, output) -> false;

    /**
     * Asked once for each key that differs to the end, by the thread that compares.
     *
     * @param input the key's newest record there, which may be a tombstone; absent when the key was never seen
     * @param output the same of the other topic
     */
    boolean excuses(int partition, Optional<Latest> input, Optional<Latest> output);
}
