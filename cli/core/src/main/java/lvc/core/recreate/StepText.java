package lvc.core.recreate;

import java.util.Locale;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;

/** Steps in words. */
public final class StepText {

    private StepText() {}

    /** The name of a step, as in the journal: {@code delete-hot}. */
    public static String kind(Step step) {
        return words(step.getClass());
    }

    /** {@code HotDeleted} is {@code hot-deleted}. */
    static String words(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=.)(\\p{Upper})", "-$1").toLowerCase(Locale.ROOT);
    }

    /** {@code NOTHING_DONE} is {@code nothing-done}. */
    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a step is, as in "delete topic primary". */
    public static String of(Step step, RunPlan plan) {
        String hot = plan.hot().name();
        String truth = plan.truth().name();
        if (step instanceof Step.RaiseFence) {
            return plan.fenced() ? "keep writers away from " + hot : "see that nobody writes to " + hot;
        }
        if (step instanceof Step.AwaitDrained drain) {
            return "wait until " + drain.transform() + " has copied all of " + hot + " to " + truth;
        }
        if (step instanceof Step.TopUpTruth) {
            return "append to " + truth + " what it lacks of " + hot;
        }
        if (step instanceof Step.Compare) {
            return "compare " + plan.asCache().input().name() + " and "
                    + plan.asCache().output().name();
        }
        if (step instanceof Step.RemoveTransform remove) {
            return "delete transform " + remove.transform();
        }
        if (step instanceof Step.DeleteHot) {
            return "delete topic " + hot;
        }
        if (step instanceof Step.CreateHot) {
            return "create topic " + hot;
        }
        if (step instanceof Step.ForgetOffsets forget) {
            return "delete the offsets of " + String.join(", ", forget.groups()) + " on " + hot;
        }
        if (step instanceof Step.OpenFence) {
            return "open the fence of " + hot + " for the deploy of reverse";
        }
        if (step instanceof Step.DeployHolding holding) {
            return "deploy " + holding.transform() + ", holding, from " + truth + " to " + hot;
        }
        if (step instanceof Step.SaveStrays) {
            return "append to " + truth + " what writers wrote to the new " + hot;
        }
        if (step instanceof Step.DeployReverse reverse) {
            return "let " + reverse.transform() + " copy " + truth + " to " + hot;
        }
        if (step instanceof Step.AwaitRestored restored) {
            return "wait until " + restored.transform() + " has copied all of " + truth + " to " + hot;
        }
        if (step instanceof Step.SaveIntruders) {
            return "append to " + truth + " what came into " + hot + " from elsewhere";
        }
        if (step instanceof Step.DeployForward forward) {
            return "deploy " + forward.transform() + " from "
                    + plan.asCache().input().name() + " to "
                    + plan.asCache().output().name() + ", starting at " + forward.start();
        }
        return "let writers write to " + hot + " again";
    }

    /** How many records an outcome is about. */
    static long records(Outcome outcome) {
        if (outcome instanceof Outcome.Drained drained) {
            return drained.records();
        }
        if (outcome instanceof Outcome.TruthToppedUp topped) {
            return topped.records();
        }
        if (outcome instanceof Outcome.Compared compared) {
            return compared.records();
        }
        if (outcome instanceof Outcome.StraysSaved saved) {
            return saved.records();
        }
        if (outcome instanceof Outcome.IntrudersSaved saved) {
            return saved.records();
        }
        return outcome instanceof Outcome.Restored restored ? restored.records() : 0;
    }
}
