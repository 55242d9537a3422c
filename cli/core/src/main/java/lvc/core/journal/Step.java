package lvc.core.journal;

import java.util.List;
import java.util.Map;
import lvc.core.transform.StartFrom;

/** One thing that recreate does next. Every step may be repeated: it ends in the same world. */
public sealed interface Step {

    /** Keep writers away from the hot topic and wait until that holds everywhere and nothing moves any more. */
    record RaiseFence() implements Step {}

    /** Wait until the everyday transform has copied everything that lies before the fence. */
    record AwaitDrained(String transform) implements Step {}

    /** Append to the truth what writers wrote to the hot topic and the truth lacks. */
    record TopUpTruth() implements Step {}

    /** Fold both topics and compare. */
    record Compare() implements Step {}

    /**
     * Delete a transform and wait until no broker runs it any more.
     *
     * @param output the topic it writes, which must have come to a standstill
     */
    record RemoveTransform(String transform, String output) implements Step {}

    /**
     * Delete a topic: the one that was seen, never another of its name.
     *
     * @param topic all that is needed to create it again
     */
    record DeleteHot(TopicSeen topic) implements Step {}

    /** Create the hot topic as it was. */
    record CreateHot(TopicSeen topic) implements Step {}

    /** Delete what consumer groups remember of the deleted topic. */
    record ForgetOffsets(List<String> groups) implements Step {
        public ForgetOffsets {
            groups = List.copyOf(groups);
        }
    }

    /** Let producers in for a moment: a fenced topic cannot become the output of a new transform. */
    record OpenFence() implements Step {}

    /** Deploy reverse with a module that does nothing, so that its output is accepted before the fence is up again. */
    record DeployHolding(String transform) implements Step, Deploys {}

    /** Append to the truth what writers wrote to the hot topic while the fence was open. */
    record SaveStrays() implements Step {}

    /** Give reverse the module that copies, from the first record on. */
    record DeployReverse(String transform) implements Step {}

    /** Wait until a transform has copied the whole truth. */
    record AwaitRestored(String transform) implements Step {}

    /**
     * Append to the truth what came into the hot topic from elsewhere while it was restored.
     *
     * @param after offset by partition from which on only reverse should have written
     */
    record SaveIntruders(Map<Integer, Long> after) implements Step {
        public SaveIntruders {
            after = Map.copyOf(after);
        }
    }

    /** Deploy the everyday transform under a fresh name. */
    record DeployForward(String transform, StartFrom start) implements Step, Deploys {}

    /** Let writers write again. */
    record LowerFence() implements Step {}

    /** A step that uses a new name for a transform. One that was begun and not finished may have left that name behind. */
    sealed interface Deploys permits DeployHolding, DeployForward {
        /** The name. */
        String transform();
    }
}
