package lvc.core.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes values for keys of its own and remembers what was acknowledged. A write that is refused is tried again and again.
 * Its clock is off. What the fence cannot stop it also has: a write under way that passed the check before, and a
 * transaction that is committed after.
 */
public final class SimulatedWriter {
    private static final int BETWEEN_TRIES_MS = 100;

    /** What the cluster has acknowledged last for each key; absent for a delete. */
    public final Map<String, Optional<String>> acknowledged = new TreeMap<>();
    /** Whether it begins no new writes. */
    public boolean stopped;
    /** Whether it uses transactions now and then. */
    public boolean transactions = true;

    private final SimulatedWorld world;
    private final String name;
    private final String topic;
    private final List<String> keys;
    private final long clockOffMs;
    private final int everyMs;
    private final List<Write> batch = new ArrayList<>();
    private long nextMs;
    private int values;
    /** Whether something is under way that time will end. */
    private boolean busy;

    private record Write(String key, @Nullable String value) {}

    /**
     * A writer.
     *
     * @param keys each with the number of its partition behind a slash, as in {@code k1/0}
     */
    public SimulatedWriter(
            SimulatedWorld world, String name, String topic, List<String> keys, long clockOffMs, int everyMs) {
        this.world = world;
        this.name = name;
        this.topic = topic;
        this.keys = List.copyOf(keys);
        this.clockOffMs = clockOffMs;
        this.everyMs = everyMs;
    }

    /** Whether nothing is under way. */
    public boolean idle() {
        return batch.isEmpty();
    }

    /** Writes at once, whatever the fence says only if it says nothing; whether it was acknowledged. */
    public boolean write(String key, @Nullable String value) {
        if (!accepted(key)) {
            return false;
        }
        append(new Write(key, value));
        acknowledged.put(key, Optional.ofNullable(value));
        return true;
    }

    /** Writes in a transaction that stays open until what is returned is run; it says whether it was acknowledged. */
    public java.util.function.BooleanSupplier writeOpen(String key, String value) {
        Write write = new Write(key, value);
        String id = world.topics.id(topic);
        Map<Integer, Set<Long>> written = begin(List.of(write));
        return () -> end(List.of(write), id, written, true);
    }

    void step() {
        if (busy || world.elapsed().toMillis() < nextMs) {
            return;
        }
        if (batch.isEmpty()) {
            if (stopped) {
                return;
            }
            think();
        }
        nextMs = world.elapsed().toMillis() + BETWEEN_TRIES_MS / 2 + world.dice(BETWEEN_TRIES_MS);
        if (batch.stream().allMatch(write -> accepted(write.key()))) {
            send();
        }
    }

    private void think() {
        int count = transactions && world.dice(5) == 0 ? 1 + world.dice(3) : 1;
        for (int i = 0; i < count; i++) {
            String value = name + "-" + ++values;
            int kind = world.dice(20);
            batch.add(new Write(keys.get(world.dice(keys.size())), kind < 3 ? null : kind == 3 ? "" : value));
        }
    }

    private void send() {
        String id = world.topics.id(topic);
        int kind = world.dice(10);
        if (batch.size() > 1 || (transactions && kind == 0)) {
            Map<Integer, Set<Long>> written = begin(batch);
            boolean commit = world.dice(4) != 0;
            busy = true;
            world.in(50 + world.dice(800), () -> {
                busy = false;
                if (end(batch, id, written, commit)) {
                    done();
                }
            });
        } else if (kind < 3) {
            busy = true;
            world.in(world.dice(150), () -> {
                busy = false;
                if (world.topics.idIfThere(topic).equals(Optional.of(id))) {
                    append(batch.get(0));
                    acknowledge(batch);
                    done();
                }
            });
        } else {
            append(batch.get(0));
            acknowledge(batch);
            done();
        }
    }

    private void done() {
        batch.clear();
        nextMs = world.elapsed().toMillis() + everyMs / 2 + world.dice(everyMs);
    }

    private boolean accepted(String key) {
        return world.topics.exists(topic)
                && partition(key) < world.topics.partitions(topic)
                && !world.cluster
                        .fenced(world.topics.leader(topic, partition(key)))
                        .contains(topic);
    }

    private Map<Integer, Set<Long>> begin(List<Write> writes) {
        Map<Integer, Set<Long>> written = new HashMap<>();
        for (Write write : writes) {
            int partition = partition(write.key());
            long offset = append(write);
            world.topics.log(topic, partition).opens(offset);
            written.computeIfAbsent(partition, p -> new HashSet<>()).add(offset);
        }
        world.tell(name + " opens a transaction: " + writes);
        return written;
    }

    /** Ends a transaction; whether the writes are done with: acknowledged, or given up. */
    private boolean end(List<Write> writes, String id, Map<Integer, Set<Long>> written, boolean commit) {
        if (!world.topics.idIfThere(topic).equals(Optional.of(id))) {
            return false;
        }
        written.forEach(
                (partition, offsets) -> world.topics.log(topic, partition).ends(offsets, commit));
        if (commit) {
            acknowledge(writes);
        } else {
            world.tell(name + " aborts");
        }
        return true;
    }

    private void acknowledge(List<Write> writes) {
        world.tell(name + " has acknowledged: " + writes);
        writes.forEach(write -> acknowledged.put(write.key(), Optional.ofNullable(write.value())));
    }

    private long append(Write write) {
        String value = write.value();
        return world.topics
                .log(topic, partition(write.key()))
                .append(
                        write.key().getBytes(StandardCharsets.UTF_8),
                        value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                        List.of(),
                        world.clock() + clockOffMs,
                        false);
    }

    private static int partition(String key) {
        return Integer.parseInt(key.substring(key.indexOf('/') + 1));
    }
}
