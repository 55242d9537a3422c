package lvc.core.recreate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.Entry.Ending;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.journal.TopicSeen;
import lvc.core.port.Pause;
import lvc.core.port.Transforms.Uncertain;
import lvc.core.report.Recreation;
import lvc.core.report.Recreation.StepRow;
import lvc.core.topic.Approach;

/**
 * Carries a run from where it stands to its end: look, decide, write down what will be done, do it, write down what
 * happened. All it knows of a run is in the journal, so that any process can go on with it.
 *
 * <p>As long as the hot topic is untouched, every end but the death of the process leaves the run: the everyday transform
 * is put back, the fence lowered, the journal closed. After that the run stays open, and the fence up.
 */
public final class Recreator {
    private static final int UNCLEAR_DEPLOYS = 5;
    /** So many steps, and still nothing new is known: it would go on like that for ever. */
    private static final int MOST_STEPS_IN_A_STATE = 20;

    private final Hands hands;
    private final HeldPen pen;
    private final ForwardModule forward;
    private final Pause pause;
    private final Consumer<Event> events;
    private final List<StepRow> rows = new ArrayList<>();
    private final Supplier<History> written;
    private Position position;
    /** Whether it is not known if the last entry was written. */
    private boolean doubtful;

    private int unclear;
    private int doubts;
    private Class<? extends State> state = State.class;
    private int stepsInState;

    /** @param written reads the journal anew */
    Recreator(
            Hands hands,
            HeldPen pen,
            Supplier<History> written,
            Position position,
            ForwardModule forward,
            Pause pause,
            Consumer<Event> events) {
        this.hands = hands;
        this.pen = pen;
        this.written = written;
        this.position = position;
        this.forward = forward;
        this.pause = pause;
        this.events = events;
    }

    /**
     * Goes on to the end.
     *
     * @throws Fault what stopped it. With UNFINISHED the run stays open and can be resumed; with any other code nothing
     *     was deleted and the run is closed
     * @throws Pause.Interrupted when a person wants to stop; the same holds
     */
    public Recreation run() {
        try {
            go();
        } catch (Fault fault) {
            throw stopped(fault);
        } catch (Pause.Interrupted interrupted) {
            if (!doubtful && mayLeave(false)) {
                leaveWhenAsked();
            } else {
                events.accept(new Event.RunUnfinished(position.plan().run(), standing(), fenceUp()));
            }
            throw interrupted;
        }
        return end();
    }

    /** What cannot be put back then keeps the run open, as after a fault: whoever stopped it must learn that. */
    private void leaveWhenAsked() {
        try {
            pause.shielded(() -> leave("somebody wanted to stop"));
        } catch (Fault fault) {
            throw stopped(fault);
        }
    }

    private void go() {
        while (true) {
            Observation seen = hands.look(position.plan());
            Decision decision = Deciding.decide(position, seen);
            if (decision instanceof Decision.Finish) {
                return;
            }
            if (decision instanceof Decision.Stop stop) {
                throw stop.fault();
            }
            if (decision instanceof Decision.Already already) {
                if (stands(already.outcome(), seen)) {
                    happened(already.outcome());
                }
            } else if (decision instanceof Decision.Act act) {
                act(act.step(), seen);
            }
        }
    }

    /** That a topic was deleted is not concluded from one answer: with it goes the proof that it may be deleted. */
    private boolean stands(Outcome outcome, Observation seen) {
        if (!(outcome instanceof Outcome.HotDeleted deleted)
                || deleted.id().isEmpty()
                || seen.hot().isPresent()) {
            return true;
        }
        TopicSeen hot = position.plan().hot().withId(deleted.id());
        boolean gone = hands.isGone(hot);
        if (!gone && ++doubts >= MOST_STEPS_IN_A_STATE) {
            throw Fault.unreachable(
                    "it is not known whether " + hot.name() + " is there",
                    "the brokers have said yes and no " + doubts + " times",
                    "lvc status");
        }
        return gone;
    }

