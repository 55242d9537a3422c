package lvc.sandbox.transform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import lvc.sandbox.transform.TransformControl.Probe;

/**
 * What is counted for a transform since its processors were created; shared by all of them. The lag is a sum of
 * differences that the processors report when it suits them, so it is as old as the last report, and a partition that
 * is ahead of itself hides another that is behind. (Redpanda source, transform/probe.cc)
 */
final class TransformNumbers {

    final LongAdder readBytes = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder executionErrors = new LongAdder();
    final LongAdder records = new LongAdder();
    final LongAdder cpuNanos = new LongAdder();

    private final AtomicLongArray lag;
    private final AtomicLongArray writeBytes;
    private final AtomicInteger users = new AtomicInteger();

    TransformNumbers(int outputs) {
        lag = new AtomicLongArray(outputs);
        writeBytes = new AtomicLongArray(outputs);
    }

    void lagMoved(int output, long difference) {
        lag.addAndGet(output, difference);
    }

    void wrote(int output, long bytes) {
        writeBytes.addAndGet(output, bytes);
    }

    /** A processor exists, or is being created. */
    void enter() {
        users.incrementAndGet();
    }

    void leave() {
        users.decrementAndGet();
    }

    /** Whether there is a processor; without one, the series are not there either. */
    boolean visible() {
        return users.get() > 0;
    }

    Probe probe(Transform transform, Map<Status, Long> states, long memoryBytes, long memoryLimit) {
        List<String> outputs = transform.outputs();
        Map<String, Long> lagNow = new HashMap<>();
        Map<String, Long> writtenNow = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            lagNow.put(outputs.get(i), lag.get(i));
            writtenNow.put(outputs.get(i), writeBytes.get(i));
        }
        Map<String, Long> state = new HashMap<>();
        for (Status status : List.of(Status.RUNNING, Status.INACTIVE, Status.ERRORED)) {
            state.put(status.word(), states.getOrDefault(status, 0L));
        }
        return new Probe(
                transform.name(),
                outputs,
                readBytes.sum(),
                failures.sum(),
                executionErrors.sum(),
                lagNow,
                writtenNow,
                state,
                records.sum(),
                cpuNanos.sum() / 1e9,
                memoryBytes,
                memoryLimit);
    }

    /** One series for two: a transform and its namesake that was deleted and has not stopped yet cannot be told apart. */
    static Probe sum(Probe one, Probe other) {
        List<String> outputs = Stream.concat(one.outputs().stream(), other.outputs().stream())
                .distinct()
                .toList();
        return new Probe(
                one.transform(),
                outputs,
                one.readBytes() + other.readBytes(),
                one.failures() + other.failures(),
                one.executionErrors() + other.executionErrors(),
                sum(one.lag(), other.lag()),
                sum(one.writeBytes(), other.writeBytes()),
                sum(one.state(), other.state()),
                one.records() + other.records(),
                one.cpuSeconds() + other.cpuSeconds(),
                one.memoryBytes() + other.memoryBytes(),
                Math.max(one.maxMemoryBytes(), other.maxMemoryBytes()));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new HashMap<>(one);
        other.forEach((key, value) -> sum.merge(key, value, Long::sum));
        return sum;
    }
}
