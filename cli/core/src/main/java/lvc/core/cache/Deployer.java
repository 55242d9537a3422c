package lvc.core.cache;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.port.Transforms.Uncertain;
import lvc.core.topic.Cache;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Status;
import lvc.core.wait.Wait;
import lvc.core.wait.Wait.Look;

/**
 * Deploys and deletes transforms so that the outcome is known. A name is used once: a start offset counts only for a
 * name that has never committed, and what an unclear attempt left behind must not be mistaken for the next one.
 */
public final class Deployer {
    private static final int ATTEMPTS = 3;
    /** Looks come every 100 ms: more than two commit intervals of 3 s. */
    private static final int LOOKS_TO_BELIEVE = 70;

    private final Topics topics;
    private final Transforms transforms;
    private final Wait wait;
    private final Supplier<String> runIds;
    private final Consumer<Event> events;

    public Deployer(Topics topics, Transforms transforms, Wait wait, Supplier<String> runIds, Consumer<Event> events) {
        this.topics = topics;
        this.transforms = transforms;
        this.wait = wait;
        this.runIds = runIds;
        this.events = events;
    }

    /** Deploys the forward transform of a cache under a fresh name and waits until it runs on every partition. */
    public void deploy(Cache cache, Module module, StartFrom start) {
        TransformSpec wanted = new TransformSpec(
                cache.transform(),
                cache.input().name(),
                List.of(cache.output().name()),
                Map.of(Module.MODULE_VARIABLE, module.sha256()),
                "none",
                Optional.of(start));
        for (int attempt = 1; ; attempt++) {
            TransformSpec named = wanted.named(cache.transform() + "-" + runIds.get());
            try {
                deployAs(named, module, false);
                return;
            } catch (Uncertain e) {
                events.accept(new Event.DeployRepeated(named.name(), String.valueOf(e.getMessage())));
                delete(named.name());
                if (attempt == ATTEMPTS) {
                    throw Fault.unreachable(
                                    "transform " + named.name() + " not deployed",
                                    "the cluster left it open " + ATTEMPTS + " times whether it took it: "
                                            + e.getMessage(),
                                    "lvc status, then the same command again")
                            .causedBy(e);
                }
            }
        }
    }

    /**
     * Deploys a transform under exactly this name, which may be in use already, and waits until it runs.
     *
     * @throws Fault UNREACHABLE when the cluster leaves open whether it took it; what is there is left as it is
     */
    public void deployOnce(TransformSpec transform, Module module) {
        Map<String, String> environment = new TreeMap<>(transform.environment());
        environment.put(Module.MODULE_VARIABLE, module.sha256());
        try {
            deployAs(transform.with(environment), module, find(transform.name()).isPresent());
        } catch (Uncertain e) {
            throw Fault.unreachable(
                            "not known whether transform " + transform.name() + " was deployed",
                            String.valueOf(e.getMessage()),
                            "lvc transform list; where it hangs, delete it and deploy it again")
                    .causedBy(e);
        }
    }

    /**
     * Deploys a transform under exactly this name and waits until it runs on every partition.
     *
     * @throws Uncertain when the cluster may or may not have taken it
     * @throws Fault FAILED when it does not come up
     */
    private void deployAs(TransformSpec transform, Module module, boolean replaced) throws Uncertain {
        transforms.deploy(transform, module.bytes());
        awaitRunning(transform, replaced);
        events.accept(new Event.TransformDeployed(transform, module.sha256()));
    }

    /** Deletes a transform and waits until a successful list lacks it. */
    public void delete(String name) {
        transforms.delete(name);
        wait.until(
                "transform " + name + " is gone",
                "lvc transform list",
                () -> transforms.list().stream().anyMatch(t -> t.name().equals(name))
                        ? Look.waiting("it is still listed")
                        : Look.done());
        events.accept(new Event.TransformDeleted(name));
    }

    private Optional<TransformState> find(String name) {
        return transforms.list().stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /**
     * Waits until it runs on every partition.
     *
     * @param replaced whether the rows may still be those of its predecessor. Every processor of a redeployed transform
     *     starts anew and is inactive for a commit interval (3 s by default): a row that runs is believed when one that
     *     does not was seen before it, or when it has run for more than twice that time
     */
    private void awaitRunning(TransformSpec transform, boolean replaced) {
        int[] looksToBelieve = {replaced ? LOOKS_TO_BELIEVE : 0};
        int partitions = topics.ends(transform.input()).size();
        String name = transform.name();
        wait.until("transform " + name + " runs", "lvc transform logs " + name, () -> {
            Optional<TransformState> state = find(name);
            if (state.isEmpty()) {
                return Look.waiting("it is not listed yet");
            }
            if (state.get().count(Status.ERRORED) > 0) {
                throw Fault.failed(
                        "transform " + name + " does not run",
                        "its module failed on " + state.get().count(Status.ERRORED) + " of " + partitions
                                + " partitions; the broker keeps trying",
                        "lvc transform logs " + name + ", and to remove it: lvc transform delete " + name);
            }
            long running = state.get().count(Status.RUNNING);
            if (running < partitions || state.get().rows().size() < partitions) {
                looksToBelieve[0] = 0;
                return Look.waiting(running + " of " + partitions + " partitions run");
            }
            return looksToBelieve[0]-- > 0 ? Look.waiting("its predecessor may still run") : Look.done();
        });
    }
}