    private void act(Step step, Observation seen) {
        demandGettingOn(step);
        int number = position.steps() + 1;
        int of = Math.max(number, position.steps() + position.state().left(position.plan()));
        String what = StepText.of(step, position.plan());
        events.accept(new Event.StepBegan(number, of, StepText.kind(step), what));
        Duration began = pause.elapsed();
        write(new Entry.Intended(position.plan().run(), pause.now(), step));
        Outcome outcome;
        try {
            outcome = hands.act(step, position, seen, forward, this::alive);
        } catch (Uncertain e) {
            events.accept(new Event.DeployRepeated(StepText.kind(step), String.valueOf(e.getMessage())));
            if (++unclear >= UNCLEAR_DEPLOYS) {
                throw Fault.unreachable(
                                "it is not known whether a transform was deployed",
                                "the cluster left it open " + unclear + " times: " + e.getMessage(),
                                "lvc status")
                        .causedBy(e);
            }
            return;
        } catch (Hands.Moved e) {
            return;
        }
        // What clears up after an unclear deploy succeeds each time, and is no reason to try for ever.
        if (step instanceof Step.Deploys || step instanceof Step.DeployReverse) {
            unclear = 0;
        }
        happened(outcome);
        Duration took = pause.elapsed().minus(began);
        StepRow row = new StepRow(StepText.kind(step), took, StepText.records(outcome));
        rows.add(row);
        events.accept(new Event.StepEnded(number, of, row.step(), took, row.records()));
        if (outcome instanceof Outcome.IntrudersSaved saved && !(position.state() instanceof Leaving)) {
            throw Fault.unfinished(
                    "recreate of '" + position.plan().cache() + "' stopped: "
                            + position.plan().hot().name() + " was written to while it was restored",
                    saved.records() + (saved.records() == 1 ? " record" : " records")
                            + " came from elsewhere and got appended to "
                            + position.plan().truth().name() + ", so nothing is lost",
                    "find out who writes past the fence, then lvc recreate --resume: it makes "
                            + position.plan().hot().name() + " once more");
        }
    }

    private void demandGettingOn(Step step) {
        if (position.state().getClass() != state) {
            state = position.state().getClass();
            stepsInState = 0;
        }
        if (++stepsInState > MOST_STEPS_IN_A_STATE) {
            throw Fault.unreachable(
                    "recreate of '" + position.plan().cache() + "' does not get on: "
                            + StepText.of(step, position.plan()),
                    MOST_STEPS_IN_A_STATE + " steps came to nothing: somebody writes to the topics all the time, or the"
                            + " cluster answers so slowly that what was seen is old before anything is done",
                    "lvc status");
        }
    }

    private void happened(Outcome outcome) {
        write(new Entry.Happened(position.plan().run(), pause.now(), outcome));
    }

    /** What cannot have happened is a fault before it is written: a journal that contradicts itself ends a run. */
    private void write(Entry entry) {
        Position next = position.after(entry);
        doubtful = true;
        pen.write(entry);
        doubtful = false;
        position = next;
    }

    private void alive() {
        pen.write(new Entry.Beat(position.plan().run(), pause.now()));
    }

    /**
     * Whether the run can be closed with nothing done.
     *
     * @param deleteRefused whether the cluster has said no, so that a delete that was begun was not done
     */
    private boolean mayLeave(boolean deleteRefused) {
        return position.state().hotIntact()
                && !(position.state() instanceof Leaving)
                && (deleteRefused || !position.begun(Step.DeleteHot.class));
    }

