package lvc.core.recreate;

import java.util.Optional;
import lvc.core.journal.ForwardSeen;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.recreate.Decision.Act;
import lvc.core.recreate.Decision.Stop;
import lvc.core.topic.TopicState;
import lvc.core.transform.TransformState;

/** From where a run stands and what is seen of the cluster to what is done next. Knows no port and remembers nothing. */
final class Deciding {

    private Deciding() {}

    /** What to do next. What holds for every state is looked at first. */
    static Decision decide(Position position, Observation seen) {
        if (position.state() instanceof Rebuilding.Finished || position.state() instanceof Leaving.Left) {
            return new Decision.Finish();
        }
        return truth(position.plan(), seen)
                .or(() -> hot(position, seen))
                .or(() -> transforms(position, seen))
                .or(() -> fence(position, seen))
                .orElseGet(() -> position.state().decide(position, seen));
    }

    private static Optional<Decision> truth(RunPlan plan, Observation seen) {
        if (seen.truth().isEmpty()) {
            return Optional.of(new Stop(Faults.truthMissing(plan)));
        }
        TopicState truth = seen.truth().get();
        boolean same = truth.id().equals(plan.truth().id())
                && truth.partitions() == plan.truth().partitions();
        return same ? Optional.empty() : Optional.of(new Stop(Faults.truthReplaced(plan, truth)));
    }

    /** Where a state was proven for one hot topic, it must be this one. */
    private static Optional<Decision> hot(Position position, Observation seen) {
        Optional<String> expected = position.state().hotId(position.plan());
        Optional<String> found = seen.hot().map(TopicState::id);
        if (expected.isEmpty() || expected.equals(found)) {
            return Optional.empty();
        }
        return Optional.of(new Stop(
                Faults.hotReplaced(position.plan(), expected.get(), found.orElse("none: there is no such topic"))));
    }

    private static Optional<Decision> transforms(Position position, Observation seen) {
        if (position.state() instanceof Leaving) {
            // To put everything back harms nobody, and writers wait for it.
            return Optional.empty();
        }
        RunPlan plan = position.plan();
        String truth = plan.truth().name();
        String hot = plan.hot().name();
        return seen.transforms().stream()
                .filter(t -> t.uses(hot) || t.outputs().contains(truth))
                .map(TransformState::name)
                .filter(name -> !belongs(plan, name))
                .findFirst()
                .map(name -> new Stop(Faults.otherTransform(plan, name)));
    }

    private static boolean belongs(RunPlan plan, String transform) {
        return transform.startsWith(plan.transform() + "-" + plan.run() + "-")
                || plan.forward()
                        .map(ForwardSeen::name)
                        .filter(transform::equals)
                        .isPresent();
    }

    /**
     * A process that has just taken over raises a fence that fell while nobody watched; one that raised it and sees it
     * gone stops. What writers wrote meanwhile is found by comparing.
     */
    private static Optional<Decision> fence(Position position, Observation seen) {
        RunPlan plan = position.plan();
        boolean fell = plan.fenced()
                && position.state().needsFence()
                && !seen.fence().contains(plan.hot().name())
                && !position.begun(Step.LowerFence.class);
        if (!fell) {
            return Optional.empty();
        }
        return Optional.of(position.fresh() ? new Act(new Step.RaiseFence()) : new Stop(Faults.fenceFell(plan)));
    }
}
