package lvc.core.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState.Row;
import lvc.core.transform.TransformState.Status;

/** A deployed transform: what the leader of the cluster knows, and its processors on the brokers. */
final class SimulatedTransform {
    final Map<Integer, Long> committed = new TreeMap<>();
    final Map<Integer, Integer> failures = new HashMap<>();
    TransformSpec spec;
    boolean holding;
    boolean broken;
    long deployedAt;

    private final SimulatedWorld world;
    private final Map<Integer, SimulatedProcessor> processors = new TreeMap<>();
    /** From when on a broker knows of the newest deploy. */
    private final Map<Integer, Long> known = new HashMap<>();

    private boolean paused;

    SimulatedTransform(SimulatedWorld world, TransformSpec spec, boolean holding) {
        this.world = world;
        this.spec = spec;
        this.deployedAt = world.clock();
        update(spec, holding);
    }

    /** The same name again: what was committed stays and counts, whatever the start says. */
    void update(TransformSpec newer, boolean held) {
        if (committed.isEmpty()) {
            deployedAt = world.clock();
        }
        spec = newer;
        holding = held;
        broken = false;
        paused = false;
        for (int node = 0; node < world.cluster.brokers(); node++) {
            long at = world.clock() + 1 + world.cluster.delay(node);
            known.put(node, at);
        }
        world.tell("transform " + spec.name() + " updated" + (held ? ", holding" : ""));
        new TreeMap<>(processors)
                .forEach((partition, processor) ->
                        world.in(Math.max(0, known.getOrDefault(processor.node, 0L) - world.clock()), () -> {
                            if (processors.remove(partition, processor)) {
                                processor.stops(false);
                                failures.clear();
                            }
                        }));
    }

    Collection<SimulatedProcessor> processors() {
        return List.copyOf(processors.values());
    }

    void pause(boolean stop) {
        paused = stop;
        if (stop) {
            processors.values().forEach(processor -> processor.stops(true));
            processors.clear();
        }
    }

    void crash() {
        processors.values().forEach(processor -> processor.stops(false));
        processors.clear();
    }

    void step() {
        if (!world.topics.exists(spec.input())) {
            return;
        }
        for (int p = 0; p < world.topics.partitions(spec.input()); p++) {
            int leader = world.topics.leader(spec.input(), p);
            SimulatedProcessor processor = processors.get(p);
            if (processor != null && processor.node != leader) {
                processors.remove(p);
                processor.stops(world.dice(2) == 0);
                world.transforms.dies(processor, world.dice(100));
                paused = false;
                processor = null;
            }
            if (processor == null && !paused && known.getOrDefault(leader, 0L) <= world.clock()) {
                processor = new SimulatedProcessor(world, this, p, leader);
                processors.put(p, processor);
            }
            if (processor != null) {
                processor.step();
            }
        }
    }

    Row row(int partition) {
        SimulatedProcessor processor = processors.get(partition);
        return processor == null
                ? new Row(0, partition, paused ? Status.INACTIVE : Status.UNKNOWN, 0)
                : new Row(processor.node, partition, processor.status, processor.lag);
    }
}
