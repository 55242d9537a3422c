package lvc.sandbox.transform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Faults;
import lvc.sandbox.transform.TransformControl.Committed;
import lvc.sandbox.transform.TransformControl.Deployment;
import lvc.sandbox.transform.TransformControl.Probe;
import lvc.sandbox.transform.TransformControl.Refused;
import lvc.sandbox.transform.TransformControl.Report;
import lvc.sandbox.transform.TransformControl.StartOffset;
import org.awaitility.core.ThrowingRunnable;

import static org.awaitility.Awaitility.await;

/** An engine over partitions in memory, with every wait shortened. */
final class Bench implements AutoCloseable {

    static final int COMMIT_MILLIS = 50;
    static final Timings QUICK = new Timings(
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(20));

    final FakeLogs logs;
    final ClusterConfig config = new ClusterConfig();
    final Faults faults = new Faults();
    final Transforms transforms;

    Bench(Path directory) {
        this(directory, new FakeLogs());
    }

    Bench(Path directory, FakeLogs logs) {
        this(directory, logs, COMMIT_MILLIS);
    }

    Bench(Path directory, FakeLogs logs, int commitMillis) {
        this(directory, logs, commitMillis, QUICK);
    }

    Bench(Path directory, FakeLogs logs, int commitMillis, Timings timings) {
        this.logs = logs;
        config.put("data_transforms_commit_interval_ms", commitMillis);
        config.put("data_transforms_logging_flush_interval_ms", 20);
        transforms = new Transforms(logs, config, faults, directory, timings);
    }

    static Deployment deployment(String name, String input, String... outputs) {
        return new Deployment(name, input, List.of(outputs), Map.of(), "none", Optional.empty());
    }

    static Deployment fromStart(String name, String input, String... outputs) {
        return from(new StartOffset("from_start", 0), name, input, outputs);
    }

    static Deployment from(StartOffset start, String name, String input, String... outputs) {
        return new Deployment(name, input, List.of(outputs), Map.of(), "none", Optional.of(start));
    }

    void deploy(Deployment deployment, byte[] module) {
        try {
            transforms.deploy(deployment, module);
        } catch (Refused e) {
            throw new AssertionError(e.status() + " " + e.getMessage(), e);
        }
    }

    Report report(String name) {
        return transforms.list().stream()
                .filter(report -> report.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not listed: " + name));
    }

    /** The status words of all partitions. */
    List<String> status(String name) {
        return report(name).status().stream().map(TransformControl.Row::status).toList();
    }

    Optional<Probe> probe(String name) {
        return transforms.probes().stream()
                .filter(probe -> probe.transform().equals(name))
                .findFirst();
    }

    Probe numbers(String name) {
        return probe(name).orElseThrow(() -> new AssertionError("no series: " + name));
    }

    long failures(String name) {
        return probe(name).map(Probe::failures).orElse(0L);
    }

    /** Committed offsets of a transform, by partition. */
    List<Long> committed(String name) {
        return transforms.committed(false).stream()
                .filter(row -> row.transform().equals(name))
                .map(Committed::offset)
                .toList();
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(assertion);
    }

    @Override
    public void close() {
        transforms.close();
    }
}
