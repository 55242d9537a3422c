package lvc.core.fake;

import java.util.List;
import lvc.core.record.StoredRecord;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformState.Status;

/** One partition of a transform on the broker that leads it. */
final class SimulatedProcessor {
    private static final long BACKOFF_MS = 1000;

    final SimulatedTransform transform;
    final int node;
    Status status = Status.INACTIVE;
    long lag;

    private final SimulatedWorld world;
    private final int partition;
    private final boolean holding;
    private long startsAt;
    private long commitsAt;
    private long processed = -1;
    private String output = "";

    SimulatedProcessor(SimulatedWorld world, SimulatedTransform transform, int partition, int node) {
        this.world = world;
        this.transform = transform;
        this.partition = partition;
        this.node = node;
        this.holding = transform.holding;
        this.startsAt = world.clock() + world.transforms.commitMs() + world.dice(50);
    }

    boolean runs() {
        return status == Status.RUNNING;
    }

    void step() {
        if (!world.topics.exists(transform.spec.input())) {
            return;
        }
        if (status != Status.RUNNING) {
            if (world.clock() >= startsAt) {
                start();
            }
            return;
        }
        if (world.clock() >= commitsAt) {
            commit();
        }
        if (transform.broken || !world.topics.exists(transform.spec.outputs().get(0))) {
            fails();
        } else if (world.dice(3) != 0) {
            copy(world.transforms.atOnce);
        }
    }

    private void start() {
        if (holding || transform.broken) {
            status = status == Status.ERRORED ? Status.INACTIVE : Status.ERRORED;
            transform.failures.merge(node, 1, Integer::sum);
            startsAt = world.clock() + BACKOFF_MS;
            return;
        }
        status = Status.RUNNING;
        output = world.topics.idIfThere(transform.spec.outputs().get(0)).orElse("");
        Long before = transform.committed.get(partition);
        processed = before == null ? resolve() - 1 : before;
        commitsAt = world.clock() + world.dice((int) world.transforms.commitMs());
        if (before != null) {
            lag = end() - 1 - processed;
        }
    }

    /** The first offset to read; counting from the end takes offset 0 of an empty partition for processed. */
    private long resolve() {
        SimulatedLog log = world.topics.log(transform.spec.input(), partition);
        StartFrom start =
                transform.spec.start().orElse(new StartFrom(StartFrom.Origin.TIMESTAMP, transform.deployedAt));
        return switch (start.origin()) {
            case START -> Math.min(start.value(), end());
            case END -> Math.max(end() - 1 - start.value(), 0) + 1;
            case TIMESTAMP -> log.since(start.value()) < 0 ? end() : log.since(start.value());
        };
    }

    private long end() {
        return world.topics.log(transform.spec.input(), partition).ends().lastStable();
    }

    private void copy(int most) {
        List<StoredRecord> some =
                world.topics.log(transform.spec.input(), partition).read(processed + 1, most);
        if (some.isEmpty()) {
            return;
        }
        write(some);
        processed = some.get(some.size() - 1).offset();
        lag = end() - 1 - processed;
    }

    private void write(List<StoredRecord> some) {
        String topic = transform.spec.outputs().get(0);
        for (StoredRecord record : some) {
            world.topics
                    .log(topic, partition % world.topics.partitions(topic))
                    .append(record.key(), record.value(), record.headers(), world.clock(), true);
        }
    }

    /** A batch that was under way lands after the processor has stopped. */
    void writesLate() {
        String topic = transform.spec.outputs().get(0);
        if (world.topics.exists(transform.spec.input())
                && world.topics.idIfThere(topic).filter(output::equals).isPresent()) {
            List<StoredRecord> some =
                    world.topics.log(transform.spec.input(), partition).read(Math.max(0, processed - 1), 2);
            if (!some.isEmpty()) {
                world.tell("a late write of " + transform.spec.name() + ": " + some.size() + " records");
                write(some);
            }
        }
    }

    private void commit() {
        transform.committed.put(partition, processed);
        commitsAt = world.clock() + world.transforms.commitMs();
    }

    private void fails() {
        transform.failures.merge(node, 1, Integer::sum);
        status = Status.ERRORED;
        lag = 0;
        startsAt = world.clock() + BACKOFF_MS;
    }

    /** It stops; what it has processed since its last commit is repeated by its successor unless it is flushed. */
    void stops(boolean flushed) {
        if (flushed && status == Status.RUNNING) {
            commit();
        }
        lag = 0;
    }
}
