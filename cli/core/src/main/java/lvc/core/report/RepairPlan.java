package lvc.core.report;

import java.util.List;
import java.util.Optional;
import lvc.core.report.Verification.Difference;

/**
 * What a secondary lacks of its primary.
 *
 * @param forward the everyday transform, where it runs
 * @param values keys that have a value in the primary and another one, or none, in the secondary
 * @param tombstones keys that have a value in the secondary and none in the primary
 * @param some of these keys
 * @param cut what was compared with what, in a sentence
 */
public record RepairPlan(
        String cache,
        String primary,
        String secondary,
        Optional<String> forward,
        long values,
        long tombstones,
        List<Difference> some,
        String cut) {
    public RepairPlan {
        some = List.copyOf(some);
    }

    /** Whether anything is to be written. */
    public boolean changes() {
        return values + tombstones > 0;
    }
}
