package lvc.core.recreate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lvc.core.journal.RunPlan;
import lvc.core.report.RecreatePlan.Wait;
import lvc.core.topic.Approach;

/** What an undisturbed run does, in words, and how long it takes at least. */
final class PlannedSteps {
    private PlannedSteps() {}

    static List<String> of(RunPlan plan) {
        String truth = plan.truth().name();
        String hot = plan.hot().name();
        List<String> steps = new ArrayList<>();
        if (plan.approach() == Approach.A) {
            if (plan.hotExists()) {
                steps.add("prove that " + truth + " has everything that " + hot + " has");
            }
            plan.forward().ifPresent(forward -> steps.add("delete transform " + forward.name()));
            rebuild(plan, steps);
            steps.add("deploy forward from " + truth + " to " + hot + ", from the first record on");
            steps.add("wait until all of " + truth + " is copied");
            steps.add("prove that both hold the same values");
            return steps;
        }
        steps.add(plan.fenced() ? "keep writers away from " + hot : "see that nobody writes to " + hot);
        if (plan.hotExists()) {
            steps.add("wait until all of " + hot + " is copied to " + truth);
            steps.add("prove that both hold the same values");
        }
        plan.forward().ifPresent(forward -> steps.add("delete transform " + forward.name()));
        rebuild(plan, steps);
        steps.add("deploy reverse from " + truth + " to " + hot + ", holding, with the fence open for that moment");
        steps.add("append to " + truth + " what writers wrote in that moment");
        steps.add("let reverse copy, wait until all of " + truth + " is in " + hot + ", delete reverse");
        steps.add("prove that both hold the same values and that nothing came from elsewhere");
        steps.add("deploy forward again, from the newest record on");
        if (plan.fenced()) {
            steps.add("let writers write again");
        }
        return steps;
    }

    private static void rebuild(RunPlan plan, List<String> steps) {
        if (plan.hotExists()) {
            steps.add("delete topic " + plan.hot().name());
        }
        steps.add("create topic " + plan.hot().name() + " as it was");
        if (!plan.groups().isEmpty()) {
            steps.add("delete the offsets of " + String.join(", ", plan.groups()) + " on "
                    + plan.hot().name());
        }
    }

    /** What is waited for however little there is to copy. */
    static List<Wait> waits(RunPlan plan) {
        List<Wait> waits = new ArrayList<>();
        Duration commit = plan.commitInterval();
        if (plan.approach() == Approach.B) {
            waits.add(new Wait("fence: nothing moves", plan.settle()));
        }
        if (plan.forward().isPresent()) {
            waits.add(new Wait("forward gone: its output stands still", commit));
        }
        if (plan.approach() == Approach.B) {
            waits.add(new Wait("fence again: nothing moves", plan.settle()));
            waits.add(new Wait("reverse: start, then first commit", commit.multipliedBy(2)));
            waits.add(new Wait("reverse gone: its output stands still", commit));
            waits.add(new Wait("forward: start, then first commit", commit.multipliedBy(2)));
        } else {
            waits.add(new Wait("forward: start, then first commit", commit.multipliedBy(2)));
        }
        return waits;
    }
}
