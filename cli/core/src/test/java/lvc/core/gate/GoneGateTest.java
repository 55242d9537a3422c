package lvc.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lvc.core.gate.Verdict.Open;
import lvc.core.gate.Verdict.Wait;
import lvc.core.metric.Scrape;
import lvc.core.metric.Series;
import lvc.core.topic.Ends;
import lvc.core.transform.TransformState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GoneGateTest {
    private static final TransformState LISTED =
            new TransformState("t", "in", List.of("out"), Map.of(), "none", List.of());
    private static final Scrape SILENT = new Scrape.Silent("1", "no answer");
    private static final Scrape EMPTY = new Scrape.Answered(0, List.of());
    private static final Scrape RUNNING = new Scrape.Answered(
            0, List.of(new Series("redpanda_transform_state", Map.of("function_name", "t", "state", "running"), 0)));

    private GoneGate gate = GoneGate.closed("t", Duration.ofSeconds(3));

    @Test
    void what_is_listed_is_there() {
        look(0, List.of(LISTED), EMPTY, 5);

        assertThat(gate.verdict()).isEqualTo(new Wait("it is still listed"));
    }

    @Test
    void a_list_that_was_not_had_is_no_absence() {
        gate = gate.after(new LagSample(
                Duration.ZERO,
                new Seen.Not<>("status 500"),
                new Seen.It<>(List.of()),
                List.of(EMPTY),
                new Seen.It<>(Map.of()),
                new Seen.It<>(Map.of()),
                Map.of()));

        assertThat(gate.verdict()).isEqualTo(new Wait("the transforms could not be listed: status 500"));
    }

    @Test
    void a_broker_that_still_shows_a_series_of_it_runs_it() {
        look(0, List.of(), RUNNING, 5);

        assertThat(gate.verdict()).isEqualTo(new Wait("broker 0 still runs it"));
    }

    @Test
    void a_broker_that_does_not_answer_may_run_it() {
        look(0, List.of(), SILENT, 5);

        assertThat(gate.verdict()).isEqualTo(new Wait("broker 1 does not show its metrics: no answer"));
    }

    @Test
    void its_output_must_have_stood_still_for_the_whole_time() {
        look(0, List.of(), EMPTY, 5);
        look(2, List.of(), EMPTY, 5);
        assertThat(gate.verdict()).isInstanceOf(Wait.class);
        look(2_900, List.of(), EMPTY, 6);
        look(3_100, List.of(), EMPTY, 6);
        assertThat(gate.verdict()).as("a write came late").isInstanceOf(Wait.class);
        look(5_900, List.of(), EMPTY, 6);

        assertThat(gate.verdict()).isEqualTo(new Open());
    }

    @Test
    void a_look_that_finds_it_again_begins_anew() {
        look(0, List.of(), EMPTY, 5);
        look(2_000, List.of(), RUNNING, 5);
        look(3_100, List.of(), EMPTY, 5);
        assertThat(gate.verdict()).isInstanceOf(Wait.class);
        look(6_100, List.of(), EMPTY, 5);

        assertThat(gate.verdict()).isEqualTo(new Open());
    }

    /** A process that slept, or a question that took long: nobody knows when it stopped in between. */
    @Test
    void time_in_which_nobody_looked_does_not_count() {
        look(0, List.of(), EMPTY, 5);
        look(100, List.of(), RUNNING, 5);
        look(60_000, List.of(), EMPTY, 5);

        assertThat(gate.verdict()).isInstanceOf(Wait.class);
    }

    private void look(long millis, List<TransformState> listed, Scrape broker, long end) {
        gate = gate.after(new LagSample(
                Duration.ofMillis(millis),
                new Seen.It<>(listed),
                new Seen.It<>(List.of()),
                List.of(broker),
                new Seen.It<>(Map.of()),
                new Seen.It<>(Map.of(0, new Ends(0, end, end))),
                Map.of()));
    }
}
