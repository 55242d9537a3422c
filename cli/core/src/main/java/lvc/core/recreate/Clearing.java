package lvc.core.recreate;

import java.util.Map;
import java.util.Optional;
import lvc.core.journal.ForwardSeen;
import lvc.core.journal.Outcome;
import lvc.core.journal.Outcome.Compared;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.recreate.Decision.Act;
import lvc.core.recreate.Decision.Already;
import lvc.core.topic.Approach;
import lvc.core.transform.StartFrom;

/** From the start to the delete: the hot topic is still the one that was there, and everything can be put back. */
sealed interface Clearing extends State {

    /** What was proven of the hot topic; empty until then, and where there is none. */
    default Optional<Compared> proof() {
        return Optional.empty();
    }

    /** Name of the forward transform that this run deployed because none ran; else the plan's counts. */
    default Optional<String> deployed() {
        return Optional.empty();
    }

    @Override
    default boolean hotIntact() {
        return true;
    }

    @Override
    default Optional<String> hotId(RunPlan plan) {
        return plan.hotExists() ? Optional.of(plan.hot().id()) : Optional.empty();
    }

    @Override
    default boolean needsFence() {
        return true;
    }

    /** Nothing was done yet. */
    record Begun() implements Clearing {
        @Override
        public Decision decide(Position position, Observation seen) {
            RunPlan plan = position.plan();
            if (plan.approach() == Approach.B) {
                return new Act(new Step.RaiseFence());
            }
            return plan.hotExists() ? new Act(new Step.Compare()) : new Already(new Outcome.NothingToCompare());
        }

        Fenced fenceHolds() {
            return new Fenced(Optional.empty());
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.FenceHolds) {
                return Optional.of(fenceHolds());
            }
            if (outcome instanceof Compared compared) {
                return Optional.of(new Proven(Optional.of(compared), Optional.empty()));
            }
            if (outcome instanceof Outcome.NothingToCompare) {
                return Optional.of(new Proven(Optional.empty(), Optional.empty()));
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return 1
                    + (plan.approach() == Approach.B
                            ? fenceHolds().left(plan)
                            : new Proven(Optional.empty(), Optional.empty()).left(plan));
        }

        @Override
        public boolean needsFence() {
            return false;
        }
    }

    /**
     * Approach B: nobody writes to the primary.
     *
     * @param deployed name of the forward transform that this run deployed because none ran; else the plan's counts
     */
    record Fenced(Optional<String> deployed) implements Clearing {
        @Override
        public Decision decide(Position position, Observation seen) {
            RunPlan plan = position.plan();
            if (!plan.hotExists()) {
                return new Already(new Outcome.NothingToCompare());
            }
            Optional<String> forward = deployed.or(
                    () -> plan.forward().filter(ForwardSeen::running).map(ForwardSeen::name));
            if (forward.isPresent()) {
                return new Act(new Step.AwaitDrained(forward.get()));
            }
            if (plan.waiver().fromBackup()) {
                return new Already(new Outcome.Drained(0));
            }
            return position.leftover()
                    .or(() -> plan.forward().map(ForwardSeen::name).filter(seen::lists))
                    .<Decision>map(name ->
                            new Act(new Step.RemoveTransform(name, plan.truth().name())))
                    .orElseGet(() -> new Act(new Step.DeployForward(position.freshName(), StartFrom.BEGINNING)));
        }

        Drained drained() {
            return new Drained(deployed, false);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.TransformGone) {
                return Optional.of(this);
            }
            if (outcome instanceof Outcome.ForwardDeployed forward) {
                return Optional.of(new Fenced(Optional.of(forward.transform())));
            }
            if (outcome instanceof Outcome.Drained) {
                return Optional.of(drained());
            }
            if (outcome instanceof Outcome.NothingToCompare) {
                return Optional.of(new Proven(Optional.empty(), deployed));
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return plan.hotExists() ? 1 + drained().left(plan) : new Proven(Optional.empty(), deployed).left(plan);
        }
    }

