package lvc.sandbox.transform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.transform.TransformControl.Row;
import lvc.sandbox.wasm.Modules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static lvc.sandbox.transform.Bench.eventually;
import static lvc.sandbox.transform.Bench.fromStart;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a transform that fails. */
class FailureTest {

    @TempDir
    Path directory;

    private final FakeLogs logs = new FakeLogs().topic("in", 1).topic("out", 1);
    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory, logs);
        bench.config.put("data_transforms_runtime_limit_ms", 200);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exits_on_record", "returns_on_record", "spins_on_record"})
    void aFailureOnARecordIsCountedAndRetriedForever(String module) {
        // Given
        logs.put("in", 0, "k", "v");
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.test(module));
        // Then
        eventually(() -> assertThat(bench.status("t")).containsExactly("errored"));
        eventually(() -> assertThat(bench.failures("t")).isGreaterThan(2));
        assertThat(bench.numbers("t").executionErrors()).isGreaterThan(1);
        assertThat(logs.records("out", 0)).isEmpty();
        assertThat(bench.committed("t")).containsExactly(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spins_at_start", "recurses", "greedy"})
    void aFailureAtTheStartCommitsNothing(String module) {
        // Given
        logs.put("in", 0, "k", "v");
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.test(module));
        // Then
        eventually(() -> assertThat(bench.failures("t")).isGreaterThan(2));
        assertThat(bench.numbers("t").executionErrors()).isZero();
        assertThat(bench.transforms.committed(true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown_import", "wrong_type"})
    void aModuleThatCannotBeLinkedHasNoProcessor(String module) {
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.test(module));
        // Then: nothing appears for as long as it takes others to run, but for moments in which it is tried again
        bench.deploy(fromStart("other", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.status("other")).containsExactly("running"));
        assertThat(bench.report("t").status()).containsExactly(new Row(0, 0, "unknown", 0));
        eventually(() -> assertThat(bench.probe("t")).isEmpty());
        assertThat(bench.failures("t")).isZero();
    }

    @Test
    void aPoisonRecordStopsEverythingBehindIt() {
        // Given
        for (int i = 0; i < 10; i++) {
            logs.put("in", 0, "k", "v" + i);
        }
        bench.faults.set(Fault.POISON_OFFSET, "12");
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).containsExactly(9L));
        for (int i = 10; i < 20; i++) {
            logs.put("in", 0, "k", "v" + i);
        }
        // When
        eventually(() -> assertThat(bench.failures("t")).isGreaterThan(2));
        // Then
        assertThat(bench.committed("t").get(0)).isLessThan(12);
        assertThat(logs.values("out", 0)).doesNotContain("v12");
        // When
        bench.faults.set(Fault.POISON_OFFSET, "");
        // Then
        eventually(() -> assertThat(bench.committed("t")).containsExactly(19L));
        assertThat(logs.values("out", 0)).endsWith("v18", "v19");
        assertThat(new ArrayList<>(logs.values("out", 0))).containsAll(logs.values("in", 0));
    }

    @Test
    void anOutputTopicThatIsGoneIsAFailureUntilItIsBack() {
        // Given
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.status("t")).containsExactly("running"));
        logs.drop("out");
        // When
        logs.put("in", 0, "k", "v");
        // Then
        eventually(() -> assertThat(bench.failures("t")).isGreaterThan(1));
        assertThat(bench.numbers("t").executionErrors()).isZero();
        // When
        logs.topic("out", 1);
        // Then
        eventually(() -> assertThat(logs.values("out", 0)).containsExactly("v"));
        eventually(() -> assertThat(bench.status("t")).containsExactly("running"));
    }

    @Test
    void aTransformWhoseInputIsGoneIsLeftOutOfTheList() {
        // Given
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.status("t")).containsExactly("running"));
        // When
        logs.drop("in");
        // Then
        assertThat(bench.transforms.list()).isEmpty();
        eventually(() -> assertThat(bench.probe("t")).isEmpty());
        assertThat(bench.transforms.userOf("in")).contains("t");
        // When
        logs.topic("in", 1).put("in", 0, "k", "back");
        // Then
        eventually(() -> assertThat(logs.values("out", 0)).containsExactly("back"));
    }

    @Test
    void aFailedProcessorWaitsBeforeItTriesAgain() {
        // Given
        bench.close();
        Timings patient = new Timings(
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMillis(50),
                Duration.ofMillis(20));
        bench = new Bench(directory, logs, Bench.COMMIT_MILLIS, patient);
        logs.put("in", 0, "k", "v");
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.test("exits_on_record"));
        eventually(() -> assertThat(bench.status("t")).containsExactly("errored"));
        bench.deploy(fromStart("other", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.status("other")).containsExactly("running"));
        // Then
        assertThat(bench.failures("t")).isEqualTo(1);
        assertThat(bench.status("t")).containsExactly("errored");
    }

    @Test
    void theWaitDoublesUpToALimit() {
        // Given
        Backoff backoff = new Backoff(Timings.redpanda());
        List<Long> seconds = new ArrayList<>();
        // When
        for (int i = 0; i < 7; i++) {
            seconds.add(backoff.failed().toSeconds());
        }
        // Then
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void theWaitBeginsAgainAfterAGoodRun() {
        // Given
        Timings timings = new Timings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        Backoff backoff = new Backoff(timings);
        backoff.failed();
        backoff.failed();
        // When
        backoff.running();
        // Then
        assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(2));
    }
}
