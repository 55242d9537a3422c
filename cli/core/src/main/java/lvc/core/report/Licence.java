package lvc.core.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The licence of a Redpanda cluster. A new cluster gives itself a trial of 30 days.
 *
 * @param loaded whether there is one at all
 * @param type as the cluster says: free_trial or enterprise; empty when there is none
 * @param organisation it was given to; empty when there is none
 * @param expires when it ends; absent when there is none or the cluster does not say
 * @param violation whether a feature is used that it does not allow, in the cluster's own judgement
 * @param used features that need a licence and are in use
 */
public record Licence(
        boolean loaded,
        String type,
        String organisation,
        Optional<Instant> expires,
        boolean violation,
        List<String> used) {
    private static final int DATE = "2026-01-01".length();

    public Licence {
        used = List.copyOf(used);
    }

    /** Whether it is the trial that every new cluster has. */
    public boolean trial() {
        return type.contains("trial");
    }

    /** How long it still holds, in words; empty when that is unknown. */
    public String standing(Instant now) {
        return daysLeft(now)
                .map(days -> days < 0
                        ? "ended " + expires.orElse(now).toString().substring(0, DATE)
                        : days + (days == 1 ? " day left" : " days left"))
                .orElse("");
    }

    /** Whole days until it ends, negative when it has ended; absent when that is unknown. */
    public Optional<Long> daysLeft(Instant now) {
        return expires.map(end -> Math.floorDiv(
                Duration.between(now, end).toSeconds(), Duration.ofDays(1).toSeconds()));
    }
}
