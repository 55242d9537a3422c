package lvc.core.recreate;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.journal.ForwardSeen;
import lvc.core.journal.Outcome;
import lvc.core.journal.Outcome.Compared;
import lvc.core.journal.RunPlan;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.report.Verification;
import lvc.core.report.Verification.PartitionRow;
import lvc.core.topic.Approach;
import lvc.core.transform.Committed;
import lvc.core.verify.Excuse;
import lvc.core.verify.Verify;

/** Compares the two topics of a cache as a state of recreate needs it. */
final class Comparing {
    /** Differing keys that are told by name. */
    private static final int TOLD = 20;

    private final Topics topics;
    private final Verify verify;
    private final Transforms transforms;
    private final Repair repair;
    private final Meanwhile meanwhile;
    private final Consumer<Event> events;

    Comparing(
            Topics topics,
            Verify verify,
            Transforms transforms,
            Repair repair,
            Meanwhile meanwhile,
            Consumer<Event> events) {
        this.topics = topics;
        this.verify = verify;
        this.transforms = transforms;
        this.repair = repair;
        this.meanwhile = meanwhile;
        this.events = events;
    }

    /** Begins to compare where that is the next thing to do after a wait, and nothing is expected to move in it. */
    void begin(Position position) {
        boolean afterFence = position.state() instanceof Clearing.Begun
                && position.plan().forward().filter(ForwardSeen::running).isPresent();
        if (afterFence || position.state() instanceof Restoring.Restored) {
            meanwhile.begin(position.plan(), reverseBegan(position.state()));
        }
    }

    /** Ends what was begun and is of no use any more. */
    void end() {
        meanwhile.end();
    }

    /**
     * Compares.
     *
     * @throws Fault DIFFERS when the topics differ in more than the state allows; REFUSED when keys lie in more than one
     *     partition, so that nobody can say what their newest value is
     */
    Outcome compare(Position position) {
        RunPlan plan = position.plan();
        Map<Integer, Long> before = reverseBegan(position.state());
        LongAdder intruders = new LongAdder();
        // Looked at before it is read: where it is cut off meanwhile, another comparison follows.
        Map<Integer, Long> starts = Observation.starts(topics.ends(plan.truth().name()));
        Verification found = meanwhile
                .equal(plan, before)
                .orElseGet(() -> verify.run(
                        plan.asCache(), TOLD, excuse(position), record -> Meanwhile.count(record, before, intruders)));
        if (intruders.sum() > 0) {
            return new Outcome.IntrudersFound(intruders.sum());
        }
        events.accept(new Event.Verified(found));
        if (found.splitKeys() > 0) {
            throw Fault.refused(
                    "recreate of '" + plan.cache() + "' stopped: keys lie in more than one partition",
                    found.splitKeys() + " keys, such as "
                            + found.splits().get(0).key() + " in partitions "
                            + found.splits().get(0).partitions() + " of "
                            + found.splits().get(0).topic() + ": nothing says which of their values is the newest",
                    "delete the older copies with tombstones to their partitions, then the same command again");
        }
        long allowed = position.state().hotIntact() ? plan.waiver().acceptedLoss() : 0;
        if (found.different() > allowed) {
            throw differs(position, found.fault());
        }
        boolean b = plan.approach() == Approach.B;
        return new Compared(
                found.keys(),
                found.partitions().stream().mapToLong(Comparing::records).sum(),
                b ? found.inputDigest() : found.outputDigest(),
                found.excused() + found.different(),
                b ? found.inputEnds() : found.outputEnds(),
                b ? found.outputEnds() : found.inputEnds(),
                starts,
                b ? found.inputNewest() : found.outputNewest());
    }

    /** Before anything is deleted there is a way to mend it; after that the run stays open. */
    private static Fault differs(Position position, Fault fault) {
        RunPlan plan = position.plan();
        if (!position.state().hotIntact()) {
            return fault;
        }
        String flags =
                " --cache " + plan.cache() + " --approach " + plan.approach().letter();
        return Fault.differs(
                fault.what(),
                fault.why() + "; nothing was deleted",
                plan.approach() == Approach.A
                        ? "find out who wrote them to " + plan.hot().name() + "; to lose them: lvc recreate" + flags
                                + " --accept-loss --confirm " + plan.cache()
                        : "lvc verify" + flags + " --repair-backup gives "
                                + plan.truth().name() + " what " + plan.hot().name() + " has");
    }

    private static long records(PartitionRow row) {
        return row.inputRecords() + row.outputRecords();
    }

    /** How many keys of the destination the source cannot give back (approach A). */
    long lost(RunPlan plan) {
        Verification found = verify.run(plan.asCache(), TOLD, new Coverage(committed(plan), Map.of()), record -> {});
        events.accept(new Event.Verified(found));
        return found.different();
    }

    /**
     * Appends to the truth what writers wrote to the hot topic and the truth lacks.
     *
     * @param ours called before every write: returns when the run is still ours
     */
    long topUp(RunPlan plan, Runnable ours) {
        return repair.topUp(plan, ours);
    }

    private Excuse excuse(Position position) {
        RunPlan plan = position.plan();
        if (!position.state().hotIntact()) {
            return Excuse.NONE;
        }
        if (plan.approach() == Approach.A) {
            return new Coverage(
                    committed(plan), position.state() instanceof Clearing.ForwardGone gone ? gone.covered() : Map.of());
        }
        return plan.waiver().fromBackup() ? new Backup() : Excuse.NONE;
    }

    private Map<Integer, Long> committed(RunPlan plan) {
        String forward = plan.forward().map(ForwardSeen::name).orElse("");
        Map<Integer, Long> committed = new HashMap<>();
        for (Committed row : transforms.committed()) {
            if (row.transform().equals(forward)) {
                committed.put(row.partition(), row.offset());
            }
        }
        return committed;
    }

    /** Offsets by partition from which on only reverse can have written; empty where others may. */
    private static Map<Integer, Long> reverseBegan(State state) {
        if (state instanceof Restoring.Restored restored) {
            return restored.strays().hotEnds();
        }
        if (state instanceof Restoring.ReverseGone gone) {
            return gone.strays().hotEnds();
        }
        return state instanceof Restoring.Equal equal ? equal.strays().hotEnds() : Map.of();
    }
}
