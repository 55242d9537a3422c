package lvc.core.report;

import java.time.Duration;
import java.util.List;
import lvc.core.journal.Entry.Ending;
import lvc.core.topic.Approach;

/**
 * How a run of recreate ended.
 *
 * @param steps what this process did of it, in order
 * @param keys live keys that were compared at the end; 0 where nothing was
 * @param digest 128 bits in hexadecimal for all live keys and values of the hot topic; the truth has the same
 */
public record Recreation(
        String run, String cache, Approach approach, Ending ending, List<StepRow> steps, long keys, String digest) {
    public Recreation {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param step its kind, as in the journal
     * @param records how many it read, copied or wrote; 0 where it has none
     */
    public record StepRow(String step, Duration took, long records) {}
}
