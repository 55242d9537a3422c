package lvc.cache.topic;

import java.time.Duration;
import java.util.Map;
import lvc.cache.store.Offsets;

/** When a topic that was created anew may take the place of the one before: a rule, and nothing but. */
final class Takeover {
    private Takeover() {}

    /**
     * Decides.
     *
     * @param caughtUp whether all that was in the topic when this was asked is in its image
     * @param still for how long nothing has come
     * @param quiet for how long nothing must come where no run of recreate tells that the topic is complete
     * @return why not yet; empty when it may
     */
    static String decide(Run run, Offsets reached, boolean caughtUp, Duration still, Duration quiet) {
        if (run instanceof Run.Unfinished unfinished) {
            return "run " + unfinished.run() + " of recreate is not over";
        }
        if (run instanceof Run.Left left) {
            return incomplete(left);
        }
        if (run instanceof Run.Proven proven) {
            return reaches(reached, proven.ends())
                    ? ""
                    : "the new topic is read up to " + reached + ", and run " + proven.run() + " proved "
                            + proven.ends();
        }
        if (reached.equals(Offsets.NONE) && !quiet.isZero()) {
            return "no run of recreate has made the new topic, and it is empty";
        }
        if (!caughtUp) {
            return "the new topic has more than is read of it";
        }
        return still.compareTo(quiet) >= 0
                ? ""
                : "no run of recreate tells when the new topic is complete: it must be quiet for " + quiet.toSeconds()
                        + " s";
    }

    /**
     * Decides whether a topic that is read for the first time, to which there is nothing better, may be shown.
     *
     * @return why not yet; empty when it may
     */
    static String first(Run run, Offsets reached) {
        if (run instanceof Run.Unfinished unfinished && !unfinished.untouched()) {
            return "run " + unfinished.run() + " of recreate is making it anew";
        }
        if (run instanceof Run.Left left) {
            return incomplete(left);
        }
        return run instanceof Run.Proven proven && !reaches(reached, proven.ends())
                ? "it is read up to " + reached + ", and run " + proven.run() + " proved " + proven.ends()
                : "";
    }

    private static String incomplete(Run.Left left) {
        return "run " + left.run()
                + " of recreate was left before the topic had all values; lvc recreate makes it whole";
    }

    private static boolean reaches(Offsets reached, Map<Integer, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> reached.last(end.getKey()) >= end.getValue() - 1);
    }
}
