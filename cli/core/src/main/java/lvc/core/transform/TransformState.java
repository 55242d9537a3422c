package lvc.core.transform;

import java.util.List;
import java.util.Map;

/**
 * A transform as the cluster lists it. Everything here may be stale; nothing here proves that it has caught up.
 *
 * @param rows one per input partition
 */
public record TransformState(
        String name,
        String input,
        List<String> outputs,
        Map<String, String> environment,
        String compression,
        List<Row> rows) {

    /** How one partition of a transform stands. */
    public enum Status {
        RUNNING,
        INACTIVE,
        ERRORED,
        UNKNOWN
    }

    /**
     * One input partition.
     *
     * @param lag offsets between the last processed one and the end, as last computed; means nothing unless running
     */
    public record Row(int node, int partition, Status status, long lag) {}

    public TransformState {
        outputs = List.copyOf(outputs);
        environment = Map.copyOf(environment);
        rows = List.copyOf(rows);
    }

    /** Whether this is its input topic. */
    public boolean reads(String topic) {
        return input.equals(topic);
    }

    /** Whether this is its one output topic. */
    public boolean writesOnly(String topic) {
        return outputs.equals(List.of(topic));
    }

    /** Whether it reads or writes the topic. */
    public boolean uses(String topic) {
        return reads(topic) || outputs.contains(topic);
    }

    /** Partitions in a state. */
    public long count(Status status) {
        return rows.stream().filter(row -> row.status() == status).count();
    }

    /** Whether there are rows and all of them run. */
    public boolean runsEverywhere() {
        return !rows.isEmpty() && count(Status.RUNNING) == rows.size();
    }
}
