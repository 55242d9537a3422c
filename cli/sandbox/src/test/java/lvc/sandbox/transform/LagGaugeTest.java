package lvc.sandbox.transform;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.transform.TransformControl.Change;
import lvc.sandbox.transform.TransformControl.Probe;
import lvc.sandbox.transform.TransformControl.Refused;
import lvc.sandbox.transform.TransformControl.Row;
import lvc.sandbox.wasm.Modules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static lvc.sandbox.transform.Bench.deployment;
import static lvc.sandbox.transform.Bench.eventually;
import static lvc.sandbox.transform.Bench.fromStart;
import static org.assertj.core.api.Assertions.assertThat;

/** The lag that lies as Redpanda's does: every way in which it says 0, or nothing, while there is work to do. */
class LagGaugeTest {

    @TempDir
    Path directory;

    private final FakeLogs logs = new FakeLogs().topic("in", 1).topic("out", 1);
    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory, logs);
        logs.mostRecordsPerPoll(10);
        put(100);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void put(int records) {
        for (int i = 0; i < records; i++) {
            logs.put("in", 0, "k", "v" + i);
        }
    }

    private Map<String, Long> gauge() {
        return bench.probe("t").map(Probe::lag).orElse(Map.of());
    }

    private long listed() {
        return bench.report("t").status().get(0).lag();
    }

    @Test
    void itIsAbsentWhileThereIsNoProcessor() throws Refused {
        // Given
        bench.faults.set(Fault.NO_PROCESSORS, "true");
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        // Then
        assertThat(bench.transforms.probes()).isEmpty();
        assertThat(bench.report("t").status()).containsExactly(new Row(0, 0, "unknown", 0));
        // When
        bench.faults.set(Fault.NO_PROCESSORS, "");
        // Then
        eventually(() -> assertThat(gauge()).containsKey("out"));
        // When
        bench.transforms.update("t", new Change(Optional.empty(), Optional.of(true), Optional.empty()));
        // Then
        eventually(() -> assertThat(bench.transforms.probes()).isEmpty());
        assertThat(bench.report("t").status()).containsExactly(new Row(0, 0, "inactive", 0));
    }

    @Test
    void itIs0OnAFreshDeployUntilTheFirstBatchIsWritten() {
        // Given
        bench.faults.set(Fault.BATCH_DELAY_MS, "600000");
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(bench.status("t")).containsExactly("running"));
        eventually(() -> assertThat(bench.committed("t")).containsExactly(Long.MIN_VALUE));
        assertThat(gauge()).containsEntry("out", 0L);
        assertThat(listed()).isZero();
        assertThat(logs.records("out", 0)).isEmpty();
    }

    @Test
    void itWaitsOneCommitIntervalBeforeItRuns() {
        // Given
        bench.close();
        bench = new Bench(directory, logs, 700);
        long deployed = System.nanoTime();
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(bench.status("t")).containsExactly("inactive"));
        assertThat(gauge()).containsEntry("out", 0L);
        eventually(() -> assertThat(bench.status("t")).containsExactly("running"));
        assertThat(System.nanoTime() - deployed).isGreaterThan(700_000_000);
    }

    @Test
    void itIsRealAfterTheFirstBatchAndThenFrozenUntilTheNext() {
        // Given
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(logs.records("out", 0)).hasSize(100));
        eventually(() -> assertThat(gauge()).containsEntry("out", 0L));
        logs.polls(0);
        // When
        put(50);
        // Then: 50 are missing, and nothing says so
        assertThat(gauge()).containsEntry("out", 0L);
        assertThat(listed()).isZero();
        // When: ten of them are read and written, and nothing more
        logs.polls(1);
        // Then
        eventually(() -> assertThat(gauge()).containsEntry("out", 40L));
        assertThat(listed()).isEqualTo(40);
        assertThat(logs.records("out", 0)).hasSize(110);
        // When
        put(50);
        // Then
        assertThat(gauge()).containsEntry("out", 40L);
    }

    @Test
    void itMovesBeforeTheOffsetIsCommitted() {
        // Given
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).containsExactly(99L));
        bench.config.put("data_transforms_commit_interval_ms", 600_000);
        // When
        put(100);
        eventually(() -> assertThat(logs.records("out", 0)).hasSize(200));
        // Then
        eventually(() -> assertThat(gauge()).containsEntry("out", 0L));
        assertThat(bench.numbers("t").records()).isEqualTo(200);
        assertThat(bench.committed("t")).containsExactly(99L);
    }

    @Test
    void itIsRealAtOnceWhereSomethingWasCommitted() throws Refused {
        // Given
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).containsExactly(99L));
        bench.transforms.update("t", new Change(Optional.empty(), Optional.of(true), Optional.empty()));
        eventually(() -> assertThat(bench.probe("t")).isEmpty());
        put(30);
        bench.faults.set(Fault.BATCH_DELAY_MS, "600000");
        // When
        bench.transforms.update("t", new Change(Optional.empty(), Optional.of(false), Optional.empty()));
        // Then
        eventually(() -> assertThat(gauge()).containsEntry("out", 30L));
    }

    @Test
    void itIs0WhileAFailedProcessorWaits() {
        // Given
        bench.faults.set(Fault.POISON_OFFSET, "35");
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        // Then
        eventually(() -> {
            assertThat(bench.status("t")).containsExactly("errored");
            assertThat(gauge()).containsEntry("out", 0L);
            assertThat(bench.failures("t")).isGreaterThan(1);
        });
        assertThat(logs.records("out", 0)).hasSizeLessThan(100);
    }

    @Test
    void itIsASumInWhichOnePartitionCanHideAnother() {
        // Given
        logs.topic("in", 2);
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).containsExactly(99L, Long.MIN_VALUE));
        bench.close();
        logs.drop("in");
        logs.topic("in", 2);
        for (int i = 0; i < 100; i++) {
            logs.put("in", 1, "k", "v" + i);
        }
        bench = new Bench(directory, logs);
        bench.faults.set(Fault.BATCH_DELAY_MS, "600000");
        // When: partition 0 is 100 behind its commit, partition 1 is 100 before it
        eventually(() -> assertThat(bench.status("t")).containsExactly("running", "running"));
        // Then
        assertThat(gauge()).containsEntry("out", 0L);
        assertThat(bench.report("t").status().get(1).lag()).isEqualTo(100);
    }

    @Test
    void theNumbersOfTheMetricsAreCounted() {
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(gauge()).containsEntry("out", 0L));
        eventually(() -> {
            Probe probe = bench.numbers("t");
            assertThat(probe.records()).isEqualTo(100);
            assertThat(probe.readBytes()).isEqualTo(100 + 290);
            assertThat(probe.writeBytes()).containsEntry("out", 390L);
            assertThat(probe.state()).isEqualTo(Map.of("running", 1L, "inactive", 0L, "errored", 0L));
            assertThat(probe.failures()).isZero();
            assertThat(probe.executionErrors()).isZero();
            assertThat(probe.cpuSeconds()).isPositive();
            assertThat(probe.memoryBytes()).isEqualTo(65_536);
            assertThat(probe.maxMemoryBytes()).isEqualTo(2 << 20);
        });
    }

    @Test
    void itStartsFromNothingAfterEveryRedeploy() {
        // Given
        bench.faults.set(Fault.POISON_OFFSET, "0");
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.failures("t")).isGreaterThan(3));
        bench.faults.set(Fault.POISON_OFFSET, "");
        // When
        bench.deploy(deployment("t", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(logs.records("out", 0)).hasSize(100));
        assertThat(bench.failures("t")).isZero();
    }

    @Test
    void twoOfTheSameNameAreOneSeries() {
        // Given
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.status("t")).containsExactly("running"));
        bench.faults.set(Fault.STOP_DELAY_MS, "600000");
        // When
        bench.transforms.delete("t");
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        // Then
        eventually(() -> {
            List<Probe> probes = bench.transforms.probes();
            assertThat(probes).hasSize(1);
            assertThat(probes.get(0).state()).containsEntry("running", 2L);
        });
    }
}