    private Fault stopped(Fault fault) {
        Optional<Fault> lost = lost(fault);
        if (lost.isPresent()) {
            String first = takeBackDeploy();
            return Fault.unfinished(
                            "recreate of '" + position.plan().cache() + "' stopped at " + standing()
                                    + ": another process has taken over",
                            lost.get().why(),
                            first + lost.get().next())
                    .causedBy(fault);
        }
        try {
            settleDoubt();
        } catch (Fault silent) {
            events.accept(new Event.RunUnfinished(position.plan().run(), standing(), fenceUp()));
            return Fault.unfinished(
                            "recreate of '" + position.plan().cache() + "' stopped at " + standing() + ": "
                                    + fault.what(),
                            fault.why() + "; it is not known whether that was written down",
                            "lvc recreate --resume, or lvc recreate --abandon")
                    .causedBy(fault);
        }
        if (!mayLeave(fault.exit() == Exit.REFUSED)) {
            events.accept(new Event.RunUnfinished(position.plan().run(), standing(), fenceUp()));
            return fault.exit() == Exit.UNFINISHED
                    ? fault
                    : Fault.unfinished(
                                    "recreate of '" + position.plan().cache() + "' stopped at " + standing() + ": "
                                            + fault.what(),
                                    fault.why(),
                                    "lvc recreate --resume")
                            .causedBy(fault);
        }
        try {
            pause.shielded(() -> leave(fault.what()));
        } catch (Fault again) {
            events.accept(new Event.RunUnfinished(position.plan().run(), standing(), fenceUp()));
            return Fault.unfinished(
                            "recreate of '" + position.plan().cache() + "' stopped, and could not be undone: "
                                    + fault.what(),
                            fault.why() + "; then: " + again.what() + ": " + again.why(),
                            "lvc recreate --abandon when the cluster answers again")
                    .causedBy(again);
        }
        if (!position.state().equals(new Leaving.Left(true))) {
            return Fault.unfinished(
                            fault.what(),
                            fault.why() + "; " + position.plan().hot().name()
                                    + " had been deleted all the same: it is there again, without what only "
                                    + position.plan().truth().name() + " has",
                            "lvc recreate" + (position.plan().approach() == Approach.B ? " --from-backup" : ""))
                    .causedBy(fault);
        }
        return fault.exit() == Exit.UNFINISHED
                ? Fault.refused(
                                fault.what(),
                                fault.why(),
                                "nothing was deleted; when that is mended, lvc recreate again")
                        .causedBy(fault)
                : fault;
    }

    /**
     * A deploy that was asked for while another process took over may have been done behind its back. Who takes over uses
     * no transform of which nobody has written down that it is there, so this one is of no use to anybody.
     *
     * @return what a person has to do when it could not be taken back, with a comma after it; or nothing
     */
    private String takeBackDeploy() {
        Optional<String> late = position.deploying();
        if (late.isEmpty()) {
            return "";
        }
        try {
            if (!written.get().has(position.plan().run(), late.get())) {
                hands.takeBack(late.get());
            }
            return "";
        } catch (Fault silent) {
            return "lvc transform delete " + late.get() + ", if it is there and no run of recreate has it; ";
        }
    }

    /** What went into the journal without an answer counts: whoever goes on later finds it there. */
    private void settleDoubt() {
        if (doubtful) {
            position = written.get().position();
            doubtful = false;
        }
    }

    /** Whether somebody else has the journal by now: whatever went wrong, the run is theirs. */
    private Optional<Fault> lost(Fault fault) {
        if (pen.lost().isEmpty() && fault.exit() != Exit.UNREACHABLE) {
            try {
                alive();
            } catch (Fault silent) {
                return pen.lost();
            }
        }
        return pen.lost();
    }

    /** Puts everything back. */
    private void leave(String why) {
        write(new Entry.TakenOver(position.plan().run(), pause.now(), true));
        go();
        ended(why);
    }

    private Ending ended(String why) {
        RunPlan plan = position.plan();
        Ending ending = Ending.DONE;
        if (position.state() instanceof Leaving.Left left) {
            ending = left.hotIntact() ? Ending.NOTHING_DONE : Ending.INCOMPLETE;
            events.accept(
                    new Event.RunLeft(plan.run(), left.hotIntact(), plan.hot().name()));
        }
        write(new Entry.Ended(plan.run(), pause.now(), ending, why));
        return ending;
    }

    private Recreation end() {
        RunPlan plan = position.plan();
        Optional<Outcome.Compared> proof = Optional.empty();
        if (position.state() instanceof Rebuilding.Finished finished) {
            proof = Optional.of(finished.proof());
        }
        Ending ending = ended("");
        return new Recreation(
                plan.run(),
                plan.cache(),
                plan.approach(),
                ending,
                rows,
                proof.map(Outcome.Compared::keys).orElse(0L),
                proof.map(Outcome.Compared::digest).orElse(""));
    }

    private String standing() {
        return "step " + (position.steps() + 1) + " of "
                + Math.max(
                        position.steps() + 1,
                        position.steps() + position.state().left(position.plan()));
    }

    private boolean fenceUp() {
        return position.plan().fenced();
    }
}
