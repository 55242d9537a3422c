package lvc.core.recreate;

import java.util.Optional;
import lvc.core.journal.ForwardSeen;
import lvc.core.journal.Outcome;
import lvc.core.journal.Outcome.StraysSaved;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.journal.TopicSeen;
import lvc.core.recreate.Decision.Act;
import lvc.core.recreate.Decision.Already;
import lvc.core.recreate.Decision.Finish;
import lvc.core.topic.Approach;
import lvc.core.transform.StartFrom;
import lvc.core.transform.StartFrom.Origin;

/**
 * A run is left rather than finished: the everyday transform is put back, then writers are let in. Where the old hot
 * topic is untouched, all is as it was. Where it is gone, what writers wrote meanwhile gets into the truth, and a hot
 * topic is left that lacks what only the truth has. It never has something older than the truth: one into which reverse
 * may have written, perhaps behind something newer, is made anew.
 *
 * @param hotIntact whether the hot topic is the one that was there at the start
 * @param deleting whether its delete may have been done all the same
 * @param forward the everyday transform that should be there; with an intact hot topic it may run still
 * @param older whether an intact hot topic may have older values than the truth, as a plan from the backup allows
 * @param reverse what reverse may run as; empty once it is gone
 * @param mixed identity of a new hot topic into which reverse may have written; empty once it is gone
 * @param held whether the fence was seen to hold
 * @param forgotten whether consumer groups have forgotten the old hot topic
 * @param saved what writers wrote into the hot topic; empty until it lies in the truth
 * @param back whether the everyday transform runs again
 */
