package lvc.core.recreate;

import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;

/** Outcomes in words. */
final class OutcomeText {

    private OutcomeText() {}

    /** What has become true, as in "topic primary is gone (id 4-vY)". */
    static String of(Outcome outcome, RunPlan plan) {
        String hot = plan.hot().name();
        String truth = plan.truth().name();
        if (outcome instanceof Outcome.FenceHolds) {
            return "nobody writes to " + hot + " and nothing moves in it";
        }
        if (outcome instanceof Outcome.Drained drained) {
            return "all of " + hot + " is in " + truth + ": " + count(drained.records(), "offset");
        }
        if (outcome instanceof Outcome.TruthToppedUp topped) {
            return count(topped.records(), "record") + " appended to " + truth;
        }
        if (outcome instanceof Outcome.Compared compared) {
            return count(compared.keys(), "live key") + " compared, " + compared.excused() + " may differ, digest "
                    + compared.digest();
        }
        if (outcome instanceof Outcome.NothingToCompare) {
            return "there was no " + hot + " to compare";
        }
        if (outcome instanceof Outcome.TransformGone gone) {
            return gone.transform().isEmpty()
                    ? "there was no transform to delete"
                    : "no broker runs " + gone.transform() + " any more";
        }
        if (outcome instanceof Outcome.HotDeleted deleted) {
            return "topic " + hot + " is gone (id " + deleted.id() + ")";
        }
        if (outcome instanceof Outcome.HotCreated created) {
            return "topic " + hot + " is there again (id " + created.id() + ")";
        }
        if (outcome instanceof Outcome.OffsetsForgotten) {
            return "no group remembers an offset of the old " + hot;
        }
        return later(outcome, hot, truth);
    }

    private static String later(Outcome outcome, String hot, String truth) {
        if (outcome instanceof Outcome.FenceOpened) {
            return "producers may write to " + hot + " for a moment";
        }
        if (outcome instanceof Outcome.HoldingDeployed deployed) {
            return deployed.transform() + " is listed, and holds";
        }
        if (outcome instanceof Outcome.StraysSaved saved) {
            return count(saved.records(), "record") + " of writers appended to " + truth;
        }
        if (outcome instanceof Outcome.ReverseDeployed deployed) {
            return deployed.transform() + " runs on every partition";
        }
        if (outcome instanceof Outcome.Restored restored) {
            return "all of " + truth + " is in " + hot + ": " + count(restored.records(), "offset");
        }
        if (outcome instanceof Outcome.IntrudersFound found) {
            return count(found.records(), "record") + " in " + hot + " came from elsewhere";
        }
        if (outcome instanceof Outcome.IntrudersSaved saved) {
            return count(saved.records(), "record") + " from elsewhere appended to " + truth;
        }
        if (outcome instanceof Outcome.ForwardDeployed deployed) {
            return deployed.transform().isEmpty()
                    ? "there was no forward transform to put back"
                    : deployed.transform() + " runs on every partition";
        }
        return "writers may write to " + hot;
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
