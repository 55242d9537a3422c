package lvc.core.recreate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry.Ending;
import lvc.core.port.Pause;
import lvc.core.report.RepairPlan;
import lvc.core.report.Verification;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.transform.TransformState;
import lvc.core.verify.Verify;
import lvc.core.wait.Wait;

/**
 * Approach B: makes the secondary equal to the primary again, where forward has failed to. Behind a fence, so that what
 * is read of the primary is still true when it is written to the secondary; the fence is lowered however it ends.
 */
public final class RepairBackup {
    private static final int TOLD = 20;

    private final Recreate.Reach reach;
    private final Duration leastSettle;
    private final Fence fence;
    private final Copying copying;
    private final Repair repair;
    private final Verify verify;
    private final Pause pause;
    private final Consumer<Event> events;

    /** @param leastSettle how long the fence must have held at least */
    public RepairBackup(Recreate.Reach reach, Duration leastSettle, Wait wait, Pause pause, Consumer<Event> events) {
        this.reach = reach;
        this.leastSettle = leastSettle;
        this.fence = new Fence(reach.cluster(), reach.topics(), wait, pause);
        this.copying = new Copying(reach.sampler(), reach.topics(), wait, events);
        this.repair = new Repair(reach.topics(), reach.reader(), reach.records());
        this.verify = reach.verify();
        this.pause = pause;
        this.events = events;
    }

    /**
     * Compares and says what would be written; changes nothing.
     *
     * @param most how many of the differing keys to name
     * @throws Fault REFUSED when the primary cannot be trusted to know better
     */
    public RepairPlan plan(Cache cache, int most) {
        Optional<String> forward = preflight(cache);
        Verification found = compare(cache, Integer.MAX_VALUE);
        long values = found.differences().stream()
                .filter(each ->
                        each.input().flatMap(Verification.Newest::digest).isPresent())
                .count();
        return new RepairPlan(
                cache.name(),
                cache.hot().name(),
                cache.truth().name(),
                forward,
                values,
                found.different() - values,
                found.listing(most).differences(),
                found.cut());
    }

    /**
     * Writes what the secondary lacks, as it turns out behind the fence.
     *
     * @param tombstones whether keys that the primary lacks may be deleted in the secondary
     * @throws Fault REFUSED when they would have to and may not; DIFFERS when the two are not equal in the end
     */
    public void run(Cache cache, boolean tombstones) {
        Optional<String> forward = preflight(cache);
        try {
            fence.raise(title(cache), cache.hot().name(), settle());
            forward.ifPresent(name -> copying.awaitDrained(cache, name));
            write(cache, tombstones);
        } finally {
            pause.shielded(() -> lower(cache));
        }
    }

    private void write(Cache cache, boolean tombstones) {
        String truth = cache.truth().name();
        Repair.Needed needed = repair.needed(cache.hot().name(), truth);
        if (!needed.tombstones().isEmpty() && !tombstones) {
            throw refused(
                    cache,
                    needed.tombstones().size() + " keys of " + truth + " are not in "
                            + cache.hot().name() + ", and would have to be deleted",
                    "if they may go: --confirm " + cache.name());
        }
        repair.write(truth, needed.values());
        repair.write(truth, needed.tombstones());
        Verification after = compare(cache, TOLD);
        if (!after.equal()) {
            throw after.fault();
        }
        events.accept(new Event.BackupRepaired(
                cache.hot().name(),
                truth,
                needed.values().size(),
                needed.tombstones().size(),
                after.keys(),
                after.outputDigest()));
    }

    private void lower(Cache cache) {
        String hot = cache.hot().name();
        try {
            fence.lower(hot);
        } catch (Fault fault) {
            throw Fault.unreachable(
                            "the fence of " + hot + " may still be up",
                            fault.what() + ": " + fault.why(),
                            "lvc status; take " + hot + " from the cluster property " + Fence.PROPERTY)
                    .causedBy(fault);
        }
    }

    private Duration settle() {
        Duration interval = Planner.commitInterval(reach.cluster());
        return interval.compareTo(leastSettle) > 0 ? interval : leastSettle;
    }

    private Verification compare(Cache cache, int most) {
        Verification found = verify.run(cache, most);
        if (found.splitKeys() > 0) {
            throw refused(
                    cache,
                    found.splitKeys() + " keys lie in more than one partition, such as "
                            + found.splits().get(0).key() + ": nothing says which of their values is the newest",
                    "delete the older copies with tombstones to their partitions, then the same command again");
        }
        return found;
    }

    /** What must hold; the forward transform, where there is one. */
    private Optional<String> preflight(Cache cache) {
        if (cache.approach() == Approach.A) {
            throw Fault.usage(
                    "--repair-backup cannot be used here",
                    "with approach a the source is no backup: writers write to it",
                    "lvc recreate --approach a makes the destination again from it");
        }
        demandTrust(cache);
        demandFence(cache);
        return forward(cache);
    }

    /** A primary that was left incomplete lacks what only the secondary has: repaired from it, both would. */
    private void demandTrust(Cache cache) {
        History history = History.of(reach.journal().read());
        history.demandFinished();
        history.lastThatTouched(cache.hot().name())
                .flatMap(History.Run::ended)
                .filter(ended -> ended.ending() == Ending.INCOMPLETE)
                .ifPresent(ended -> {
                    throw refused(
                            cache,
                            "run " + ended.run() + " of recreate was left half way, and since then "
                                    + cache.hot().name() + " lacks what only "
                                    + cache.truth().name() + " has",
                            "lvc recreate --cache " + cache.name() + " --approach b --from-backup --confirm "
                                    + cache.name());
                });
    }

    private void demandFence(Cache cache) {
        if (reach.cluster().setting(Fence.PROPERTY).isEmpty()) {
            throw refused(
                    cache, "this cluster has no fence: it does not know the property " + Fence.PROPERTY, "lvc status");
        }
        if (fence.list().contains(cache.hot().name())) {
            throw refused(
                    cache,
                    "somebody has fenced " + cache.hot().name() + " already, and the journal knows of no run that did",
                    "find out who did, take it from " + Fence.PROPERTY + ", then the same command again");
        }
    }

    private Optional<String> forward(Cache cache) {
        List<TransformState> all = reach.transforms().list();
        List<TransformState> forward = all.stream().filter(cache::isForward).toList();
        all.stream()
                .filter(t -> !cache.isForward(t))
                .filter(t -> t.outputs().contains(cache.truth().name())
                        || t.outputs().contains(cache.hot().name()))
                .findFirst()
                .ifPresent(other -> {
                    throw refused(
                            cache,
                            "transform " + other.name() + " writes to a topic of this cache and is not its forward"
                                    + " transform",
                            "find out what it is there for, then lvc transform delete " + other.name());
                });
        if (forward.size() > 1) {
            throw refused(
                    cache,
                    forward.get(0).name() + " and " + forward.get(1).name() + " both copy "
                            + cache.hot().name() + " to " + cache.truth().name(),
                    "lvc transform delete one of them");
        }
        forward.stream().filter(t -> !t.runsEverywhere()).findFirst().ifPresent(t -> {
            throw refused(
                    cache,
                    "forward transform " + t.name() + " does not run on every partition: what it has still to copy"
                            + " would come behind what is repaired",
                    "lvc transform resume " + t.name() + ", or delete it and lvc create-topics afterwards");
        });
        return forward.stream().map(TransformState::name).findFirst();
    }

    private static Fault refused(Cache cache, String why, String next) {
        return Fault.refused(title(cache) + " refused", why, next);
    }

    private static String title(Cache cache) {
        return "repair of " + cache.truth().name();
    }
}
