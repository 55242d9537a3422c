package lvc.core.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lvc.core.port.Cluster;
import lvc.core.report.ClusterOverview;

/**
 * Brokers and their configuration. A change is taken by the leader of the cluster and reaches the others one by one;
 * broker 0 answers what is asked, with what it knows.
 */
public final class SimulatedCluster implements Cluster {
    public static final String NOPRODUCE = "kafka_noproduce_topics";

    /** Longest time in milliseconds until a broker has a change. */
    public int slowestMs = 300;

    private final SimulatedWorld world;
    private final int brokers;
    private final int leader;
    /** Every version of the configuration there was. */
    private final List<Map<String, String>> versions = new ArrayList<>();

    private final Map<Integer, Integer> applied = new TreeMap<>();

    SimulatedCluster(SimulatedWorld world, int brokers, long commitIntervalMs) {
        this.world = world;
        this.brokers = brokers;
        this.leader = world.random.nextInt(brokers);
        versions.add(Map.of(
                NOPRODUCE,
                "",
                "kafka_nodelete_topics",
                "",
                "data_transforms_commit_interval_ms",
                Long.toString(commitIntervalMs)));
        IntStream.range(0, brokers).forEach(node -> applied.put(node, 0));
    }

    int brokers() {
        return brokers;
    }

    /** How long it takes until a broker has something that the leader has. */
    long delay(int node) {
        return node == leader ? 0 : world.dice(Math.max(1, slowestMs));
    }

    /** The topics that are fenced in the eyes of a broker. */
    public List<String> fenced(int node) {
        return list(versions.get(applied.get(node)));
    }

    /** The topics that are fenced in the eyes of the leader: no new transform may write to them. */
    public List<String> fenced() {
        return list(versions.get(versions.size() - 1));
    }

    /** Somebody sets a property, or takes it away. */
    public void somebodySets(String name, Optional<String> value) {
        world.tell("somebody sets " + name + " to " + value);
        change(name, value);
    }

    private static List<String> list(Map<String, String> settings) {
        return Stream.of(settings.getOrDefault(NOPRODUCE, "").split(","))
                .filter(topic -> !topic.isBlank())
                .toList();
    }

    private long change(String name, Optional<String> value) {
        Map<String, String> newest = versions.get(versions.size() - 1);
        if (!Optional.ofNullable(newest.get(name)).equals(value)) {
            Map<String, String> next = new HashMap<>(newest);
            next.remove(name);
            value.ifPresent(text -> next.put(name, text));
            versions.add(next);
            int version = versions.size() - 1;
            applied.keySet().forEach(node -> {
                if (node == leader) {
                    applied.put(node, version);
                } else {
                    world.in(1 + delay(node), () -> applied.merge(node, version, Math::max));
                }
            });
        }
        return versions.size() - 1L;
    }

    @Override
    public ClusterOverview overview() {
        return world.ask(
                "overview",
                () -> new ClusterOverview(
                        "simulated", "v0", IntStream.range(0, brokers).boxed().toList(), List.of()));
    }

    @Override
    public Optional<String> setting(String name) {
        return world.ask(
                "setting",
                () -> Optional.ofNullable(versions.get(applied.get(0)).get(name)));
    }

    @Override
    public long set(String name, List<String> values) {
        return world.order("set", () -> {
            world.tell("lvc sets " + name + " to " + values);
            return change(name, Optional.of(String.join(",", values)));
        });
    }

    @Override
    public Map<Integer, Long> configVersions() {
        return world.ask("configVersions", () -> {
            Map<Integer, Long> all = new TreeMap<>();
            applied.forEach((node, version) -> all.put(node, (long) version));
            return all;
        });
    }
}
