package lvc.core.recreate;

import java.util.Map;
import java.util.Optional;
import lvc.core.journal.Outcome;
import lvc.core.journal.Outcome.Compared;
import lvc.core.journal.Outcome.StraysSaved;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.recreate.Decision.Act;
import lvc.core.recreate.Decision.Already;
import lvc.core.transform.StartFrom;

/** Approach B: reverse fills the new primary from the secondary while writers are kept away. */
sealed interface Restoring extends State {

    @Override
    default boolean hotIntact() {
        return false;
    }

    /** Identity of the new primary. */
    String id();

    /** What reverse runs as, if it does. */
    default Optional<String> runningReverse() {
        return Optional.empty();
    }

    /** Whether reverse may have written to the new primary. */
    default boolean mixed() {
        return true;
    }

    @Override
    default Optional<String> hotId(RunPlan plan) {
        return Optional.of(id());
    }

    @Override
    default boolean needsFence() {
        return true;
    }

    /** Approach B: writers can write to the new primary; what they write is saved before anything is restored. */
    record Open(String id) implements Restoring {
        @Override
        public Decision decide(Position position, Observation seen) {
            RunPlan plan = position.plan();
            if (plan.fenced() && seen.fence().contains(plan.hot().name())) {
                return new Act(new Step.OpenFence());
            }
            // Writers write to the primary, so that it never stands still; to the secondary nobody does.
            return position.leftover()
                    .<Decision>map(name ->
                            new Act(new Step.RemoveTransform(name, plan.truth().name())))
                    .orElseGet(() -> new Act(new Step.DeployHolding(position.freshName())));
        }

        Holding holdingDeployed(String reverse) {
            return new Holding(id, reverse);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.FenceOpened || outcome instanceof Outcome.TransformGone) {
                return Optional.of(this);
            }
            if (outcome instanceof Outcome.HoldingDeployed deployed) {
                return Optional.of(holdingDeployed(deployed.transform()));
            }
            return Optional.empty();
        }

        @Override
        public boolean mixed() {
            return false;
        }

        @Override
        public int left(RunPlan plan) {
            return 1 + holdingDeployed("").left(plan);
        }

