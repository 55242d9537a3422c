package lvc.core.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lvc.core.journal.Entry.Ending;
import lvc.core.topic.Approach;

/**
 * A run of recreate as the journal tells it.
 *
 * @param hot the topic it rebuilds
 * @param took from its first line to its last; absent while it is unfinished
 * @param steps how many steps were done
 * @param ended absent while it is unfinished
 * @param why what made it end, where that was not its own end
 * @param standing where it stands while it is unfinished, as in "step 4 of 9, delete topic primary"; else empty
 * @param lastSign when its last line was written, heartbeats included
 * @param fences whether it keeps writers away as long as it must
 * @param fenceSince since when it keeps writers away; absent when it does not
 */
public record RunRow(
        String run,
        String cache,
        Approach approach,
        String hot,
        Instant began,
        Optional<Duration> took,
        int steps,
        Optional<Ending> ended,
        String why,
        String standing,
        Instant lastSign,
        boolean fences,
        Optional<Instant> fenceSince) {

    /** Whether it has not ended. */
    public boolean unfinished() {
        return ended.isEmpty();
    }
}
