package lvc.core.recreate;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lvc.core.fault.Fault;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.journal.TopicSeen;
import lvc.core.port.Groups;
import lvc.core.port.Pause;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.port.Transforms.Uncertain;
import lvc.core.topic.Approach;
import lvc.core.topic.TopicState;
import lvc.core.transform.Committed;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.StartFrom.Origin;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Status;
import lvc.core.wait.Wait;
import lvc.core.wait.Wait.Look;

/** Does what was decided. Knows how, never whether. */
final class Hands {
    /** Longer than this between the last sign that the run is ours and an act, and the world is looked at again. */
    private static final Duration STALE = Duration.ofSeconds(2);
    /** For how long nobody must know a topic that nobody is known to have deleted. */
    private static final Duration GONE = Duration.ofSeconds(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Topics topics;
    private final Transforms transforms;
    private final Groups groups;
    private final Fence fence;
    private final Copying copying;
    private final Comparing comparing;
    private final Strays strays;
    private final Wait wait;
    private final Pause pause;

    Hands(
            Topics topics,
            Transforms transforms,
            Groups groups,
            Fence fence,
            Copying copying,
            Comparing comparing,
            Strays strays,
            Wait wait,
            Pause pause) {
        this.topics = topics;
        this.transforms = transforms;
        this.groups = groups;
        this.fence = fence;
        this.copying = copying;
        this.comparing = comparing;
        this.strays = strays;
        this.wait = wait;
        this.pause = pause;
    }

    /** The world has moved between the decision and the act: look and decide again. */
    static final class Moved extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Looks at all that decisions depend on. */
    Observation look(RunPlan plan) {
        String truth = plan.truth().name();
        String hot = plan.hot().name();
        Map<String, TopicState> found = topics.find(List.of(truth, hot));
        return new Observation(
                Optional.ofNullable(found.get(truth)),
                Optional.ofNullable(found.get(hot)),
                found.containsKey(truth) ? topics.ends(truth) : Map.of(),
                found.containsKey(hot) ? topics.ends(hot) : Map.of(),
                transforms.list().stream()
                        .filter(t -> t.uses(truth) || t.uses(hot))
                        .toList(),
                plan.fenced() ? fence.list() : List.of());
    }

    /**
     * Whether a topic that was not found is gone. A broker that has just started, or has not heard of all, answers that it
     * knows no such topic, and the next answer may be another broker's: so it is asked for again and again.
     *
     * @param topic with the id of the one that is meant
     */
    boolean isGone(TopicSeen topic) {
        Duration begun = pause.elapsed();
        while (pause.elapsed().minus(begun).compareTo(GONE) < 0) {
            pause.pause(BETWEEN_LOOKS);
            TopicState found = topics.find(List.of(topic.name())).get(topic.name());
            if (found != null) {
                return !found.id().equals(topic.id());
            }
        }
        return true;
    }

    /**
     * Does a step.
     *
     * @param seen what the step was decided on
     * @param alive writes to the journal that the run is alive; a fault when it is no longer ours
     * @throws Uncertain when it is not known whether a deploy was taken
     * @throws Moved when the world is not any more what the step was decided on
     */
    Outcome act(Step step, Position position, Observation seen, ForwardModule forward, Runnable alive)
            throws Uncertain, Moved {
        RunPlan plan = position.plan();
        if (step instanceof Step.RaiseFence) {
            demandOurs(alive);
            fence.raise(plan, () -> comparing.begin(position));
            return new Outcome.FenceHolds();
        }
        if (step instanceof Step.AwaitDrained drain) {
            return new Outcome.Drained(copying.awaitDrained(plan, drain.transform()));
        }
        if (step instanceof Step.TopUpTruth) {
            return new Outcome.TruthToppedUp(comparing.topUp(plan, () -> demandStillOurs(alive)));
        }
        if (step instanceof Step.Compare) {
            return comparing.compare(position);
        }
        if (step instanceof Step.RemoveTransform remove) {
            demandOurs(alive);
            transforms.delete(remove.transform());
            comparing.begin(position);
            copying.awaitGone(plan, remove.transform(), remove.output());
            return new Outcome.TransformGone(remove.transform());
        }
        if (step instanceof Step.DeleteHot delete) {
            return deleteHot(delete.topic(), plan, seen, alive);
        }
        if (step instanceof Step.CreateHot create) {
            demandOurs(alive);
            return createHot(plan.approach() == Approach.B ? create.topic().restoring() : create.topic());
        }
        if (step instanceof Step.ForgetOffsets forget) {
            for (String group : forget.groups()) {
                demandStillOurs(alive);
                groups.forget(group, plan.hot().name());
            }
            return new Outcome.OffsetsForgotten();
        }
        if (step instanceof Step.OpenFence) {
            demandOurs(alive);
            fence.lower(plan);
            return new Outcome.FenceOpened();
        }
        if (step instanceof Step.SaveStrays) {
            Strays.Copied copied =
                    strays.copy(plan.hot().name(), plan.truth().name(), Map.of(), () -> demandStillOurs(alive));
            return new Outcome.StraysSaved(
                    copied.records(), copied.ends(), topics.ends(plan.truth().name()), copied.newest());
        }
        if (step instanceof Step.SaveIntruders save) {
            Strays.Copied copied =
                    strays.copy(plan.hot().name(), plan.truth().name(), save.after(), () -> demandStillOurs(alive));
            return new Outcome.IntrudersSaved(copied.records(), copied.ends());
        }
        if (step instanceof Step.AwaitRestored restore) {
            return new Outcome.Restored(copying.awaitRestored(position, restore.transform()));
        }
        if (step instanceof Step.LowerFence) {
            demandOurs(alive);
            fence.lower(plan);
            return new Outcome.FenceLowered();
        }
        demandOurs(alive);
        return deploy(step, plan, forward);
    }

    /** Ends what goes on beside the steps. */
    void rest() {
        comparing.end();
    }

    /** Deletes a transform that is of no use to anybody, however it came to be there. */
    void takeBack(String transform) {
        transforms.delete(transform);
    }

    /** A process that slept while it asked for its run may have been given up for dead meanwhile. */
    private void demandOurs(Runnable alive) throws Moved {
        Duration asked = pause.elapsed();
        alive.run();
        if (pause.elapsed().minus(asked).compareTo(STALE) > 0) {
            throw new Moved();
        }
    }

    /**
     * The same before each of many acts of one step, of which a later one may come long after the step was begun: what
     * was read for it may be old by then, and lie behind something newer if it were written.
     */
    private void demandStillOurs(Runnable alive) {
        Duration asked;
        do {
            asked = pause.elapsed();
            alive.run();
        } while (pause.elapsed().minus(asked).compareTo(STALE) > 0);
    }

    private Outcome deploy(Step step, RunPlan plan, ForwardModule forward) throws Uncertain {
        if (step instanceof Step.DeployHolding holding) {
            transforms.deploy(
                    reverse(plan, holding.transform(), Module.holding()),
                    Module.holding().bytes());
            awaitListed(holding.transform());
            return new Outcome.HoldingDeployed(holding.transform());
        }
        if (step instanceof Step.DeployReverse reverse) {
            deployReverse(plan, reverse.transform());
            return new Outcome.ReverseDeployed(reverse.transform());
        }
        if (step instanceof Step.DeployForward deploy) {
            giveSettings(plan);
            Map<String, String> environment = new HashMap<>(forward.variables());
            environment.put(Module.MODULE_VARIABLE, forward.module().sha256());
            TransformSpec spec = new TransformSpec(
                    deploy.transform(),
                    plan.asCache().input().name(),
                    List.of(plan.asCache().output().name()),
                    environment,
                    plan.compression(),
                    Optional.of(deploy.start()));
            transforms.deploy(spec, forward.module().bytes());
            awaitRunning(spec, false);
            if (deploy.start().origin() == Origin.TIMESTAMP) {
                awaitCommitted(spec);
            }
            return new Outcome.ForwardDeployed(deploy.transform());
        }
        throw new IllegalStateException("nobody knows how to do " + step);
    }

    /** An update checks neither the fence nor where to start, as long as nothing was committed under the name. */
    private void deployReverse(RunPlan plan, String name) throws Uncertain {
        TransformSpec spec = reverse(plan, name, Module.identity());
        try {
            transforms.deploy(spec, Module.identity().bytes());
        } catch (Fault refused) {
            throw Fault.unfinished(
                            "reverse " + name + " got no module: the cluster refused to update it",
                            refused.why(),
                            "this cluster cannot restore under a fence; lvc recreate --abandon, then recreate with"
                                    + " --fence none --writers-stopped while nobody writes")
                    .causedBy(refused);
        }
        awaitRunning(spec, true);
    }

    private static TransformSpec reverse(RunPlan plan, String name, Module module) {
        return new TransformSpec(
                name,
                plan.truth().name(),
                List.of(plan.hot().name()),
                Map.of(Module.MODULE_VARIABLE, module.sha256()),
                "none",
                Optional.of(StartFrom.BEGINNING));
    }

    /** Deletes the very topic that was seen, if all that was proven of it still holds at this moment. */
    private Outcome deleteHot(TopicSeen topic, RunPlan plan, Observation seen, Runnable alive) throws Moved {
        Duration proven = pause.elapsed();
        alive.run();
        Observation now = look(plan);
        users(plan, now);
        boolean same = now.hot().map(TopicState::id).equals(Optional.of(topic.id()))
                && now.hotEnds().equals(seen.hotEnds())
                && now.fence().contains(topic.name()) == seen.fence().contains(topic.name())
                && (plan.approach() == Approach.A
                        ? Observation.starts(now.truthEnds()).equals(Observation.starts(seen.truthEnds()))
                        : now.truthEnds().equals(seen.truthEnds()));
        if (!same || pause.elapsed().minus(proven).compareTo(STALE) > 0) {
            throw new Moved();
        }
        topics.delete(now.hot().orElseThrow());
        return new Outcome.HotDeleted(topic.id());
    }

    /** The broker refuses to delete a topic in use, and does not say by whom. */
    private static void users(RunPlan plan, Observation seen) {
        List<String> users = seen.transforms().stream()
                .filter(t -> t.uses(plan.hot().name()))
                .map(TransformState::name)
                .toList();
        if (!users.isEmpty()) {
            throw Fault.refused(
                    "topic " + plan.hot().name() + " not deleted",
                    "it is still used by transform " + String.join(", ", users),
                    "lvc transform delete " + users.get(0) + ", then the same command again");
        }
    }

    private Outcome createHot(TopicSeen topic) {
        topics.create(topic.spec());
        TopicState created = Optional.ofNullable(
                        topics.find(List.of(topic.name())).get(topic.name()))
                .orElseThrow(() -> Fault.unreachable(
                        "topic " + topic.name() + " not created", "it was created, and is not there", "lvc status"));
        if (!topic.sameShape(created)) {
            throw Faults.otherHot(topic, created);
        }
        return new Outcome.HotCreated(created.id());
    }

    /** Everything is restored: from now on the hot topic is compacted as it was. */
    private void giveSettings(RunPlan plan) {
        TopicSeen hot = plan.hot();
        Optional<TopicState> found =
                Optional.ofNullable(topics.find(List.of(hot.name())).get(hot.name()));
        if (plan.approach() == Approach.B && found.isPresent()) {
            Set<String> added = new TreeSet<>(hot.onlyRestoring());
            added.retainAll(found.get().own());
            if (!added.isEmpty() || !hot.sameShape(found.get())) {
                // At once: without its retention, and not compacted yet, it would lose what is old.
                topics.alter(hot.name(), hot.settings(), added);
            }
        }
    }

    private void awaitListed(String name) {
        wait.until(
                "transform " + name + " is listed",
                "lvc transform list",
                () -> find(name).isPresent() ? Look.done() : Look.waiting("it is not listed yet"));
    }

    /**
     * Waits until it runs on every partition.
     *
     * @param updated whether a module that never ran was there before: what is listed as errored may be that one still
     */
    private void awaitRunning(TransformSpec spec, boolean updated) {
        String module = spec.environment().getOrDefault(Module.MODULE_VARIABLE, "");
        int partitions = topics.ends(spec.input()).size();
        wait.until("transform " + spec.name() + " runs", "lvc transform logs " + spec.name(), () -> {
            Optional<TransformState> state = find(spec.name());
            if (state.isEmpty()) {
                return Look.waiting("it is not listed yet");
            }
            if (!module.equals(state.get().environment().get(Module.MODULE_VARIABLE))) {
                return Look.waiting("it is still listed with its old module");
            }
            long errored = state.get().count(Status.ERRORED);
            if (errored > 0 && !updated) {
                throw Fault.failed(
                        "transform " + spec.name() + " does not run",
                        "its module failed on " + errored + " of " + partitions + " partitions",
                        "lvc transform logs " + spec.name());
            }
            long running = state.get().count(Status.RUNNING);
            return running == partitions
                    ? Look.done()
                    : Look.waiting(running + " of " + partitions + " partitions run");
        });
    }

    /** Where it starts is written down by the broker only with its first commit; until then a restart moves it. */
    private void awaitCommitted(TransformSpec spec) {
        int partitions = topics.ends(spec.input()).size();
        wait.until("transform " + spec.name() + " has written down where it starts", "lvc transform list", () -> {
            Set<Integer> rows = transforms.committed().stream()
                    .filter(row -> row.transform().equals(spec.name()))
                    .map(Committed::partition)
                    .collect(Collectors.toSet());
            return rows.size() == partitions
                    ? Look.done()
                    : Look.waiting(rows.size() + " of " + partitions + " partitions have a committed offset");
        });
    }

    private Optional<TransformState> find(String name) {
        return transforms.list().stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
