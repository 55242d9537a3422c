package lvc.acceptance.recreate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import lvc.acceptance.recreate.Ground.Cache;
import lvc.acceptance.recreate.JournalWatch.Line;
import lvc.core.topic.Approach;
import lvc.core.transform.TransformState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills recreate with kill -9 as soon as a line of its journal can be read, and goes on from another directory: once for
 * every line, with writers that write all the time.
 *
 * <p>The first step of every kind is taken by default, and the lines in between are left out; {@code -Dlvc.kill=all}
 * takes every line. A step that deploys is also killed when its transform is there and no line says so yet. {@code -Dlvc.kill.waits=default} uses the waits of Redpanda and lvc instead of short ones. The table
 * is written to {@code cli/acceptance/target/kill-matrix.txt} as well:
 *
 * <pre>
 *   mvn -o -B -ntp -Dquick -pl cli/acceptance -am -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=KillMatrixIT -Dfailsafe.failIfNoSpecifiedTests=false -Dlvc.kill=all verify
 *   cat cli/acceptance/target/kill-matrix.txt
 * </pre>
 */
@Timeout(3600)
class KillMatrixIT {
    private static final boolean ALL = System.getProperty("lvc.kill", "").equals("all");
    private static final boolean DEFAULT_WAITS =
            System.getProperty("lvc.kill.waits", "").equals("default");
    private static final int KEYS = 300;
    private static final int PARTITIONS = 3;
    /** Steps of which the death is followed by leaving the run rather than by finishing it. */
    private static final Map<Approach, List<String>> ABANDONED = Map.of(
            Approach.A,
            List.of("intended compare", "intended delete-hot", "intended deploy-forward"),
            Approach.B,
            List.of(
                    "intended await-drained",
                    "intended delete-hot",
                    "intended create-hot",
                    "intended deploy-holding",
                    "intended await-restored",
                    "intended deploy-forward"));
    /** Steps after which something is there that only the next process can find out. */
    private static final List<String> DEPLOYS = List.of("intended deploy-holding", "intended deploy-forward");

    private final List<String> table = Collections.synchronizedList(new ArrayList<>());

    @Test
    void recreate_survives_its_death_at_every_line() throws Exception {
        List<Matrix> both = List.of(new Matrix(Approach.A), new Matrix(Approach.B));
        ExecutorService threads = Executors.newFixedThreadPool(both.size());
        try {
            List<String> failures = new ArrayList<>();
            for (Future<List<String>> each : threads.invokeAll(both)) {
                failures.addAll(each.get());
            }
            assertThat(failures).isEmpty();
        } finally {
            threads.shutdownNow();
            both.forEach(matrix -> table.addAll(matrix.rows));
            table.forEach(System.out::println);
            Files.write(Path.of("target", "kill-matrix.txt"), table);
        }
    }

    /** All rounds of one approach, on a sandbox of their own. */
    private static final class Matrix implements Callable<List<String>> {
        private final Approach approach;
        private final List<String> rows = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private int rounds;

        Matrix(Approach approach) {
            this.approach = approach;
        }

        @Override
        public List<String> call() {
            try (Ground ground = DEFAULT_WAITS ? Ground.withDefaultWaits() : Ground.withShortWaits()) {
                List<Place> places = places(ground);
                rows.add(String.format("approach %s: %d lines", approach.letter(), places.size()));
                for (Place place : places) {
                    boolean kind = place.occurrence() == 1;
                    if (ALL || (kind && !place.what().startsWith("happened"))) {
                        round(ground, place, false);
                    }
                    if (kind && DEPLOYS.contains(place.what())) {
                        round(ground, new Place(place.what(), 1, true), false);
                    }
                    if (ALL
                            || (kind
                                    && ABANDONED
                                            .getOrDefault(approach, List.of())
                                            .contains(place.what()))) {
                        round(ground, place, true);
                    }
                }
            }
            return failures;
        }

