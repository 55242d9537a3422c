package lvc.core.recreate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.fault.Fault;
import lvc.core.journal.Fencing;
import lvc.core.journal.ForwardSeen;
import lvc.core.journal.RunPlan;
import lvc.core.journal.TopicSeen;
import lvc.core.journal.Waiver;
import lvc.core.port.Cluster;
import lvc.core.port.Groups;
import lvc.core.port.Groups.Group;
import lvc.core.port.PartitionReader;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.report.RecreatePlan;
import lvc.core.report.RecreatePlan.GroupRow;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicState;
import lvc.core.transform.Module;
import lvc.core.transform.TransformState;
import lvc.core.verify.LiveKeys;

/** Looks at a cache and says how it can be recreated, or why it cannot. Changes nothing. */
public final class Planner {
    private static final String COMMIT_INTERVAL = "data_transforms_commit_interval_ms";
    private static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofSeconds(3);
    /** How long forward may be down without a deleted key coming back: a day. */
    private static final long TOLERATED_OUTAGE_MS = Duration.ofHours(24).toMillis();

    private final Topics topics;
    private final Transforms transforms;
    private final Cluster cluster;
    private final Groups groups;
    private final LiveKeys liveKeys;
    private final Fence fence;
    private final Duration heartbeat;

    /** @param heartbeat how often a run writes to the journal */
    public Planner(
            Topics topics,
            Transforms transforms,
            Cluster cluster,
            Groups groups,
            PartitionReader reader,
            Fence fence,
            Duration heartbeat) {
        this.topics = topics;
        this.transforms = transforms;
        this.cluster = cluster;
        this.groups = groups;
        this.liveKeys = new LiveKeys(topics, reader);
        this.fence = fence;
        this.heartbeat = heartbeat;
    }

    /**
     * Plans.
     *
     * @param run names the run
     * @throws Fault REFUSED when it cannot be done safely; DIFFERS when the truth is missing or empty and the hot topic
     *     is not
     */
    public RecreatePlan plan(String run, Cache cache, Wishes wishes) {
        RunPlan seen = see(run, cache, wishes);
        List<Group> all = groups.on(seen.hot().name());
        demandNoReaders(seen, all, wishes);
        long keys = seen.hotExists() ? liveKeys.count(seen.hot().name()) : -1;
        long truthRecords = span(seen.truth().name());
        if (truthRecords == 0 && keys > 0) {
            throw emptyTruth(seen, keys);
        }
        return new RecreatePlan(
                seen,
                truthRecords,
                seen.hotExists() ? span(seen.hot().name()) : 0,
                keys,
                all.stream()
                        .map(group -> new GroupRow(group.name(), group.members(), group.offsets()))
                        .toList(),
                PlannedSteps.of(seen),
                PlannedSteps.waits(seen),
                warnings(seen, all, wishes));
    }

    /**
     * Whether the world is still what a plan saw: identities, settings, transforms and groups; counts may move.
     *
     * @throws Fault REFUSED when it is not
     */
    void demandFresh(RunPlan plan, Cache cache, Wishes wishes) {
        RunPlan now = see(plan.run(), cache, wishes);
        RunPlan same = withLoss(now, plan.waiver());
        if (!same.equals(plan)) {
            throw Fault.refused(
                    "recreate of '" + plan.cache() + "' refused: the plan is stale",
                    "since it was made, " + String.join(" and ", changed(plan, same)) + " changed",
                    "the same command again, to see the new plan");
        }
    }

    private static List<String> changed(RunPlan before, RunPlan now) {
        List<String> changed = new ArrayList<>();
        if (!before.truth().equals(now.truth())) {
            changed.add("topic " + before.truth().name());
        }
        if (!before.hot().equals(now.hot()) || before.hotExists() != now.hotExists()) {
            changed.add("topic " + before.hot().name());
        }
        if (!before.forward().equals(now.forward())) {
            changed.add("the forward transform");
        }
        if (!before.groups().equals(now.groups())) {
            changed.add("the consumer groups of " + before.hot().name());
        }
        return changed.isEmpty() ? List.of("the cluster") : changed;
    }

    /** The same plan, with proofs waived. */
    public static RunPlan withLoss(RunPlan plan, Waiver waiver) {
        return new RunPlan(
                plan.run(),
                plan.cluster(),
                plan.cache(),
                plan.approach(),
                plan.transform(),
                plan.truth(),
                plan.hot(),
                plan.hotExists(),
                plan.forward(),
                plan.groups(),
                plan.fencing(),
                waiver,
                plan.module(),
                plan.compression(),
                plan.variables(),
                plan.commitInterval(),
                plan.settle(),
                plan.heartbeat());
    }

