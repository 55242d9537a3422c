package lvc.core.fake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.fault.Fault;
import lvc.core.metric.Scrape;
import lvc.core.metric.Series;
import lvc.core.port.Lag;
import lvc.core.port.Transforms;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Row;
import lvc.core.transform.TransformState.Status;

/**
 * Transforms that advance with virtual time. A deploy is known to the leader of the cluster at once and to the brokers
 * later; a delete is no barrier: processors go on for a while, and a write may come in after their last sign of life.
 */
public final class SimulatedTransforms implements Transforms, Lag {
    private static final byte[] HOLDING = Module.holding().bytes();

    /** Longest time in commit intervals that a deleted transform goes on. */
    public double lingers = 1;
    /** Whether a write may come in after the last sign of life of a processor. */
    public boolean writesLate = true;
    /** How many records a processor copies at once. */
    public int atOnce = 8;

    private final SimulatedWorld world;
    private final long commitMs;
    private final Map<String, SimulatedTransform> table = new LinkedHashMap<>();
    /** Of deleted transforms and of partitions that moved: they still run. */
    private final List<SimulatedProcessor> dying = new ArrayList<>();

    SimulatedTransforms(SimulatedWorld world, long commitMs) {
        this.world = world;
        this.commitMs = commitMs;
    }

    long commitMs() {
        return commitMs;
    }

    boolean uses(String topic) {
        return table.values().stream()
                .anyMatch(t -> t.spec.input().equals(topic) || t.spec.outputs().contains(topic));
    }

    /** The names of all transforms. */
    public List<String> names() {
        return List.copyOf(table.keySet());
    }

    /** Where a transform started, as its first deploy said. */
    public Optional<StartFrom> start(String name) {
        return Optional.ofNullable(table.get(name)).flatMap(t -> t.spec.start());
    }

    /** Its module breaks on the next record, for good. */
    public void breaks(String name) {
        world.tell("transform " + name + " breaks");
        SimulatedTransform broken = table.get(name);
        if (broken != null) {
            broken.broken = true;
        }
    }

    void step() {
        table.values().forEach(SimulatedTransform::step);
        List.copyOf(dying).forEach(SimulatedProcessor::step);
    }

    /** A processor that must stop does so in a moment, and perhaps writes once more after that. */
    void dies(SimulatedProcessor processor, long delayMs) {
        if (!processor.runs()) {
            return;
        }
        dying.add(processor);
        world.in(delayMs, () -> {
            dying.remove(processor);
            if (writesLate && world.dice(3) == 0) {
                world.in(world.dice((int) (commitMs / 2)), processor::writesLate);
            }
        });
    }

    /** The brokers that run the transforms of a topic die, and come back at once: nothing is committed any more. */
    public void crash(String input) {
        world.tell("brokers of " + input + " crash");
        table.values().stream()
                .filter(transform -> transform.spec.input().equals(input))
                .forEach(SimulatedTransform::crash);
    }

    @Override
    public List<TransformState> list() {
        return world.ask("list", () -> {
            List<TransformState> all = new ArrayList<>();
            for (SimulatedTransform t : table.values()) {
                if (world.topics.exists(t.spec.input())) {
                    List<Row> rows = new ArrayList<>();
                    for (int p = 0; p < world.topics.partitions(t.spec.input()); p++) {
                        rows.add(t.row(p));
                    }
                    all.add(new TransformState(
                            t.spec.name(),
                            t.spec.input(),
                            t.spec.outputs(),
                            t.spec.environment(),
                            t.spec.compression(),
                            rows));
                }
            }
            return all;
        });
    }

    @Override
    public void deploy(TransformSpec spec, byte[] module) throws Uncertain {
        Trouble.Deploy fate = world.trouble.deploy();
        if (fate == Trouble.Deploy.LOST || fate == Trouble.Deploy.LATE) {
            world.advance(1000);
            if (fate == Trouble.Deploy.LATE) {
                world.in(world.dice((int) commitMs), () -> accept(spec, module).ifPresent(refused -> {}));
            }
            throw new Uncertain("504");
        }
        Optional<String> refused = world.order("deploy", () -> accept(spec, module));
        if (refused.isPresent()) {
            throw Fault.failed("transform " + spec.name() + " not deployed", refused.get(), "look");
        }
        if (fate == Trouble.Deploy.UNANSWERED) {
            throw new Uncertain("504");
        }
    }

    /** Deploys for somebody else than lvc. */
    public void somebodyDeploys(TransformSpec spec) {
        accept(spec, Module.identity().bytes()).ifPresent(refused -> {
            throw new IllegalArgumentException(refused);
        });
    }

