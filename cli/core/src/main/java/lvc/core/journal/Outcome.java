package lvc.core.journal;

import java.util.Map;
import lvc.core.topic.Ends;

/** What has become true because of a step. */
public sealed interface Outcome {

    /** Nobody but transforms can write to the hot topic, and nothing moves in it. */
    record FenceHolds() implements Outcome {}

    /** The everyday transform has copied all of the hot topic. */
    record Drained(long records) implements Outcome {}

    /** The truth was given what it lacked. */
    record TruthToppedUp(long records) implements Outcome {}

    /**
     * Both topics were folded and hold the same values, or what the plan allows.
     *
     * @param keys live keys compared
     * @param records read of both topics
     * @param digest of the live keys and values of the hot topic
     * @param excused keys that may differ
     * @param hotEnds offset by partition up to which the hot topic was read
     * @param truthEnds the same of the truth
     * @param truthStarts where the truth began, by partition; empty in journals of before it was written down
     * @param newest timestamp of the newest record of the hot topic in milliseconds since 1970; -1 when it is empty
     */
    record Compared(
            long keys,
            long records,
            String digest,
            long excused,
            Map<Integer, Long> hotEnds,
            Map<Integer, Long> truthEnds,
            Map<Integer, Long> truthStarts,
            long newest)
            implements Outcome {
        public Compared {
            hotEnds = Map.copyOf(hotEnds);
            truthEnds = Map.copyOf(truthEnds);
            truthStarts = Map.copyOf(truthStarts);
        }
    }

    /** There is no hot topic that could be compared, and that is as planned. */
    record NothingToCompare() implements Outcome {}

    /** No broker runs this transform any more. */
    record TransformGone(String transform) implements Outcome {}

    record HotDeleted(String id) implements Outcome {}

    record HotCreated(String id) implements Outcome {}

    record OffsetsForgotten() implements Outcome {}

    record FenceOpened() implements Outcome {}

    record HoldingDeployed(String transform) implements Outcome {}

    /**
     * What writers wrote while the fence was open lies in the truth as well.
     *
     * @param hotEnds offset by partition up to which the hot topic was read: what comes after was written by reverse
     * @param truthEnds ends of the truth after that: all that reverse has to copy
     * @param newest timestamp of the newest record of the hot topic in milliseconds since 1970; -1 when it is empty
     */
    record StraysSaved(long records, Map<Integer, Long> hotEnds, Map<Integer, Ends> truthEnds, long newest)
            implements Outcome {
        public StraysSaved {
            hotEnds = Map.copyOf(hotEnds);
            truthEnds = Map.copyOf(truthEnds);
        }
    }

    record ReverseDeployed(String transform) implements Outcome {}

    /** The whole truth was copied into the hot topic. */
    record Restored(long records) implements Outcome {}

    /** Records that reverse cannot have written lie in the new hot topic. */
    record IntrudersFound(long records) implements Outcome {}

    /**
     * They lie in the truth as well; the hot topic has to be made once more.
     *
     * @param hotEnds offset of the hot topic by partition up to which was looked
     */
    record IntrudersSaved(long records, Map<Integer, Long> hotEnds) implements Outcome {
        public IntrudersSaved {
            hotEnds = Map.copyOf(hotEnds);
        }
    }

    record ForwardDeployed(String transform) implements Outcome {}

    record FenceLowered() implements Outcome {}
}
