package lvc.sandbox.transform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lvc.sandbox.transform.TransformControl.Change;
import lvc.sandbox.transform.TransformControl.Committed;
import lvc.sandbox.transform.TransformControl.Refused;
import lvc.sandbox.transform.TransformControl.StartOffset;
import lvc.sandbox.wasm.Modules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lvc.sandbox.transform.Bench.deployment;
import static lvc.sandbox.transform.Bench.eventually;
import static lvc.sandbox.transform.Bench.fromStart;
import static org.assertj.core.api.Assertions.assertThat;

/** Where transforms begin, where they go on, and what is said about it. */
class OffsetsTest {

    @TempDir
    Path directory;

    private final FakeLogs logs = new FakeLogs().topic("in", 1).topic("out", 1);
    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory, logs);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private void put(int... values) {
        for (int value : values) {
            logs.put("in", 0, "k".getBytes(UTF_8), ("v" + value).getBytes(UTF_8), List.of(), 1_000L * value);
        }
    }

    private List<String> copied() {
        return logs.values("out", 0);
    }

    /**
     * Ten records v0 to v9 with the timestamps 0 to 9000; or an empty partition; or one whose records 0 to 4 are gone.
     * Expected: what is committed before anything was read, and which of the records are then copied.
     */
    @ParameterizedTest
    @CsvSource({
        // ten records
        "10, 0, from_start, 0, before zero, v0",
        "10, 0, from_start, 4, 3, v4",
        "10, 0, from_start, 100, 8, v9", // the slip: not "nothing", but the last record
        "10, 0, from_end, 0, 9, new",
        "10, 0, from_end, 3, 6, v7",
        "10, 0, from_end, 100, 0, v1", // the slip: the first record counts as processed
        "10, 0, timestamp, 0, before zero, v0",
        "10, 0, timestamp, 4500, 4, v5",
        "10, 0, timestamp, 9001, 9, new",
        // nothing yet
        "0, 0, from_start, 0, before zero, new",
        "0, 0, from_start, 7, before zero, new",
        "0, 0, from_end, 0, 0, after new", // the slip: the first record is never read
        "0, 0, timestamp, 5, before zero, new",
        // a head that is gone
        "10, 5, from_start, 0, 4, v5",
        "10, 5, from_end, 0, 9, new",
        "10, 10, from_start, 0, 8, new",
        "10, 10, timestamp, 0, 9, new",
    })
    void aFreshTransformBegins(int records, int cut, String format, long value, String committed, String first) {
        // Given
        for (int i = 0; i < records; i++) {
            put(i);
        }
        logs.cut("in", 0, cut);
        // When
        bench.deploy(Bench.from(new StartOffset(format, value), "t", "in", "out"), Modules.identity());
        // Then
        long processed = committed.equals("before zero") ? Long.MIN_VALUE : Long.parseLong(committed);
        List<Long> seen = new ArrayList<>();
        eventually(() -> {
            seen.addAll(bench.committed("t"));
            assertThat(seen).isNotEmpty();
        });
        if (first.contains("new")) {
            assertThat(seen.get(0)).isEqualTo(processed);
        }
        logs.put("in", 0, "k", "new");
        logs.put("in", 0, "k", "after new");
        eventually(() -> assertThat(copied()).endsWith("after new"));
        assertThat(copied().get(0)).isEqualTo(first);
    }

    @Test
    void withoutAnOffsetItBeginsAtTheTimeOfTheDeploy() {
        // Given
        put(1, 2, 3);
        long before = System.currentTimeMillis();
        // When
        bench.deploy(deployment("t", "in", "out"), Modules.identity());
        logs.put("in", 0, "k".getBytes(UTF_8), "at once".getBytes(UTF_8), List.of(), System.currentTimeMillis() + 1);
        // Then
        eventually(() -> assertThat(copied()).containsExactly("at once"));
        assertThat(before).isPositive();
    }

    @Test
    void theSameNameGoesOnFromItsCommitsAndIgnoresTheOffset() {
        // Given
        put(1, 2, 3);
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).containsExactly(2L));
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        put(4);
        // Then
        eventually(() -> assertThat(bench.committed("t")).containsExactly(3L));
        assertThat(copied()).containsExactly("v1", "v2", "v3", "v4");
    }

    @Test
    void aNameThatWasDeletedBeginsAfresh() {
        // Given
        put(1, 2);
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).containsExactly(1L));
        bench.transforms.delete("t");
        assertThat(bench.committed("t")).isEmpty();
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(copied()).containsExactly("v1", "v2", "v1", "v2"));
    }

    @Test
    void aHoldingModuleNeverCommitsNorWritesAndTheOffsetOfItsSuccessorCounts() {
        // Given
        put(1, 2, 3);
        bench.deploy(deployment("t", "in", "out"), Modules.holding());
        eventually(() -> assertThat(bench.failures("t")).isGreaterThan(5));
        assertThat(bench.transforms.committed(true)).isEmpty();
        assertThat(copied()).isEmpty();
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        // Then
        eventually(() -> assertThat(bench.committed("t")).containsExactly(2L));
        assertThat(copied()).containsExactly("v1", "v2", "v3");
        assertThat(bench.transforms.committed(true)).hasSize(1);
    }

    @Test
    void deployingAgainEndsAPause() throws Refused {
        // Given
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        bench.transforms.update("t", new Change(Optional.empty(), Optional.of(true), Optional.empty()));
        // When
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        put(1);
        // Then
        eventually(() -> assertThat(copied()).containsExactly("v1"));
    }

    @Test
    void thereIsARowPerPartitionAndOutput() {
        // Given
        logs.topic("in", 2).topic("second", 1);
        put(1);
        // When
        bench.deploy(fromStart("t", "in", "out", "second"), Modules.identity());
        // Then
        eventually(() -> assertThat(bench.transforms.committed(false))
                .containsExactlyInAnyOrder(
                        new Committed("t", 0, 0),
                        new Committed("t", 0, 0),
                        new Committed("t", 1, Long.MIN_VALUE),
                        new Committed("t", 1, Long.MIN_VALUE)));
        assertThat(logs.values("second", 0)).isEmpty();
    }

    @Test
    void rowsOfDeletedTransformsHaveNoNameUntilTheyAreCollected() {
        // Given
        put(1);
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).containsExactly(0L));
        bench.transforms.delete("t");
        eventually(() -> assertThat(bench.probe("t")).isEmpty());
        // When
        List<Committed> hidden = bench.transforms.committed(false);
        List<Committed> shown = bench.transforms.committed(true);
        bench.transforms.collectGarbage();
        // Then
        assertThat(hidden).isEmpty();
        assertThat(shown).containsExactly(new Committed("", 0, 0));
        assertThat(bench.transforms.committed(true)).isEmpty();
    }

    /** From here on commits are as good as never made. */
    private void holdCommits() {
        bench.config.put("data_transforms_commit_interval_ms", 600_000);
    }

    @Test
    void commitsWaitForTheirIntervalAndAStopDoesNot() {
        // Given
        put(1);
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).containsExactly(0L));
        holdCommits();
        // When
        put(2);
        eventually(() -> assertThat(copied()).containsExactly("v1", "v2"));
        // Then
        assertThat(bench.committed("t")).containsExactly(0L);
        // When
        bench.close();
        bench = new Bench(directory, logs);
        // Then
        assertThat(bench.committed("t")).containsExactly(1L);
    }

    @Test
    void transformsModulesAndOffsetsSurviveTheProcess() {
        // Given
        put(1, 2);
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).containsExactly(1L));
        bench.close();
        // When
        bench = new Bench(directory, logs);
        put(3);
        // Then
        eventually(() -> assertThat(bench.committed("t")).containsExactly(2L));
        assertThat(copied()).containsExactly("v1", "v2", "v3");
    }

    @Test
    void whatWasNotCommittedComesAgainInOrder() throws Exception {
        // Given
        put(1, 2);
        bench.deploy(fromStart("t", "in", "out"), Modules.identity());
        eventually(() -> assertThat(bench.committed("t")).containsExactly(1L));
        holdCommits();
        put(3, 4);
        eventually(() -> assertThat(copied()).containsExactly("v1", "v2", "v3", "v4"));
        Path killed = directory.resolveSibling("killed-" + directory.getFileName());
        copyFolder(directory, killed);
        bench.close();
        // When
        bench = new Bench(killed, logs);
        // Then
        eventually(() -> assertThat(copied()).isEqualTo(Arrays.asList("v1", "v2", "v3", "v4", "v3", "v4")));
    }

    private static void copyFolder(Path from, Path to) throws Exception {
        try (var paths = java.nio.file.Files.walk(from)) {
            for (Path path : paths.toList()) {
                java.nio.file.Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
