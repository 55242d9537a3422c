package lvc.sandbox.transform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.transform.TransformControl.Change;
import lvc.sandbox.transform.TransformControl.Deployment;
import lvc.sandbox.transform.TransformControl.Refused;
import lvc.sandbox.transform.TransformControl.Row;
import lvc.sandbox.wasm.Modules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static lvc.sandbox.transform.Bench.eventually;
import static lvc.sandbox.transform.Bench.fromStart;
import static org.assertj.core.api.Assertions.assertThat;

/** How processors come and go. */
class LifecycleTest {

    @TempDir
    Path directory;

    private final FakeLogs logs = new FakeLogs().topic("in", 2).topic("out", 2);
    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory, logs);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private static Change paused(boolean paused) {
        return new Change(Optional.empty(), Optional.of(paused), Optional.empty());
    }

    @Test
    void aDeployedTransformIsListedWithEverythingButItsOffset() {
        // Given
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Z", "1");
        environment.put("A", "2");
        // When
        bench.deploy(
                new Deployment("t", "in", List.of("out"), environment, "lz4", Optional.empty()), Modules.identity());
        // Then
        eventually(() -> assertThat(bench.report("t"))
                .isEqualTo(new TransformControl.Report(
                        "t",
                        "in",
                        List.of("out"),
                        List.of(new Row(0, 0, "running", 0), new Row(0, 1, "running", 0)),
                        environment,
                        "lz4")));
        assertThat(bench.report("t").environment().keySet()).containsExactly("Z", "A");
    }

    @Test
    void aDeployThatIsAppliedLateShowsNoSignOfLife() {
        // Given
        bench.faults.set(Fault.APPLY_DELAY_MS, "600000");
        // When
        bench.deploy(fromStart("late", "in", "out"), Modules.identity());
        bench.faults.set(Fault.APPLY_DELAY_MS, "");
        bench.deploy(fromStart("prompt", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.status("prompt")).containsExactly("running", "running"));
        // Then
        assertThat(bench.status("late")).containsExactly("unknown", "unknown");
        assertThat(bench.probe("late")).isEmpty();
    }

    @Test
    void aPausedTransformReadsNothingAndGoesOnWhereItStopped() throws Refused {
        // Given
        logs.put("in", 0, "k", "v1");
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(logs.values("out", 0)).containsExactly("v1"));
        // When
        bench.transforms.update("t", paused(true));
        eventually(() -> assertThat(bench.probe("t")).isEmpty());
        logs.put("in", 0, "k", "v2");
        // Then
        assertThat(bench.status("t")).containsExactly("inactive", "inactive");
        // When
        bench.transforms.update("t", paused(false));
        // Then
        eventually(() -> assertThat(logs.values("out", 0)).containsExactly("v1", "v2"));
    }

    @Test
    void whereTransformsAreDisabledNothingRuns() {
        // Given
        logs.put("in", 0, "k", "v");
        bench.config.put("data_transforms_enabled", false);
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        bench.close();
        // Then
        assertThat(logs.values("out", 0)).isEmpty();
        assertThat(bench.transforms.committed(true)).isEmpty();
    }

    @Test
    void aMoveOfTheLeadersReplacesTheProcessorsAndResumesWhatWasPaused() throws Refused {
        // Given
        logs.put("in", 0, "k", "v1");
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).hasSize(2).contains(0L));
        bench.transforms.update("t", paused(true));
        eventually(() -> assertThat(bench.probe("t")).isEmpty());
        // When
        bench.faults.set(Fault.LEADER_MOVE, "1");
        logs.put("in", 0, "k", "v2");
        // Then
        eventually(() -> assertThat(logs.values("out", 0)).containsExactly("v1", "v2"));
        eventually(() -> assertThat(bench.numbers("t").records()).isEqualTo(1));
        // When
        bench.transforms.update("t", paused(true));
        // Then
        eventually(() -> assertThat(bench.probe("t")).isEmpty());
        assertThat(bench.status("t")).containsExactly("inactive", "inactive");
    }

    @Test
    void anEmptyChangeRestartsNothing() throws Refused {
        // Given
        logs.put("in", 0, "k", "v1");
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.numbers("t").records()).isEqualTo(1));
        // When
        bench.transforms.update("t", new Change(Optional.empty(), Optional.empty(), Optional.empty()));
        bench.deploy(fromStart("other", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.status("other")).containsExactly("running", "running"));
        // Then
        assertThat(bench.numbers("t").records()).isEqualTo(1);
    }

    @Test
    void aChangeReplacesTheEnvironmentAndRestartsTheProcessors() throws Refused {
        // Given
        logs.put("in", 0, "k", "v1");
        Deployment plain = fromStart("t", "in", "out");
        bench.deploy(
                new Deployment("t", "in", List.of("out"), Map.of("A", "1", "B", "2"), "none", plain.offset()),
                Modules.identity());
        eventually(() -> assertThat(bench.numbers("t").records()).isEqualTo(1));
        // When
        bench.transforms.update("t", new Change(Optional.of(Map.of("C", "3")), Optional.empty(), Optional.of("gzip")));
        // Then
        assertThat(bench.report("t").environment()).isEqualTo(Map.of("C", "3"));
        assertThat(bench.report("t").compression()).isEqualTo("gzip");
        eventually(() -> assertThat(bench.numbers("t").records()).isZero());
        eventually(() -> assertThat(bench.status("t")).containsExactly("running", "running"));
        assertThat(logs.values("out", 0)).containsExactly("v1");
    }

    @Test
    void aDeletedTransformLeavesTheListAtOnceButMayStillWrite() {
        // Given
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.status("t")).containsExactly("running", "running"));
        bench.faults.set(Fault.STOP_DELAY_MS, "600000");
        // When
        bench.transforms.delete("t");
        logs.put("in", 0, "k", "late");
        // Then
        assertThat(bench.transforms.list()).isEmpty();
        eventually(() -> assertThat(logs.values("out", 0)).containsExactly("late"));
        assertThat(bench.probe("t")).isPresent();
    }

    @Test
    void aDeletedTransformIsSilentOnceItsSeriesAreGone() {
        // Given
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.status("t")).containsExactly("running", "running"));
        // When
        bench.transforms.delete("t");
        eventually(() -> assertThat(bench.probe("t")).isEmpty());
        logs.put("in", 0, "k", "late");
        bench.deploy(fromStart("other", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(bench.committed("other")).hasSize(2));
        assertThat(logs.values("out", 0)).hasSizeLessThan(2);
    }

    @Test
    void newPartitionsArePickedUpFromTheTransformsStart() {
        // Given
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.status("t")).hasSize(2));
        // When
        logs.topic("in", 4);
        logs.put("in", 3, "k", "in the new one");
        // Then
        eventually(() -> assertThat(logs.values("out", 1)).containsExactly("in the new one"));
        eventually(() -> assertThat(bench.status("t")).containsExactly("running", "running", "running", "running"));
    }

    @Test
    void aModuleThatComputesForeverDoesNotDelayTheEnd() {
        // Given
        bench.config.put("data_transforms_runtime_limit_ms", 600_000);
        bench.deploy(fromStart("t", "in", "out"), Modules.test("spins_at_start"));
        eventually(() -> assertThat(bench.status("t")).containsExactly("inactive", "inactive"));
        // When
        bench.close();
        // Then
        assertThat(bench.transforms.probes()).isEmpty();
    }

    @Test
    void modulesThatNobodyRefersToAreRemoved() throws Exception {
        // Given
        bench.deploy(fromStart("a", "in", "out"), Modules.identity());
        bench.deploy(fromStart("b", "in", "out"), Modules.identity());
        bench.deploy(fromStart("b", "in", "out"), Modules.holding());
        // When
        bench.transforms.delete("b");
        // Then
        try (var files = Files.list(directory.resolve("modules"))) {
            assertThat(files).hasSize(1);
        }
    }
}