    private RunPlan see(String run, Cache cache, Wishes wishes) {
        Preflight preflight = new Preflight(cache, wishes);
        Map<String, TopicState> found =
                topics.find(List.of(cache.truth().name(), cache.hot().name()));
        Optional<TopicState> truth = Optional.ofNullable(found.get(cache.truth().name()));
        Optional<TopicState> hot = Optional.ofNullable(found.get(cache.hot().name()));
        preflight.topics(truth, hot, () -> liveKeys.count(cache.hot().name()));
        List<TransformState> using = transforms.list().stream()
                .filter(t -> t.uses(cache.truth().name()) || t.uses(cache.hot().name()))
                .toList();
        Optional<TransformState> forward = preflight.transforms(using);
        preflight.cluster(cluster.setting("kafka_nodelete_topics"), cluster.setting(Fence.PROPERTY), fence.list());
        TopicState foundTruth = truth.orElseThrow();
        Duration interval = commitInterval(cluster);
        return new RunPlan(
                run,
                cluster.overview().id(),
                cache.name(),
                cache.approach(),
                cache.transform(),
                TopicSeen.of(foundTruth),
                hot.map(TopicSeen::of).orElseGet(() -> missing(cache, foundTruth)),
                hot.isPresent(),
                forward.map(Planner::seen),
                groups.on(cache.hot().name()).stream()
                        .filter(group -> group.members() == 0 && group.offsets() > 0)
                        .map(Group::name)
                        .sorted()
                        .toList(),
                cache.approach() == Approach.A ? Fencing.NONE : wishes.fencing(),
                new Waiver(wishes.fromBackup(), 0),
                wishes.forward().module().sha256(),
                forward.map(TransformState::compression).orElse("none"),
                List.copyOf(new TreeMap<>(wishes.forward().variables()).keySet()),
                interval,
                interval.compareTo(wishes.leastSettle()) > 0 ? interval : wishes.leastSettle(),
                heartbeat);
    }

    /** How often the cluster commits what transforms have processed. */
    static Duration commitInterval(Cluster cluster) {
        return cluster.setting(COMMIT_INTERVAL)
                .map(text -> Duration.ofMillis(Long.parseLong(text)))
                .orElse(DEFAULT_COMMIT_INTERVAL);
    }

    /** A hot topic that is missing gets the settings of the cache, and the partitions of the truth. */
    private static TopicSeen missing(Cache cache, TopicState truth) {
        return new TopicSeen(
                cache.hot().name(),
                "",
                truth.partitions(),
                cache.hot().replication(),
                new TreeMap<>(cache.hot().settings()));
    }

    private static ForwardSeen seen(TransformState forward) {
        return new ForwardSeen(
                forward.name(),
                forward.runsEverywhere(),
                forward.compression(),
                forward.environment().getOrDefault(Module.MODULE_VARIABLE, ""),
                forward.environment().keySet().stream()
                        .filter(name -> !name.equals(Module.MODULE_VARIABLE))
                        .sorted()
                        .toList());
    }

    private static void demandNoReaders(RunPlan plan, List<Group> all, Wishes wishes) {
        List<String> live = all.stream()
                .filter(group -> group.members() > 0)
                .map(group -> group.name() + " (" + group.members() + ")")
                .toList();
        if (!live.isEmpty() && !wishes.allowLiveReaders()) {
            throw Fault.refused(
                    "recreate of '" + plan.cache() + "' refused: " + plan.hot().name() + " is being read",
                    "consumer groups with members: " + String.join(", ", live)
                            + "; their offsets mean nothing in the new topic",
                    "stop these readers, then the same command again; or --allow-live-readers: they miss or repeat records"
                            + " until their offsets are reset");
        }
    }

    private Fault emptyTruth(RunPlan plan, long keys) {
        return Fault.differs(
                "recreate of '" + plan.cache() + "' refused: the truth is empty",
                plan.truth().name() + " has no records, " + plan.hot().name() + " has " + keys
                        + " live keys; nothing could be rebuilt",
                "is " + plan.truth().name() + " the right topic? lvc status");
    }

    private List<String> warnings(RunPlan plan, List<Group> all, Wishes wishes) {
        List<String> warnings = new ArrayList<>();
        cluster.overview().unhealthy().forEach(reason -> warnings.add("the cluster is not healthy: " + reason));
        if (wishes.allowLiveReaders() && all.stream().anyMatch(group -> group.members() > 0)) {
            warnings.add("readers of " + plan.hot().name() + " go on at their old offsets in the new topic: they skip"
                    + " what lies before them, or start over where their policy says so");
        }
        TopicSeen input = plan.approach() == Approach.A ? plan.truth() : plan.hot();
        String retention = input.settings().get("delete.retention.ms");
        if (retention != null && Long.parseLong(retention) < TOLERATED_OUTAGE_MS) {
            warnings.add("delete.retention.ms of " + input.name() + " is " + retention
                    + ": a delete that forward does not copy within that time comes back");
        }
        return warnings;
    }

    private long span(String topic) {
        return topics.ends(topic).values().stream().mapToLong(Ends::span).sum();
    }
}