        /** The lines of a run that nobody kills. */
        private List<Place> places(Ground ground) {
            List<Place> places = new ArrayList<>();
            Cache cache = ground.cache("undisturbed", approach, PARTITIONS);
            try (Writer writer = ground.writer(cache, "k", KEYS)) {
                writer.fill();
                writer.start();
                Lvc.Result done = ground.lvc().run(cache.flags("recreate"));
                assertThat(done.exit()).as(done.err()).isZero();
                writer.stop();
                ground.assertAtWork(cache);
                ground.assertHolds(cache, writer.held());
                ground.retire(cache);
            }
            try (JournalWatch watch = JournalWatch.fromStart(ground.connection())) {
                Map<String, Integer> seen = new HashMap<>();
                watch.until(line -> line.what().startsWith("ended"), Ground.PATIENCE)
                        .forEach(line ->
                                places.add(new Place(line.what(), seen.merge(line.what(), 1, Integer::sum), false)));
            }
            return places;
        }

        private void round(Ground ground, Place place, boolean abandon) {
            long began = System.nanoTime();
            String outcome;
            try {
                outcome = new Round(ground, ground.cache("r" + ++rounds, approach, PARTITIONS), place).play(abandon);
            } catch (AssertionError | RuntimeException e) {
                outcome = "FAILED: " + e;
                failures.add(approach + " " + place + (abandon ? ", abandoned: " : ": ") + e);
            }
            rows.add(String.format(
                    "%s  %-32s %-8s %5.1f s  %s",
                    approach.letter(),
                    place,
                    abandon ? "abandon" : "resume",
                    (System.nanoTime() - began) / 1e9,
                    outcome));
            System.out.println(rows.get(rows.size() - 1));
        }
    }

    /**
     * Where in the journal: a line, and which one of its kind.
     *
     * @param what such as "intended compare"
     * @param done whether the transform that it speaks of is there
     */
    private record Place(String what, int occurrence, boolean done) {
        @Override
        public String toString() {
            return what + (occurrence == 1 ? "" : " " + occurrence) + (done ? ", done" : "");
        }
    }

    /** One death, and what comes after. */
    private record Round(Ground ground, Cache cache, Place place) {

        String play(boolean abandon) {
            try (Writer writer = ground.writer(cache, "k", KEYS);
                    JournalWatch watch = JournalWatch.fromEnd(ground.connection())) {
                writer.fill();
                writer.start();
                String last = kill(watch);
                String how = ground.unfinished() ? goOn(abandon) : ended();
                writer.stop();
                ground.assertAtWork(cache);
                ground.assertHolds(cache, writer.held());
                ground.retire(cache);
                return String.format(
                        "%s; last line %s; %d writes, %d refused", how, last, writer.acknowledged(), writer.refused());
            }
        }

        /** Starts it, kills it when the line is there or it has ended without, and returns its last line. */
        private String kill(JournalWatch watch) {
            Set<String> before = transforms();
            try (LvcProcess process = ground.lvc().start(cache.flags("recreate"))) {
                int[] seen = {0};
                List<Line> lines = new ArrayList<>(watch.until(
                        line -> line.what().startsWith("ended")
                                || (line.what().equals(place.what()) && ++seen[0] == place.occurrence()),
                        Ground.PATIENCE));
                if (place.done()) {
                    await().atMost(Ground.PATIENCE)
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> !before.containsAll(transforms()));
                }
                process.kill();
                lines.addAll(watch.until(line -> false, Duration.ofMillis(300)));
                assertThat(lines).isNotEmpty();
                return lines.get(lines.size() - 1).what();
            }
        }

        /** Names of all that use the hot topic. */
        private Set<String> transforms() {
            return ground.transforms().list().stream()
                    .filter(each -> each.uses(cache.hot()))
                    .map(TransformState::name)
                    .collect(Collectors.toSet());
        }

        private String ended() {
            Lvc.Result refused = ground.lvc().run("recreate", "--resume", "--yes");
            assertThat(refused.exit()).as(refused.err()).isEqualTo(3);
            return "had ended";
        }

        private String goOn(boolean abandon) {
            Lvc.Result result = ground.lvc().run("recreate", abandon ? "--abandon" : "--resume", "--yes", "-o", "json");
            assertThat(result.exit()).as(result.err()).isZero();
            if (!result.out().contains("\"ending\":\"incomplete\"")) {
                return result.out().contains("\"ending\":\"done\"") ? "done" : "nothing done";
            }
            ground.assertAtWork(cache);
            Lvc.Result again = cache.approach() == Approach.A
                    ? ground.lvc().run(cache.flags("recreate"))
                    : ground.lvc().run(cache.flags("recreate", "--from-backup", "--confirm", cache.name()));
            assertThat(again.exit()).as(again.err()).isZero();
            return "left, then done";
        }
    }
}