        @Override
        public boolean needsFence() {
            return false;
        }
    }

    /** Approach B: reverse is accepted and does nothing. */
    record Holding(String id, String reverse) implements Restoring {
        @Override
        public Decision decide(Position position, Observation seen) {
            return new Act(new Step.RaiseFence());
        }

        Refenced fenceHolds() {
            return new Refenced(id, reverse, Optional.empty());
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.FenceHolds) {
                return Optional.of(fenceHolds());
            }
            return Optional.empty();
        }

        @Override
        public Optional<String> runningReverse() {
            return Optional.of(reverse);
        }

        @Override
        public boolean mixed() {
            return false;
        }

        @Override
        public int left(RunPlan plan) {
            return 1 + fenceHolds().left(plan);
        }

        @Override
        public boolean needsFence() {
            return false;
        }
    }

    /**
     * Approach B: nobody writes to the new primary any more; what lies in it came from writers.
     *
     * @param before what was saved when the fence held before, and fell
     */
    record Refenced(String id, String reverse, Optional<StraysSaved> before) implements Restoring {
        @Override
        public Decision decide(Position position, Observation seen) {
            // Once reverse may be copying, what lies behind the strays is its own; what is not is found by comparing.
            return before.filter(strays -> position.copying())
                    .<Decision>map(Already::new)
                    .orElseGet(() -> new Act(new Step.SaveStrays()));
        }

        Saved straysSaved(StraysSaved strays) {
            return new Saved(id, reverse, strays);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof StraysSaved strays) {
                return Optional.of(straysSaved(strays));
            }
            return Optional.empty();
        }

        @Override
        public Optional<String> runningReverse() {
            return Optional.of(reverse);
        }

        @Override
        public boolean mixed() {
            return false;
        }

        @Override
        public int left(RunPlan plan) {
            return 1 + straysSaved(new StraysSaved(0, Map.of(), Map.of(), -1)).left(plan);
        }
    }

    /** Approach B: all that anybody wrote lies in the secondary, in the order in which it was written. */
    record Saved(String id, String reverse, StraysSaved strays) implements Restoring {
        @Override
        public Decision decide(Position position, Observation seen) {
            // Without the holding module its name would be a new transform, which a fenced output does not get.
            if (!seen.lists(reverse)) {
                return position.plan().fenced()
                        ? new Act(new Step.OpenFence())
                        : new Already(new Outcome.FenceOpened());
            }
            if (!position.copying() && !Observation.stands(strays.hotEnds(), seen.hotEnds())) {
                return new Act(new Step.RaiseFence());
            }
            return new Act(new Step.DeployReverse(reverse));
        }

        Reversing reverseDeployed() {
            return new Reversing(id, reverse, strays);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.ReverseDeployed) {
                return Optional.of(reverseDeployed());
            }
            if (outcome instanceof Outcome.FenceOpened) {
                return Optional.of(new Open(id));
            }
            if (outcome instanceof Outcome.FenceHolds) {
                return Optional.of(new Refenced(id, reverse, Optional.of(strays)));
            }
            return Optional.empty();
        }

        @Override
        public Optional<String> runningReverse() {
            return Optional.of(reverse);
        }

        @Override
        public int left(RunPlan plan) {
            return 1 + reverseDeployed().left(plan);
        }
    }

    /** Approach B: reverse copies the secondary into the new primary. */
    record Reversing(String id, String reverse, StraysSaved strays) implements Restoring {
        @Override
        public Decision decide(Position position, Observation seen) {
            return new Act(new Step.AwaitRestored(reverse));
        }

        Restored restored() {
            return new Restored(id, reverse, strays);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.Restored) {
                return Optional.of(restored());
            }
            return Optional.empty();
        }

        @Override
        public Optional<String> runningReverse() {
            return Optional.of(reverse);
        }

        @Override
        public int left(RunPlan plan) {
            return 1 + restored().left(plan);
        }
    }

    /** Approach B: reverse has copied all of the secondary. */
    record Restored(String id, String reverse, StraysSaved strays) implements Restoring {
        @Override
        public Decision decide(Position position, Observation seen) {
            return new Act(
                    new Step.RemoveTransform(reverse, position.plan().hot().name()));
        }

        ReverseGone reverseGone() {
            return new ReverseGone(id, strays);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.TransformGone) {
                return Optional.of(reverseGone());
            }
            return Optional.empty();
        }

        @Override
        public Optional<String> runningReverse() {
            return Optional.of(reverse);
        }

        @Override
        public int left(RunPlan plan) {
            return 1 + reverseGone().left(plan);
        }
    }

    /** Approach B: no transform writes to the new primary any more. */
    record ReverseGone(String id, StraysSaved strays) implements Restoring {
        @Override
        public Decision decide(Position position, Observation seen) {
            return new Act(new Step.Compare());
        }

        Equal compared(Compared proof) {
            return new Equal(id, strays, proof);
        }

        Disturbed intrudersFound() {
            return new Disturbed(id, strays);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Compared proof) {
                return Optional.of(compared(proof));
            }
            if (outcome instanceof Outcome.IntrudersFound) {
                return Optional.of(intrudersFound());
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return 1
                    + compared(new Compared(0, 0, "", 0, Map.of(), Map.of(), Map.of(), -1))
                            .left(plan);
        }
    }

    /** Approach B: both topics hold the same values, and all of it came from the secondary. */
    record Equal(String id, StraysSaved strays, Compared proof) implements Restoring {
        @Override
        public Decision decide(Position position, Observation seen) {
            RunPlan plan = position.plan();
            if (position.leftover().isPresent()) {
                return new Act(new Step.RemoveTransform(
                        position.leftover().get(), plan.truth().name()));
            }
            return Observation.stands(proof.hotEnds(), seen.hotEnds())
                    ? new Act(new Step.DeployForward(
                            position.freshName(), new StartFrom(StartFrom.Origin.TIMESTAMP, proof.newest() + 1)))
                    : new Act(new Step.Compare());
        }

        ForwardBack forwardDeployed(String forward) {
            return new ForwardBack(id, forward, strays, proof);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.TransformGone) {
                return Optional.of(this);
            }
            if (outcome instanceof Compared again) {
                return Optional.of(new Equal(id, strays, again));
            }
            if (outcome instanceof Outcome.IntrudersFound) {
                return Optional.of(new Disturbed(id, strays));
            }
            if (outcome instanceof Outcome.ForwardDeployed deployed) {
                return Optional.of(forwardDeployed(deployed.transform()));
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return 1 + forwardDeployed("").left(plan);
        }
    }

    /** Approach B: the everyday transform runs again and has missed nothing. */
    record ForwardBack(String id, String forward, StraysSaved strays, Compared proof) implements Restoring {
        @Override
        public Decision decide(Position position, Observation seen) {
            RunPlan plan = position.plan();
            if (!position.begun(Step.LowerFence.class) && !Observation.stands(proof.hotEnds(), seen.hotEnds())) {
                return new Act(new Step.RemoveTransform(forward, plan.truth().name()));
            }
            return plan.fenced() ? new Act(new Step.LowerFence()) : new Already(new Outcome.FenceLowered());
        }

        Rebuilding.Finished fenceLowered() {
            return new Rebuilding.Finished(proof);
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.FenceLowered) {
                return Optional.of(fenceLowered());
            }
            if (outcome instanceof Outcome.TransformGone) {
                return Optional.of(new ReverseGone(id, strays));
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return plan.fenced() ? 1 : 0;
        }
    }

    /** Approach B: records from elsewhere lie among those that reverse wrote, so nobody knows which are newer. */
    record Disturbed(String id, StraysSaved strays) implements Restoring {
        @Override
        public Decision decide(Position position, Observation seen) {
            return new Act(new Step.SaveIntruders(strays.hotEnds()));
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.IntrudersSaved saved) {
                return Optional.of(new Spoiled(id, strays, saved.hotEnds()));
            }
            return Optional.empty();
        }

        @Override
        public int left(RunPlan plan) {
            return 2 + new Rebuilding.HotGone().left(plan);
        }
    }

    /**
     * Approach B: what came from elsewhere lies in the secondary too, behind all that is older; the primary is no longer
     * needed.
     *
     * @param savedUntil offset by partition up to which it was looked for
     */
    record Spoiled(String id, StraysSaved strays, Map<Integer, Long> savedUntil) implements Restoring {
        public Spoiled {
            savedUntil = Map.copyOf(savedUntil);
        }

        @Override
        public Decision decide(Position position, Observation seen) {
            if (seen.hot().isEmpty() || !seen.hot().get().id().equals(id)) {
                return new Already(new Outcome.HotDeleted(id));
            }
            if (seen.hasOpenTransaction()) {
                // It is from elsewhere: its commit would be acknowledged and deleted.
                return new Act(new Step.RaiseFence());
            }
            if (!Observation.stands(savedUntil, seen.hotEnds())) {
                return new Act(new Step.SaveIntruders(strays.hotEnds()));
            }
            return new Act(new Step.DeleteHot(position.plan().hot().withId(id)));
        }

        @Override
        public Optional<State> next(Outcome outcome) {
            if (outcome instanceof Outcome.HotDeleted) {
                return Optional.of(new Rebuilding.HotGone());
            }
            if (outcome instanceof Outcome.IntrudersSaved saved) {
                return Optional.of(new Spoiled(id, strays, saved.hotEnds()));
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
            return 1 + new Rebuilding.HotGone().left(plan);
        }
    }
}
