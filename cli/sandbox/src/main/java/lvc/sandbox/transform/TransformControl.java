package lvc.sandbox.transform;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the Admin API asks of the transform engine. Everything it answers may be as stale as Redpanda's own answer. */
public interface TransformControl {

    /**
     * Deploys a module, or a new version of it under a name that exists.
     *
     * @throws Refused with the HTTP status and the text that Redpanda sends
     */
    void deploy(Deployment deployment, byte[] module) throws Refused;

    /** Deletes a transform; nothing happens when there is none. Processors stop a moment later: this is no barrier. */
    void delete(String name);

    /** Changes environment, pause or compression of a transform. */
    void update(String name, Change change) throws Refused;

    /** Every transform whose input topic exists, with one status row per input partition. */
    List<Report> list();

    /** What was committed, one row per transform and partition; rows of deleted transforms have an empty name. */
    List<Committed> committed(boolean showUnknown);

    /** Forgets the committed offsets of transforms that are gone. */
    void collectGarbage();

    /** The probes that exist at this moment; a transform without processors has none. */
    List<Probe> probes();

    /** A transform, paused or not, that reads or writes this topic. */
    Optional<String> userOf(String topic);

    /**
     * Says that the leadership of an input partition moved away and came back: its processors stop and start again
     * from what was committed, those of paused transforms too, because Redpanda does not look at the pause here.
     */
    default void leaderMoved(String topic, int partition) {}

    /**
     * A transform as a client wants it.
     *
     * @param offset where the first processor of a new name starts; absent means "from the time of the deploy"
     */
    record Deployment(
            String name,
            String input,
            List<String> outputs,
            Map<String, String> environment,
            String compression,
            Optional<StartOffset> offset) {}

    /**
     * Where to begin.
     *
     * @param format from_start, from_end or timestamp
     * @param value records or milliseconds, at least 0
     */
    record StartOffset(String format, long value) {}

    /** A partial update; what is absent stays. */
    record Change(Optional<Map<String, String>> environment, Optional<Boolean> paused, Optional<String> compression) {}

    /** One entry of the listing. */
    record Report(
            String name,
            String input,
            List<String> outputs,
            List<Row> status,
            Map<String, String> environment,
            String compression) {}

    /**
     * What is known of one input partition.
     *
     * @param status running, inactive, errored or unknown
     * @param lag as it was reported last
     */
    record Row(int node, int partition, String status, long lag) {}

    /**
     * How far a transform has come in one input partition.
     *
     * @param offset last processed input offset; {@code Long.MIN_VALUE} when nothing before offset 0 was processed
     */
    record Committed(String transform, int partition, long offset) {}

    /** The numbers behind the metrics of one transform on this broker. */
    record Probe(
            String transform,
            List<String> outputs,
            long readBytes,
            long failures,
            long executionErrors,
            Map<String, Long> lag,
            Map<String, Long> writeBytes,
            Map<String, Long> state,
            long records,
            double cpuSeconds,
            long memoryBytes,
            long maxMemoryBytes) {}

    /** The engine said no. */
    final class Refused extends Exception {
        private final int status;

        public Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        /** HTTP status of the answer. */
        public int status() {
            return status;
        }
    }
}