    /** An update looks at the topics only; a new name at the fence, too, and at what goes in a circle. */
    private Optional<String> accept(TransformSpec spec, byte[] module) {
        boolean holding = Arrays.equals(module, HOLDING);
        SimulatedTransform there = table.get(spec.name());
        if (there != null) {
            if (!there.spec.input().equals(spec.input())
                    || !there.spec.outputs().equals(spec.outputs())) {
                return Optional.of("Invalid update to transform, topic configuration cannot change");
            }
            there.update(spec, holding);
            return Optional.empty();
        }
        String output = spec.outputs().get(0);
        if (!world.topics.exists(spec.input()) || !world.topics.exists(output)) {
            return Optional.of("Topic does not exists");
        }
        if (world.cluster.fenced().contains(output)) {
            return Optional.of("Invalid create transform configuration: " + output + " is fenced");
        }
        if (table.values().stream()
                .anyMatch(t -> t.spec.input().equals(output) && t.spec.outputs().contains(spec.input()))) {
            return Optional.of("Invalid create transform configuration: a cycle");
        }
        world.tell("transform " + spec.name() + " deployed from " + spec.input() + " to " + output + " "
                + spec.start().map(StartFrom::toString).orElse("from now") + (holding ? ", holding" : ""));
        table.put(spec.name(), new SimulatedTransform(world, spec, holding));
        return Optional.empty();
    }

    @Override
    public void delete(String name) {
        world.order("deleteTransform", () -> {
            somebodyDeletes(name);
            return true;
        });
    }

    /** Deletes one for somebody else than lvc. */
    public void somebodyDeletes(String name) {
        SimulatedTransform gone = table.remove(name);
        if (gone != null) {
            world.tell("transform " + name + " deleted");
            gone.processors()
                    .forEach(processor -> dies(processor, world.dice(Math.max(1, (int) (lingers * commitMs)))));
        }
    }

    @Override
    public void pause(String name, boolean paused) {
        world.tell("transform " + name + (paused ? " paused" : " resumed"));
        SimulatedTransform found = table.get(name);
        if (found != null) {
            found.pause(paused);
        }
    }

    /** Where nothing is committed before offset 0 the API prints 0. */
    @Override
    public List<Committed> committed() {
        return world.ask("committed", () -> table.values().stream()
                .flatMap(t -> t.committed.entrySet().stream()
                        .map(each -> new Committed(t.spec.name(), each.getKey(), (int) Math.max(0, each.getValue()))))
                .toList());
    }

    @Override
    public List<Scrape> scrape() {
        List<Scrape> honest = world.ask("scrape", () -> {
            Map<Integer, Map<String, List<SimulatedProcessor>>> nodes = new TreeMap<>();
            for (int node = 0; node < world.cluster.brokers(); node++) {
                nodes.put(node, new HashMap<>());
            }
            List<SimulatedProcessor> all = new ArrayList<>(dying);
            table.values().forEach(t -> all.addAll(t.processors()));
            all.forEach(processor -> nodes.get(processor.node)
                    .computeIfAbsent(processor.transform.spec.name(), name -> new ArrayList<>())
                    .add(processor));
            List<Scrape> scrapes = new ArrayList<>();
            nodes.forEach((node, names) -> {
                List<Series> series = new ArrayList<>();
                names.forEach((name, processors) -> series.addAll(series(name, node, processors)));
                scrapes.add(new Scrape.Answered(node, series));
            });
            return scrapes;
        });
        return world.trouble.scrape(honest);
    }

    private static List<Series> series(String name, int node, List<SimulatedProcessor> processors) {
        SimulatedTransform transform = processors.get(0).transform;
        List<Series> series = new ArrayList<>();
        series.add(new Series(
                "redpanda_transform_lag",
                Map.of(
                        "function_name",
                        name,
                        "output_topic",
                        transform.spec.outputs().get(0)),
                processors.stream().mapToLong(each -> each.lag).sum()));
        for (Status status : List.of(Status.RUNNING, Status.INACTIVE, Status.ERRORED)) {
            series.add(new Series(
                    "redpanda_transform_state",
                    Map.of("function_name", name, "state", status.name().toLowerCase(java.util.Locale.ROOT)),
                    processors.stream().filter(each -> each.status == status).count()));
        }
        series.add(new Series(
                "redpanda_transform_failures",
                Map.of("function_name", name),
                transform.failures.getOrDefault(node, 0)));
        return series;
    }

    /** Whether a running transform has copied all of its input and committed that. */
    public boolean caughtUp(String name) {
        SimulatedTransform found = table.get(name);
        if (found == null) {
            return false;
        }
        for (int p = 0; p < world.topics.partitions(found.spec.input()); p++) {
            Ends ends = world.topics.log(found.spec.input(), p).ends();
            long done = found.committed.getOrDefault(p, -2L);
            if (done == -2
                    || !world.topics
                            .log(found.spec.input(), p)
                            .read(done + 1, ends.lastStable())
                            .isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
