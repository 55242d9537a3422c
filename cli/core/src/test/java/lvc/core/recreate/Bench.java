package lvc.core.recreate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import lvc.core.cache.Sampler;
import lvc.core.event.Event;
import lvc.core.fake.SimulatedWorld;
import lvc.core.fake.SimulatedWriter;
import lvc.core.journal.Entry;
import lvc.core.journal.Fencing;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.report.RecreatePlan;
import lvc.core.report.Recreation;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.topic.TopicSpec;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import lvc.core.verify.Verify;
import lvc.core.wait.Wait;

/** A cache in a simulated world, and recreate at work on it. */
final class Bench {
    static final long COMMIT_MS = 500;
    static final Duration SETTLE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofMillis(400);

    final SimulatedWorld world;
    final Cache cache;
    final List<Event> events = new ArrayList<>();
    Wishes wishes = Wishes.plain(SETTLE);
    /** Runs what a process does while it waits; at once, unless a test wants something else. */
    Executor beside = Runnable::run;

    Bench(long seed, Approach approach, int partitions, int brokers) {
        world = new SimulatedWorld(seed, brokers, COMMIT_MS);
        Map<String, String> settings = Map.of("cleanup.policy", "compact", "segment.ms", "1000");
        cache = new Cache(
                "test",
                approach,
                "lvc",
                new TopicSpec(approach.truthRole(), partitions, -1, new TreeMap<>(Map.of("cleanup.policy", "compact"))),
                new TopicSpec(approach.hotRole(), partitions, -1, new TreeMap<>(settings)));
    }

    /** A cache with one partition and one broker, its forward transform running. */
    static Bench of(Approach approach) {
        Bench bench = new Bench(1, approach, 1, 1);
        bench.world.transforms.writesLate = false;
        bench.createTopics();
        bench.deployForward("lvc-first");
        bench.world.advance(3 * COMMIT_MS);
        return bench;
    }

    void createTopics() {
        world.topics.somebodyCreates(cache.truth());
        world.topics.somebodyCreates(cache.hot());
    }

    void deployForward(String name) {
        world.transforms.somebodyDeploys(new TransformSpec(
                name,
                cache.input().name(),
                List.of(cache.output().name()),
                Map.of(Module.MODULE_VARIABLE, Module.identity().sha256()),
                "none",
                Optional.of(StartFrom.BEGINNING)));
    }

    /** Somebody who writes for keys of partition 0 when told. */
    SimulatedWriter writer(String name) {
        SimulatedWriter writer = new SimulatedWriter(world, name, cache.input().name(), List.of("unused/0"), 0, 100);
        writer.stopped = true;
        world.writers.add(writer);
        return writer;
    }

    Bench wishing(Fencing fencing, boolean fromBackup) {
        wishes = new Wishes(
                fencing,
                fencing == Fencing.NONE && cache.approach() == Approach.B,
                fromBackup,
                false,
                false,
                Optional.empty(),
                SETTLE);
        return this;
    }

    /** A process that has just been started: it remembers nothing. */
    Recreate process() {
        return new Recreate(reach(), patience(), world, events::add);
    }

    /** The same for a repair of the secondary. */
    RepairBackup repair() {
        return new RepairBackup(reach(), SETTLE, patience(), world, events::add);
    }

    private Wait patience() {
        return new Wait(world, PATIENCE, events::add);
    }

    private Recreate.Reach reach() {
        Sampler sampler =
                new Sampler(world.cluster, world.topics, world.transforms, world.transforms, world.topics, world);
        Verify verify = new Verify(world.topics, world.transforms, world.topics, patience(), world, events::add);
        return new Recreate.Reach(
                world.topics,
                world.transforms,
                world.cluster,
                world.groups,
                world.topics,
                world.topics,
                sampler,
                verify,
                world.journal,
                (pen, run, every) -> () -> {},
                HEARTBEAT,
                beside);
    }

    RecreatePlan plan() {
        return process().plan(cache, wishes);
    }

    Recreation run() {
        Recreate process = process();
        RunPlan plan = process.plan(cache, wishes).run();
        return process.run(plan, cache, wishes);
    }

    Recreation resume() {
        return process().resume(false, Optional.empty());
    }

    Recreation abandon() {
        return process().resume(true, Optional.empty());
    }

    /** The kinds of the steps that were begun, in order. */
    List<String> steps() {
        return world.journal.entries.stream()
                .flatMap(entry -> entry instanceof Entry.Intended intended
                        ? java.util.stream.Stream.of(StepText.kind(intended.step()))
                        : java.util.stream.Stream.empty())
                .toList();
    }

    /** Does something once, right after the first entry of the journal that says this has happened. */
    void once(Class<? extends Outcome> after, Runnable what) {
        boolean[] done = {false};
        world.journal.watcher = entry -> {
            if (!done[0] && entry instanceof Entry.Happened happened && after.isInstance(happened.outcome())) {
                done[0] = true;
                what.run();
            }
        };
    }

    Map<String, String> truth() {
        return world.topics.fold(cache.truth().name(), record -> true);
    }

    Map<String, String> hot() {
        return world.topics.fold(cache.hot().name(), record -> true);
    }
}
