package lvc.core.recreate;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import lvc.core.cache.RunId;
import lvc.core.cache.Sampler;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Waiver;
import lvc.core.port.Cluster;
import lvc.core.port.Groups;
import lvc.core.port.Journal;
import lvc.core.port.PartitionReader;
import lvc.core.port.Pause;
import lvc.core.port.Records;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.report.RecreatePlan;
import lvc.core.report.Recreation;
import lvc.core.topic.Cache;
import lvc.core.verify.Verify;
import lvc.core.wait.Wait;

/** Everything lvc does with runs of recreate: plans one, begins it, goes on with one that was left lying. */
public final class Recreate {
    /** A run of which nothing is heard for so many heartbeats is dead. */
    private static final int MISSED_BEATS = 3;

    private final Journal journal;
    private final Heart heart;
    private final Duration heartbeat;
    private final Planner planner;
    private final Hands hands;
    private final Comparing comparing;
    private final Pause pause;
    private final Consumer<Event> events;
    private final AtomicReference<Runnable> ours = new AtomicReference<>(() -> {});

    /** Writes signs of life. */
    @FunctionalInterface
    public interface Heart {

        /**
         * Begins.
         *
         * @param run of which
         * @param every how often
         * @return ends it
         */
        Runnable begin(Journal.Pen pen, String run, Duration every);
    }

    /**
     * The cluster, as recreate needs it.
     *
     * @param heartbeat how often a new run writes a sign of life
     * @param beside runs what can be done while a run waits, in another thread
     */
    public record Reach(
            Topics topics,
            Transforms transforms,
            Cluster cluster,
            Groups groups,
            PartitionReader reader,
            Records records,
            Sampler sampler,
            Verify verify,
            Journal journal,
            Heart heart,
            Duration heartbeat,
            Executor beside) {}

    public Recreate(Reach reach, Wait wait, Pause pause, Consumer<Event> events) {
        this.journal = reach.journal();
        this.heart = reach.heart();
        this.heartbeat = reach.heartbeat();
        this.pause = pause;
        this.events = events;
        Wait patience = wait.asLongAs(() -> Objects.requireNonNull(ours.get()).run());
        Fence fence = new Fence(reach.cluster(), reach.topics(), patience, pause);
        this.planner = new Planner(
                reach.topics(), reach.transforms(), reach.cluster(), reach.groups(), reach.reader(), fence, heartbeat);
        this.comparing = new Comparing(
                reach.topics(),
                reach.verify(),
                reach.transforms(),
                new Repair(reach.topics(), reach.reader(), reach.records()),
                new Meanwhile(reach.topics(), reach.verify(), reach.beside(), events),
                events);
        this.hands = new Hands(
                reach.topics(),
                reach.transforms(),
                reach.groups(),
                fence,
                new Copying(reach.sampler(), reach.topics(), patience, events),
                comparing,
                new Strays(reach.topics(), reach.reader(), reach.records()),
                patience,
                pause);
    }

    /**
     * Looks and plans; changes nothing.
     *
     * @throws Fault REFUSED when a run is unfinished or it cannot be done safely
     */
    public RecreatePlan plan(Cache cache, Wishes wishes) {
        History.of(journal.read()).demandFinished();
        RecreatePlan plan = planner.plan(RunId.fresh(), cache, wishes);
        return wishes.acceptLoss() && plan.run().hotExists()
                ? plan.with(Planner.withLoss(plan.run(), new Waiver(false, comparing.lost(plan.run()))))
                : plan;
    }

    /**
     * Carries a plan out.
     *
     * @throws Fault REFUSED when the world is not any more what the plan saw, or another run has begun since; see {@link
     *     Recreator#run} for the rest
     */
    public Recreation run(RunPlan plan, Cache cache, Wishes wishes) {
        History before = History.of(journal.read());
        before.demandFinished();
        planner.demandFresh(plan, cache, wishes);
        try (Journal.Pen pen = journal.take()) {
            if (!History.of(journal.read()).equals(before)) {
                throw Fault.refused(
                        "recreate of '" + plan.cache() + "' refused: another run was begun at the same time",
                        "the journal has grown since the plan was made",
                        "lvc status --history");
            }
            pen.write(new Entry.Begun(plan.run(), pause.now(), plan));
            return carry(pen, Position.begun(plan), wishes.forward());
        }
    }

    /**
     * Refuses to go on where there is nothing to go on with.
     *
     * @throws Fault REFUSED when no run is unfinished
     */
    public void demandUnfinished() {
        RunPlan unused = History.of(journal.read()).demandUnfinished();
    }

    /**
     * Goes on with the unfinished run, or leaves it.
     *
     * @param abandon whether to leave it: the everyday transform is put back, the fence lowered
     * @param module what the everyday transform runs, where the plan says that it is not the built-in identity
     * @throws Fault REFUSED when there is no unfinished run or another process is at work on it
     */
    public Recreation resume(boolean abandon, Optional<ForwardModule> module) {
        History before = History.of(journal.read());
        RunPlan plan = before.demandUnfinished();
        ForwardModule forward = module.orElseGet(ForwardModule::identity);
        demandModule(plan, forward);
        awaitSilence(plan);
        try (Journal.Pen pen = journal.take()) {
            History now = History.of(journal.read());
            if (!now.equals(before)) {
                throw alive(plan);
            }
            Entry taken = new Entry.TakenOver(plan.run(), pause.now(), abandon);
            pen.write(taken);
            return carry(pen, now.position().after(taken), forward);
        }
    }

    private Recreation carry(Journal.Pen pen, Position position, ForwardModule forward) {
        HeldPen held = new HeldPen(pen);
        ours.set(held::demandHeld);
        Runnable still =
                heart.begin(held, position.plan().run(), position.plan().heartbeat());
        try {
            return new Recreator(hands, held, () -> History.of(journal.read()), position, forward, pause, events).run();
        } finally {
            hands.rest();
            still.run();
        }
    }

    private static void demandModule(RunPlan plan, ForwardModule forward) {
        if (!forward.module().sha256().equals(plan.module())
                || !List.copyOf(new TreeSet<>(forward.variables().keySet())).equals(plan.variables())) {
            throw Fault.refused(
                    "run " + plan.run() + " not resumed: its module is not at hand",
                    "forward runs the module with sha256 " + plan.module() + " and variables " + plan.variables(),
                    "give it again: --module FILE" + (plan.variables().isEmpty() ? "" : " --module-env-file FILE"));
        }
    }

    /** Whoever still works on the run writes to the journal all the time. */
    private void awaitSilence(RunPlan plan) {
        Duration silence = plan.heartbeat().multipliedBy(MISSED_BEATS);
        Optional<Entry> last = journal.last();
        Duration begun = pause.elapsed();
        while (pause.elapsed().minus(begun).compareTo(silence) < 0) {
            events.accept(new Event.Waiting(
                    "nobody works on run " + plan.run(),
                    "its journal must be silent for " + silence.toMillis() + " ms",
                    pause.elapsed().minus(begun)));
            pause.pause(plan.heartbeat().dividedBy(4));
            if (!journal.last().equals(last)) {
                throw alive(plan);
            }
        }
    }

    private static Fault alive(RunPlan plan) {
        return Fault.refused(
                "run " + plan.run() + " not resumed: another process is at work on it",
                "it wrote to the journal a moment ago",
                "wait for it (lvc status --history), or end it; then the same command again");
    }
}