    /**
     * Approach B: forward has copied all that lies in the primary.
     *
     * @param toppedUp whether the secondary was given what it lacked, where that was asked for
     */
    record Drained(Optional<String> deployed, boolean toppedUp) implements Clearing {
        @Override
        public Decision decide(Position position, Observation seen) {
            boolean topUp = position.plan().waiver().fromBackup() && !toppedUp;
            return new Act(topUp ? new Step.TopUpTruth() : new Step.Compare());
        }

        Proven compared(Compared proof) {
            return new Proven(Optional.of(proof), deployed);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.TruthToppedUp) {
                return Optional.of(new Drained(deployed, true));
            }
            if (outcome instanceof Compared proof) {
                return Optional.of(compared(proof));
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            int topUp = plan.waiver().fromBackup() && !toppedUp ? 1 : 0;
            return topUp + 1 + new Proven(Optional.empty(), deployed).left(plan);
        }
    }

    /**
     * The truth can give back all that the hot topic holds.
     *
     * @param proof empty where there was no hot topic
     */
    record Proven(Optional<Compared> proof, Optional<String> deployed) implements Clearing {
        @Override
        public Decision decide(Position position, Observation seen) {
            RunPlan plan = position.plan();
            return deployed.or(() -> plan.forward().map(ForwardSeen::name))
                    .<Decision>map(name -> new Act(new Step.RemoveTransform(
                            name, plan.asCache().output().name())))
                    .orElseGet(() -> new Already(new Outcome.TransformGone("")));
        }

        ForwardGone forwardGone() {
            return new ForwardGone(proof, proof.map(Compared::truthEnds).orElse(Map.of()));
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.TransformGone) {
                return Optional.of(forwardGone());
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            boolean removes = deployed.isPresent() || plan.forward().isPresent();
            return (removes ? 1 : 0) + forwardGone().left(plan);
        }
    }

    /**
     * No broker runs the everyday transform any more, and the hot topic is untouched.
     *
     * @param proof the newest
     * @param covered ends of the truth by partition in the first proof. What forward copied since then it found in the
     *     truth, so with approach A only what the truth got after them may differ
     */
    record ForwardGone(Optional<Compared> proof, Map<Integer, Long> covered) implements Clearing {
        public ForwardGone {
            covered = Map.copyOf(covered);
        }

        @Override
        public Decision decide(Position position, Observation seen) {
            RunPlan plan = position.plan();
            if (seen.hot().isEmpty()) {
                return new Already(new Outcome.HotDeleted(plan.hot().id()));
            }
            if (!seen.hot().get().id().equals(plan.hot().id())) {
                // It was deleted, and somebody, perhaps a client, has made another one of its name since.
                return new Already(new Outcome.HotDeleted(plan.hot().id()));
            }
            // What was cut off at the beginning of the truth since it was compared is nowhere but in the hot topic.
            boolean stands = proof.filter(read -> Observation.stands(read.hotEnds(), seen.hotEnds())
                            && Observation.starts(seen.truthEnds()).equals(read.truthStarts())
                            && (plan.approach() == Approach.A
                                    || Observation.stands(read.truthEnds(), seen.truthEnds())))
                    .isPresent();
            return new Act(stands ? new Step.DeleteHot(plan.hot()) : new Step.Compare());
        }

        Rebuilding.HotGone hotDeleted() {
            return new Rebuilding.HotGone();
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.HotDeleted) {
                return Optional.of(hotDeleted());
            }
            if (outcome instanceof Compared again) {
                return Optional.of(new ForwardGone(Optional.of(again), covered));
            }
            return Optional.empty();
        }

        /** The delete may have been done already, and the answer lost. */
        @Override
        public Optional<String> hotId(RunPlan plan) {
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return (plan.hotExists() ? 1 : 0) + hotDeleted().left(plan);
        }
    }
}
