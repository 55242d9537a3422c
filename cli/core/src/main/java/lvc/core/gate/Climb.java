package lvc.core.gate;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a committed offset of one partition moves from look to look. Only the lower 32 bits count, because that is what
 * the Admin API prints.
 *
 * @param last the lower 32 bits, as last seen
 * @param grew whether it has grown since it was first seen, or since it last fell back
 */
record Climb(int last, boolean grew) {

    /**
     * Goes on from what was seen before; a partition without one clear offset begins anew.
     *
     * @param committed the different offsets that are given for each partition
     */
    static Map<Integer, Climb> after(Map<Integer, Climb> before, Map<Integer, Set<Long>> committed) {
        Map<Integer, Climb> after = new HashMap<>();
        committed.forEach((partition, offsets) -> {
            if (offsets.size() == 1) {
                int now = offsets.iterator().next().intValue();
                Climb old = before.get(partition);
                after.put(partition, old == null ? new Climb(now, false) : old.to(now));
            }
        });
        return after;
    }

    /** A step of up to 2^31 forward is growth; a longer one is taken for a step back. */
    private Climb to(int now) {
        int step = now - last;
        return step == 0 ? this : new Climb(now, step > 0);
    }
}