record Leaving(
        boolean hotIntact,
        boolean deleting,
        Optional<String> forward,
        boolean older,
        Optional<String> reverse,
        Optional<String> mixed,
        boolean held,
        boolean forgotten,
        Optional<StraysSaved> saved,
        boolean back)
        implements State {

    /** Where a run goes from a state when it is left. Where nothing is left to lose by finishing, it is finished. */
    static State from(State state, RunPlan plan) {
        if (state instanceof Restoring.Equal
                || state instanceof Restoring.ForwardBack
                || state instanceof Rebuilding.Finished
                || state instanceof Leaving
                || state instanceof Left) {
            return state;
        }
        if (state instanceof Clearing clearing) {
            return intact(clearing, plan);
        }
        if (state instanceof Rebuilding.Copying copying) {
            return gone(state, plan).withForward(copying.forward());
        }
        return state instanceof Rebuilding.Copied copied
                ? gone(state, plan).withForward(copied.forward())
                : gone(state, plan);
    }

    private static Leaving intact(Clearing state, RunPlan plan) {
        boolean removed = state instanceof Clearing.ForwardGone;
        boolean older = state.proof().filter(proof -> proof.excused() > 0).isPresent();
        Optional<String> forward = state.deployed()
                .or(() -> plan.forward().map(ForwardSeen::name))
                .or(() -> removed && plan.hotExists() ? Optional.of("") : Optional.empty());
        return new Leaving(
                true,
                removed,
                forward,
                older && plan.approach() == Approach.B,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                false);
    }

    private static Leaving gone(State state, RunPlan plan) {
        boolean forgotten = plan.groups().isEmpty()
                || state instanceof Rebuilding.Ready
                || state instanceof Rebuilding.Copying
                || state instanceof Rebuilding.Copied
                || state instanceof Restoring;
        Optional<Restoring> restoring = state instanceof Restoring is ? Optional.of(is) : Optional.empty();
        return new Leaving(
                false,
                false,
                Optional.empty(),
                false,
                restoring.flatMap(Restoring::runningReverse),
                restoring.filter(Restoring::mixed).map(Restoring::id),
                false,
                forgotten,
                Optional.empty(),
                false);
    }

    @Override
    public Decision decide(Position position, Observation seen) {
        RunPlan plan = position.plan();
        if (back) {
            // Whoever answered may not know of the fence yet; lowering it asks all.
            return plan.fenced() ? new Act(new Step.LowerFence()) : new Already(new Outcome.FenceLowered());
        }
        if (position.leftover().isPresent()) {
            String output = mixed.isPresent()
                    ? plan.hot().name()
                    : plan.asCache().output().name();
            return new Act(new Step.RemoveTransform(position.leftover().get(), output));
        }
        return hotIntact ? putBack(position, seen) : makeDo(position, seen);
    }

    /** The hot topic is untouched, unless its delete was done and only the answer is missing. */
    private Decision putBack(Position position, Observation seen) {
        RunPlan plan = position.plan();
        boolean there =
                seen.hot().filter(found -> found.id().equals(plan.hot().id())).isPresent();
        if (deleting && plan.hotExists() && !there) {
            return new Already(new Outcome.HotDeleted(plan.hot().id()));
        }
        if (forward.isEmpty() || seen.lists(forward.get())) {
            return new Already(new Outcome.ForwardDeployed(forward.orElse("")));
        }
        if (!there) {
            // There was none, and without one there is nothing that forward could be put back to.
            return new Already(new Outcome.HotDeleted(plan.hot().id()));
        }
        if (!older) {
            return new Act(new Step.DeployForward(position.freshName(), StartFrom.BEGINNING));
        }
        // Copied from the beginning, what is older here would lie in the truth behind what is newer.
        return save(plan, seen)
                .orElseGet(() -> new Act(new Step.DeployForward(
                        position.freshName(),
                        new StartFrom(
                                Origin.TIMESTAMP, saved.map(StraysSaved::newest).orElse(-1L) + 1))));
    }

    /** What is still to be done until the fence holds and all that writers wrote lies in the truth. */
    private Optional<Decision> save(RunPlan plan, Observation seen) {
        boolean fell = plan.fenced() && !seen.fence().contains(plan.hot().name());
        if (!held || fell || seen.hasOpenTransaction()) {
            return Optional.of(new Act(new Step.RaiseFence()));
        }
        return saved.filter(strays -> Observation.stands(strays.hotEnds(), seen.hotEnds()))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new Act(new Step.SaveStrays()));
    }

    /** The hot topic is gone or new. */
    private Decision makeDo(Position position, Observation seen) {
        RunPlan plan = position.plan();
        TopicSeen hot = plan.hot();
        if (reverse.isPresent()) {
            return new Act(new Step.RemoveTransform(reverse.get(), hot.name()));
        }
        if (mixed.isPresent()) {
            String id = mixed.get();
            return seen.hot().filter(found -> found.id().equals(id)).isEmpty()
                    ? new Already(new Outcome.HotDeleted(id))
                    : save(plan, seen).orElseGet(() -> new Act(new Step.DeleteHot(hot.withId(id))));
        }
        boolean ready = seen.hot()
                .filter(found -> !found.id().equals(hot.id()) && hot.sameShape(found))
                .isPresent();
        Decision made = Rebuilding.make(plan, seen);
        if (!ready && !(made instanceof Already)) {
            return made;
        }
        return forgotten
                ? new Act(new Step.DeployForward(position.freshName(), StartFrom.BEGINNING))
                : new Act(new Step.ForgetOffsets(plan.groups()));
    }

    @Override
    public Optional<State> next(Outcome outcome) {
        if (outcome instanceof Outcome.FenceHolds) {
            return Optional.of(
                    new Leaving(hotIntact, deleting, forward, older, reverse, mixed, true, forgotten, saved, back));
        }
        if (outcome instanceof Outcome.HotCreated) {
            return Optional.of(this);
        }
        if (outcome instanceof Outcome.TransformGone gone) {
            Optional<String> left = reverse.filter(name -> !name.equals(gone.transform()));
            return Optional.of(
                    new Leaving(hotIntact, deleting, forward, older, left, mixed, held, forgotten, saved, back));
        }
        if (outcome instanceof Outcome.HotDeleted) {
            return Optional.of(new Leaving(
                    false, false, forward, false, reverse, Optional.empty(), held, forgotten, Optional.empty(), back));
        }
        if (outcome instanceof Outcome.OffsetsForgotten) {
            return Optional.of(
                    new Leaving(hotIntact, deleting, forward, older, reverse, mixed, held, true, saved, back));
        }
        if (outcome instanceof StraysSaved strays) {
            return Optional.of(new Leaving(
                    hotIntact, deleting, forward, older, reverse, mixed, held, forgotten, Optional.of(strays), back));
        }
        if (outcome instanceof Outcome.ForwardDeployed deployed) {
            return Optional.of(withForward(deployed.transform()));
        }
        return outcome instanceof Outcome.FenceLowered ? Optional.of(new Left(hotIntact)) : Optional.empty();
    }

    private Leaving withForward(String running) {
        return new Leaving(
                hotIntact, deleting, Optional.of(running), older, reverse, mixed, held, forgotten, saved, true);
    }

    @Override
    public int left(RunPlan plan) {
        return 1;
    }

    @Override
    public Optional<String> hotId(RunPlan plan) {
        return hotIntact && !deleting && plan.hotExists()
                ? Optional.of(plan.hot().id())
                : Optional.empty();
    }

    @Override
    public boolean needsFence() {
        return false;
    }

    /**
     * A run was left.
     *
     * @param hotIntact whether nothing was deleted
     */
    record Left(boolean hotIntact) implements State {
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

        @Override
        public Optional<String> hotId(RunPlan plan) {
            return Optional.empty();
        }

        @Override
        public boolean needsFence() {
            return false;
        }
    }
}
