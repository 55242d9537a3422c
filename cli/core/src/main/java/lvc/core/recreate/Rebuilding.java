package lvc.core.recreate;

import java.util.List;
import java.util.Optional;
import lvc.core.journal.Outcome;
import lvc.core.journal.Outcome.Compared;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.journal.TopicSeen;
import lvc.core.recreate.Decision.Act;
import lvc.core.recreate.Decision.Already;
import lvc.core.recreate.Decision.Finish;
import lvc.core.recreate.Decision.Stop;
import lvc.core.topic.Approach;
import lvc.core.topic.TopicState;
import lvc.core.transform.StartFrom;

/** The old hot topic is gone, and the new one is made; with approach A also filled. */
sealed interface Rebuilding extends State {

    @Override
    default boolean hotIntact() {
        return false;
    }

    @Override
    default Optional<String> hotId(RunPlan plan) {
        return Optional.empty();
    }

    @Override
    default boolean needsFence() {
        return false;
    }

    /** Makes the hot topic, once the old one is gone. A client may have made one by asking for it, in its own shape. */
    static Decision make(RunPlan plan, Observation seen) {
        TopicSeen wanted = plan.hot();
        if (seen.hot().isEmpty()) {
            return new Act(new Step.CreateHot(wanted));
        }
        TopicState found = seen.hot().get();
        if (found.id().equals(wanted.id()) && plan.hotExists()) {
            return new Act(new Step.DeleteHot(wanted));
        }
        TopicSeen shape = plan.approach() == Approach.B ? wanted.restoring() : wanted;
        if (shape.sameShape(found)) {
            return new Already(new Outcome.HotCreated(found.id()));
        }
        if (seen.hotEnds().values().stream().anyMatch(ends -> ends.highWatermark() > 0)) {
            return new Stop(Faults.otherHot(shape, found));
        }
        return plan.fenced() && !seen.fence().contains(wanted.name())
                ? new Act(new Step.RaiseFence())
                : new Act(new Step.DeleteHot(TopicSeen.of(found)));
    }

    /** The old hot topic does not exist any more; the truth has all it held. */
    record HotGone() implements Rebuilding {
        @Override
        public Decision decide(Position position, Observation seen) {
            return make(position.plan(), seen);
        }

        HotCreated hotCreated(String id) {
            return new HotCreated(id);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.HotDeleted || outcome instanceof Outcome.FenceHolds) {
                return Optional.of(this);
            }
            if (outcome instanceof Outcome.HotCreated created) {
                return Optional.of(hotCreated(created.id()));
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return 1 + hotCreated("").left(plan);
        }
    }

    /** The new hot topic is there and empty, unless writers found it first. */
    record HotCreated(String id) implements Rebuilding {
        @Override
        public Decision decide(Position position, Observation seen) {
            List<String> groups = position.plan().groups();
            return groups.isEmpty()
                    ? new Already(new Outcome.OffsetsForgotten())
                    : new Act(new Step.ForgetOffsets(groups));
        }

        Ready offsetsForgotten() {
            return new Ready(id);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.OffsetsForgotten) {
                return Optional.of(offsetsForgotten());
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return (plan.groups().isEmpty() ? 0 : 1) + offsetsForgotten().left(plan);
        }
    }

    /** No consumer group believes any more that it has read the new hot topic. */
    record Ready(String id) implements Rebuilding {
        @Override
        public Decision decide(Position position, Observation seen) {
            RunPlan plan = position.plan();
            if (plan.approach() == Approach.A) {
                return position.leftover()
                        .<Decision>map(name -> new Act(
                                new Step.RemoveTransform(name, plan.hot().name())))
                        .orElseGet(() -> new Act(new Step.DeployForward(position.freshName(), StartFrom.BEGINNING)));
            }
            boolean closed = plan.fenced() && seen.fence().contains(plan.hot().name());
            return closed ? new Act(new Step.OpenFence()) : new Already(new Outcome.FenceOpened());
        }

        Copying forwardDeployed(String forward) {
            return new Copying(id, forward);
        }

        Restoring.Open fenceOpened() {
            return new Restoring.Open(id);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.TransformGone) {
                return Optional.of(this);
            }
            if (outcome instanceof Outcome.ForwardDeployed deployed) {
                return Optional.of(forwardDeployed(deployed.transform()));
            }
            if (outcome instanceof Outcome.FenceOpened) {
                return Optional.of(fenceOpened());
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            if (plan.approach() == Approach.A) {
                return 1 + forwardDeployed("").left(plan);
            }
            return (plan.fenced() ? 1 : 0) + fenceOpened().left(plan);
        }
    }

    /** Approach A: forward copies the source into the new destination. */
    record Copying(String id, String forward) implements Rebuilding {
        @Override
        public Decision decide(Position position, Observation seen) {
            return new Act(new Step.AwaitRestored(forward));
        }

        Copied restored() {
            return new Copied(id, forward);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.Restored) {
                return Optional.of(restored());
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return 1 + restored().left(plan);
        }
    }

    /** Approach A: forward has copied all that the source held. */
    record Copied(String id, String forward) implements Rebuilding {
        @Override
        public Decision decide(Position position, Observation seen) {
            return new Act(new Step.Compare());
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Compared proof) {
                return Optional.of(new Finished(proof));
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return 1;
        }
    }

    /** Done and proven. */
    record Finished(Compared proof) implements Rebuilding {
        @Override
        public Decision decide(Position position, Observation seen) {
            return new Finish();
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return 0;
        }
    }
}
