package lvc.core.recreate;

import java.util.Optional;
import lvc.core.journal.Entry;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;

/**
 * Where a run stands: what its journal adds up to.
 *
 * @param pending the step that was begun last and of which nobody has written down what became of it
 * @param leftover a transform of which it is not known whether it is there: a deploy or a delete of it was begun, and
 *     nobody has written down what became of it. It stays unknown, whatever else is done, until it is seen to be gone
 * @param copying whether reverse may have been given the module that copies
 * @param deploys how many names for transforms were used up
 * @param steps how many steps are done
 * @param fresh whether this process has not done anything in this run yet
 */
record Position(
        RunPlan plan,
        State state,
        Optional<Step> pending,
        Optional<String> leftover,
        boolean copying,
        int deploys,
        int steps,
        boolean fresh) {

    /** Before the first step. */
    static Position begun(RunPlan plan) {
        return new Position(plan, new Clearing.Begun(), Optional.empty(), Optional.empty(), false, 0, 0, true);
    }

    /** After one more entry of the journal. */
    Position after(Entry entry) {
        if (entry instanceof Entry.Intended intended) {
            Step step = intended.step();
            boolean names = step instanceof Step.Deploys;
            return new Position(
                    plan,
                    state,
                    Optional.of(step),
                    transform(step).or(() -> leftover),
                    step instanceof Step.DeployReverse || (copying && !(step instanceof Step.DeployHolding)),
                    deploys + (names ? 1 : 0),
                    steps,
                    false);
        }
        if (entry instanceof Entry.Happened happened) {
            State next = state.after(happened.outcome());
            Optional<String> known = transform(happened.outcome());
            return new Position(
                    plan,
                    next,
                    Optional.empty(),
                    leftover.filter(name -> known.filter(name::equals).isEmpty()),
                    copying,
                    deploys,
                    steps + (pending.isPresent() ? 1 : 0),
                    false);
        }
        if (entry instanceof Entry.TakenOver taken) {
            State next = taken.abandoning() ? Leaving.from(state, plan) : state;
            return new Position(plan, next, pending, leftover, copying, deploys, steps, true);
        }
        return this;
    }

    /** A name for a transform that was never used. */
    String freshName() {
        return plan.transform() + "-" + plan.run() + "-" + (deploys + 1);
    }

    /** The transform of a deploy that was begun and of which nobody has written down what became of it. */
    Optional<String> deploying() {
        return pending.flatMap(step -> step instanceof Step.DeployReverse reverse
                ? Optional.of(reverse.transform())
                : step instanceof Step.Deploys deploy ? Optional.of(deploy.transform()) : Optional.empty());
    }

    /** Whether a step of this kind was begun and not finished. */
    boolean begun(Class<? extends Step> kind) {
        return pending.filter(kind::isInstance).isPresent();
    }

    private static Optional<String> transform(Step step) {
        if (step instanceof Step.Deploys deploy) {
            return Optional.of(deploy.transform());
        }
        return step instanceof Step.RemoveTransform remove ? Optional.of(remove.transform()) : Optional.empty();
    }

    /** The transform of which an outcome says that it is there or gone. */
    static Optional<String> transform(Outcome outcome) {
        if (outcome instanceof Outcome.HoldingDeployed deployed) {
            return Optional.of(deployed.transform());
        }
        if (outcome instanceof Outcome.ForwardDeployed deployed) {
            return Optional.of(deployed.transform());
        }
        return outcome instanceof Outcome.TransformGone gone ? Optional.of(gone.transform()) : Optional.empty();
    }
}
