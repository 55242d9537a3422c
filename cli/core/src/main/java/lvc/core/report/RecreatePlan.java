package lvc.core.report;

import java.time.Duration;
import java.util.List;
import lvc.core.journal.RunPlan;

/**
 * What recreate saw and means to do, for people.
 *
 * @param run what the journal will get
 * @param truthRecords offsets between the ends of the truth; compaction leaves holes, so there are at most as many records
 * @param hotRecords the same of the hot topic
 * @param keys live keys of the hot topic; -1 where there is none
 * @param groups consumer groups of the hot topic
 * @param steps in words, in order
 * @param waits what is waited for whatever the size, by name
 * @param warnings what may be wrong and does not stop it
 */
public record RecreatePlan(
        RunPlan run,
        long truthRecords,
        long hotRecords,
        long keys,
        List<GroupRow> groups,
        List<String> steps,
        List<Wait> waits,
        List<String> warnings) {
    public RecreatePlan {
        groups = List.copyOf(groups);
        steps = List.copyOf(steps);
        waits = List.copyOf(waits);
        warnings = List.copyOf(warnings);
    }

    /**
     * A consumer group of the hot topic.
     *
     * @param members clients that read it at this moment
     * @param offsets partitions of which it remembers an offset
     */
    public record GroupRow(String name, int members, int offsets) {}

    /** Something that is waited for. */
    public record Wait(String what, Duration least) {}

    /** The same with another plan for the journal. */
    public RecreatePlan with(RunPlan other) {
        return new RecreatePlan(other, truthRecords, hotRecords, keys, groups, steps, waits, warnings);
    }

    /** The least time the run takes: all waits, without any copying. */
    public Duration least() {
        return waits.stream().map(Wait::least).reduce(Duration.ZERO, Duration::plus);
    }

    /** Records of the truth for each live key; 0 where that cannot be said. */
    public double amplification() {
        return keys > 0 ? (double) truthRecords / keys : 0;
    }
}
