package lvc.adapter.prometheus;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.gate.Verdict;
import lvc.core.journal.Entry.Ending;
import lvc.core.report.Recreation;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RunMetricsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    Path folder;

    private final RunMetrics metrics = new RunMetrics(() -> NOW);

    @Test
    void what_is_not_known_is_absent() throws Exception {
        try (metrics) {
            assertThat(scrape()).isEmpty();
        }
    }

    @Test
    void a_scrape_shows_the_step_the_copy_and_the_verdict() throws Exception {
        try (metrics) {
            metrics.accept(new Event.StepBegan(11, 16, "deploy-reverse", ""));
            metrics.accept(new Event.StepBegan(12, 16, "await-restored", ""));
            metrics.accept(new Event.CopyProgressed(1_203, 9_120, new Verdict.Wait("committed offset")));

            assertThat(scrape())
                    .containsExactlyInAnyOrder(
                            "lvc_recreate_step{number=\"12\",of=\"16\",step=\"await-restored\"} 1.0",
                            "lvc_recreate_copied_offsets 1203.0",
                            "lvc_recreate_total_offsets 9120.0",
                            "lvc_recreate_verdict{verdict=\"fail\"} 0.0",
                            "lvc_recreate_verdict{verdict=\"open\"} 0.0",
                            "lvc_recreate_verdict{verdict=\"wait\"} 1.0");
        }
    }

    @Test
    void the_fence_is_told_from_the_moment_it_is_raised_until_it_is_down() throws Exception {
        String up = "lvc_recreate_fence_up_since_seconds 1.7E9";
        try (metrics) {
            metrics.goesOn(true, Optional.empty());
            metrics.accept(new Event.StepBegan(1, 16, "raise-fence", ""));
            assertThat(scrape()).contains(up);

            metrics.accept(new Event.StepEnded(7, 16, "open-fence", Duration.ZERO, 0));
            assertThat(scrape()).doesNotContain(up);

            metrics.accept(new Event.StepBegan(9, 16, "raise-fence", ""));
            assertThat(scrape()).contains(up);

            metrics.accept(new Event.StepEnded(16, 16, "lower-fence", Duration.ZERO, 0));
            assertThat(scrape()).doesNotContain(up);
        }
    }

    @Test
    void a_fence_that_another_process_left_up_counts_from_when_it_was_raised() throws Exception {
        try (metrics) {
            metrics.goesOn(true, Optional.of(Instant.ofEpochSecond(1_600_000_000)));
            metrics.accept(new Event.StepBegan(9, 16, "raise-fence", ""));

            assertThat(scrape()).contains("lvc_recreate_fence_up_since_seconds 1.6E9");
        }
    }

    @Test
    void where_nobody_is_kept_away_there_is_no_fence() throws Exception {
        try (metrics) {
            metrics.goesOn(false, Optional.empty());
            metrics.accept(new Event.StepBegan(1, 16, "raise-fence", ""));

            assertThat(scrape()).noneMatch(line -> line.startsWith("lvc_recreate_fence"));
        }
    }

    @Test
    void the_file_says_how_it_ended_and_nothing_of_a_step() throws IOException {
        Path file = folder.resolve("lvc.prom");
        Files.writeString(file, "old");
        metrics.writeAtEnd(file);
        metrics.accept(new Event.StepBegan(16, 16, "lower-fence", ""));
        assertThat(file).hasContent("old");

        metrics.accept(
                new Event.Recreated(new Recreation("1", "default", Approach.B, Ending.DONE, List.of(), 3, "digest")));
        metrics.close();

        assertThat(samples(Files.readString(file))).containsExactly("lvc_recreate_finished{ending=\"done\"} 1.0");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void the_file_is_written_when_the_run_fails_too() throws IOException {
        Path file = folder.resolve("lvc.prom");
        metrics.writeAtEnd(file);
        metrics.accept(new Event.StepBegan(6, 16, "create-hot", ""));
        metrics.accept(new Event.RunUnfinished("1", "step 6 of 16", true));
        metrics.close();

        assertThat(samples(Files.readString(file))).containsExactly("lvc_recreate_finished{ending=\"unfinished\"} 1.0");
    }

    @Test
    void a_run_that_was_refused_has_not_begun() throws IOException {
        Path file = folder.resolve("lvc.prom");
        metrics.writeAtEnd(file);
        metrics.close();

        assertThat(samples(Files.readString(file))).containsExactly("lvc_recreate_finished{ending=\"not_begun\"} 1.0");
    }

    @Test
    void a_file_that_cannot_be_written_is_said_before_anything_is_done() {
        Fault fault = catchThrowableOfType(
                Fault.class, () -> metrics.writeAtEnd(folder.resolve("nowhere").resolve("lvc.prom")));

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void a_port_that_is_taken_is_said_before_anything_is_done() {
        try (metrics;
                RunMetrics other = new RunMetrics(() -> NOW)) {
            int taken = URI.create(metrics.serve(0)).getPort();

            Fault fault = catchThrowableOfType(Fault.class, () -> other.serve(taken));

            assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        }
    }

    /** The samples of a scrape over HTTP. */
    private List<String> scrape() throws IOException, InterruptedException {
        if (address == null) {
            address = metrics.serve(0);
        }
        URI where = URI.create(address);
        assertThat(where.getHost()).isEqualTo("127.0.0.1");
        return samples(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(where).build(), BodyHandlers.ofString())
                .body());
    }

    private @org.jspecify.annotations.Nullable String address;

    private static List<String> samples(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
}
