package lvc.core.gate;

import java.util.Map;
import java.util.Set;
import lvc.core.topic.Ends;

/**
 * How far a transform is, for people; the gate decides by partition.
 *
 * @param done offsets that it has committed, of those it has to
 * @param total offsets up to the target; compaction leaves holes, so these are not quite records
 */
public record Copied(long done, long total) {

    /** What one sample shows. */
    public static Copied of(Target target, LagSample sample) {
        Map<Integer, Set<Long>> committed = sample.committedOffsets(target.transform());
        long done = 0;
        long total = 0;
        for (Map.Entry<Integer, Ends> each : target.ordered().entrySet()) {
            Ends end = each.getValue();
            long span = end.lastStable() - end.earliest();
            long processed = committed.getOrDefault(each.getKey(), Set.of()).stream()
                    .mapToLong(offset -> offset + 1 - end.earliest())
                    .min()
                    .orElse(0);
            total += span;
            done += Math.max(0, Math.min(processed, span));
        }
        return new Copied(done, total);
    }
}
