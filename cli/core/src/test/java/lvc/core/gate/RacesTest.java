package lvc.core.gate;

import java.time.Duration;
import java.util.Map;
import lvc.core.gate.Verdict.Fail;
import lvc.core.gate.Verdict.Open;
import lvc.core.gate.Verdict.Wait;
import lvc.core.metric.Scrape;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformState.Row;
import lvc.core.transform.TransformState.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The races of docs/why/lag-races.md, one test each: the naive poll goes on too early; the gate waits or fails, and says
 * why.
 */
class RacesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double BEFORE_ZERO = 0x1p64 - 5;

    @Test
    void r0_a_name_that_no_release_prints_is_no_lag_of_0() {
        World world = new World(1).shows(1, 100, 1);
        world.committed.clear();
        assertThat(NaivePoll.opens(world.look(), "redpanda_transform_processor_lag"))
                .isTrue();
        world.series(1).removeIf(series -> series.name().equals(World.LAG));

        Verdict verdict = judge(world);

        assertWaits(verdict, "broker 1 shows no lag or state of lvc-1 to out (absent is unknown, not 0)");
        world.series(1).clear();
        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "broker 1 shows no lag or state of lvc-1 to out (absent is unknown, not 0)");
    }

    @Test
    void r0_either_name_will_do() {
        World world = new World(1);
        world.series(1).removeIf(series -> series.name().equals(World.LAG));
        world.series(1).add(World.lag("redpanda_transform_processor_lag", 0));

        assertThat(judge(world)).isEqualTo(new Open());
    }

    @Test
    void r1_a_fresh_deploy_shows_0_until_its_first_batch() {
        World world = new World(1);
        world.output.put(0, new Ends(0, 0, 0));
        world.committed.clear();

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "partition 0 at 0 of 100 (waiting: first committed offset)");
    }

    @Test
    void r2_a_frozen_gauge_does_not_know_of_new_input() {
        World world = new World(4);
        world.input.put(3, new Ends(0, 9_120, 9_120));
        world.committed(3, 1_202);

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "partition 3 at 1,203 of 9,120 (waiting: committed offset)");
    }

    @Test
    void r3_a_stop_shows_0() {
        World world = new World(1).row(0, 1, Status.ERRORED, 0).committed(0, 20);
        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertFails(judge(world), "partition 0 has failed on broker 1");

        World paused = new World(1).row(0, 1, Status.INACTIVE, 0);
        assertThat(NaivePoll.opens(paused.look())).isTrue();
        assertWaits(judge(paused), "partition 0 is inactive (waiting: 0 of 1 partitions run)");

        World counted = new World(1);
        counted.series(1).removeIf(series -> series.has("state", "errored"));
        counted.series(1).add(World.state("errored", 1));
        assertThat(NaivePoll.opens(counted.look())).isTrue();
        assertFails(judge(counted), "broker 1 counts 1 failed partitions of lvc-1");
    }

    @Test
    void r4_a_leader_that_moves_starts_again_at_0() {
        // Given: two looks at a gate that wants three
        World world = new World(2);
        LagGate gate =
                LagGate.closed(world.target(), 3, PATIENCE).after(world.look()).after(world.look());

        // When: partition 1 moves to broker 1
        world.row(1, 1, Status.RUNNING, 0).shows(1, 0, 2).shows(2, 0, 0);

        // Then
        assertThat(NaivePoll.opens(world.look())).isTrue();
        gate = gate.after(world.look());
        assertWaits(gate.verdict(), "partition 1 moved to broker 1; all copied in 1 of 3 looks (waiting: the others)");
        gate = gate.after(world.look());
        assertWaits(gate.verdict(), "all copied in 2 of 3 looks (waiting: the others)");
        assertThat(gate.after(world.look()).verdict()).isEqualTo(new Open());
    }

    @Test
    void r4_while_the_leader_moves_fewer_partitions_run() {
        World world = new World(2).shows(2, 0, 0);

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "the brokers count 1 running partitions, noted were 2");
    }

    @Test
    void r5_a_processor_that_is_never_made_is_given_up() {
        World world = new World(1).row(0, 1, Status.UNKNOWN, 0);
        world.series(1).clear();
        assertThat(NaivePoll.opens(world.look())).isTrue();
        LagGate gate = LagGate.closed(world.target(), 1, Duration.ofSeconds(3)).after(world.look());
        assertWaits(gate.verdict(), "partition 0 is unknown (waiting: 0 of 1 partitions run)");

        gate = gate.after(world.look()).after(world.look()).after(world.look());

        assertFails(gate.verdict(), "no broker has made a processor of lvc-1 for partition 0 for 3 s");
        assertThat(gate.after(new World(1).look()).verdict()).isEqualTo(gate.verdict());
    }

    @Test
    void r6_a_broker_that_was_not_asked_hides_its_part() {
        World world = new World(2).committed(1, 5).shows(2, 94, 1);
        world.brokers.remove(2);
        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "broker 2 has partition 1 and was not asked for its metrics");

        world.silent.add(new Scrape.Silent("http://b:9644", "connection refused"));
        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "broker http://b:9644 did not show its metrics: connection refused");
    }

    @Test
    void r6_a_silent_broker_may_have_anything_even_when_all_else_is_copied() {
        World world = new World(1);
        world.silent.add(new Scrape.Silent("7", "status 503"));

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "broker 7 did not show its metrics: status 503");
    }

    @Test
    void r7_an_earlier_transform_of_the_same_name_shows_its_old_0() {
        World twice = new World(1);
        twice.others.add(World.state(twice.rows, "out"));
        assertThat(NaivePoll.opens(twice.look())).isTrue();
        assertWaits(judge(twice), "transform lvc-1 is listed 2 times");

        World elsewhere = new World(1);
        elsewhere.listed = false;
        elsewhere.others.add(World.state(elsewhere.rows, "old"));
        assertThat(NaivePoll.opens(elsewhere.look())).isTrue();
        assertFails(judge(elsewhere), "transform lvc-1 goes from in to old, not from in to out alone");
    }

    @Test
    void r8_a_deploy_that_other_brokers_have_not_seen_yet() {
        World world = new World(3);
        world.rows.remove(2);
        world.series(3).clear();

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "the list has 2 partitions, noted were 3 (partition 2)");
    }

    @Test
    void r9_in_a_sum_one_partition_hides_another() {
        World world = new World(2).committed(0, 49).shows(1, 50, 1).shows(2, -50, 1);
        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertThat(judge(world)).isInstanceOf(Fail.class);

        World wrapped = new World(2).committed(0, 49).shows(1, 0, 1).shows(2, BEFORE_ZERO, 1);
        assertFails(
                judge(wrapped),
                "broker 2 shows a lag that cannot be: the end of in lies before what was already copied;"
                        + " was it created again or cut?");

        World hidden = new World(2).committed(0, 49);
        assertThat(NaivePoll.opens(hidden.look())).isTrue();
        assertWaits(judge(hidden), "partition 0 at 50 of 100 (waiting: committed offset)");
    }

    @Test
    void r10_a_lag_of_a_multiple_of_2_to_the_32_is_listed_as_0() {
        long end = (1L << 32) + 1;
        World world =
                new World(1).row(0, 1, Status.RUNNING, 0).shows(1, 0x1p32, 1).committed(0, 0);
        world.input.put(0, new Ends(0, end, end));

        assertThat(NaivePoll.opensOnTheList(world.look())).isTrue();
        assertWaits(
                judge(world),
                "partition 0 shows 0, which may be cut to 32 bits and early (waiting: a committed offset that grows)");
    }

    @Test
    void r10_an_offset_that_is_equal_2_to_the_32_too_early_does_not_open() {
        // Given: the end is 2^32 + 100, so 99 is printed for the goal and for the 100th record
        long end = (1L << 32) + 100;
        World world = new World(1).shows(1, 0x1p32, 1).committed(0, 50);
        world.input.put(0, new Ends(0, end, end));
        LagGate gate = LagGate.closed(world.target(), 1, PATIENCE).after(world.look());

        // When
        gate = gate.after(world.committed(0, 99).look());

        // Then
        assertThat(NaivePoll.opensOnTheList(world.look())).isTrue();
        assertWaits(
                gate.verdict(),
                "partition 0 shows 99, which is cut to 32 bits, and its broker a lag of 4,294,967,296 (waiting: lag)");
        world.fenced = false;
        assertWaits(
                LagGate.closed(world.target(), 1, PATIENCE)
                        .after(world.committed(0, 50).look())
                        .after(world.committed(0, 99).look())
                        .verdict(),
                "partition 0 shows 99, which is cut to 32 bits, and its broker a lag of 4,294,967,296 (waiting: lag)");
    }

    @Test
    void r10_beyond_2_to_the_31_smaller_does_not_mean_ahead() {
        long end = 3_000_000_001L;
        World world = new World(1).committed(0, 0);
        world.input.put(0, new Ends(0, end, end));
        world.output.put(0, new Ends(0, 0, 0));

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(
                judge(world), "partition 0 at 1 of 3,000,000,001, offsets cut to 32 bits (waiting: committed offset)");
    }

    @Test
    void r11_rows_that_do_not_run_are_listed_with_0() {
        World world = new World(2).row(0, 1, Status.UNKNOWN, 0).row(1, 2, Status.INACTIVE, 0);

        assertThat(NaivePoll.opensOnTheList(world.look())).isTrue();
        assertWaits(judge(world), "partition 0 is unknown (waiting: 0 of 2 partitions run)");
    }

    @Test
    void r12_a_start_offset_that_was_ignored_copies_nothing() {
        World world = new World(1);
        world.outputBefore.put(0, 100L);

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(
                judge(world),
                "partition 0 is said to be copied and partition 0 of out has grown by 0 (waiting: output)");
    }

    @Test
    void r13_without_a_start_offset_the_lag_is_truly_0_and_the_output_empty() {
        World world = new World(1);
        world.output.put(0, new Ends(0, 0, 0));
        world.outputBefore.put(0, 0L);

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(
                judge(world),
                "partition 0 is said to be copied and partition 0 of out has grown by 0 (waiting: output)");
    }

    @Test
    void r14_an_input_that_is_not_complete_yet() {
        World world = new World(1);
        Target noted = world.target();
        world.input.put(0, new Ends(0, 40, 40));
        world.committed(0, 39);

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(
                LagGate.closed(noted, 1, PATIENCE).after(world.look()).verdict(),
                "partition 0 of in ends at 40, noted was 100 (waiting: a complete input)");
    }

    @Test
    void r15_a_record_that_fails_shows_0_between_the_attempts() {
        World world = new World(1).committed(0, 20).failures(1, 1);

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertFails(judge(world), "transform lvc-1 has failed again on broker 1 (failures: 1 more)");
    }

    @Test
    void r15_failures_of_before_count_no_more_but_a_counter_that_began_again_does() {
        World world = new World(1).failures(1, 7);
        Target noted = new Target(World.NAME, "in", "out", world.input, true, Map.of(), Map.of(1, 7.0));
        LagGate gate = LagGate.closed(noted, 1, PATIENCE).after(world.look());
        assertThat(gate.verdict()).isEqualTo(new Open());

        gate = gate.after(world.failures(1, 5).look());

        assertFails(gate.verdict(), "transform lvc-1 has failed again on broker 1 (failures: 5 more)");
    }

    @Test
    void r16_a_processor_that_runs_and_does_not_progress_keeps_its_reason() {
        World world = new World(1).committed(0, 20);
        LagGate gate = LagGate.closed(world.target(), 1, PATIENCE);

        assertThat(NaivePoll.opens(world.look())).isTrue();
        for (int look = 0; look < 5; look++) {
            gate = gate.after(world.look());
            assertWaits(gate.verdict(), "partition 0 at 21 of 100 (waiting: committed offset)");
        }
    }

    @Test
    void r17_two_brokers_report_one_partition() {
        World world = new World(2);
        world.rows.add(new Row(1, 1, Status.RUNNING, 0));
        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "partition 1 is listed 2 times, and not alike (waiting: one broker)");

        World merged = new World(2).shows(1, 0, 2);
        assertThat(NaivePoll.opens(merged.look())).isTrue();
        assertWaits(judge(merged), "the brokers count 3 running partitions, noted were 2");

        World contradicting = new World(1);
        contradicting.committed.add(new Committed(World.NAME, 0, 5));
        assertThat(NaivePoll.opens(contradicting.look())).isTrue();
        assertWaits(judge(contradicting), "partition 0 has several committed offsets: [5, 99] (waiting: one of them)");
    }

    @Test
    void r18_output_is_written_and_the_offset_not_committed() {
        World world = new World(1).committed(0, 60);

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "partition 0 at 61 of 100 (waiting: committed offset)");
    }

    @Test
    void r19_a_deleted_transform_that_may_still_write_is_not_drained() {
        World world = new World(1);
        world.listed = false;

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(judge(world), "transform lvc-1 is not listed");
    }

    @Test
    void r20_before_offset_0_is_printed_as_0_which_a_single_record_would_be_too() {
        World world = new World(1).committed(0, 0);
        world.input.put(0, new Ends(0, 1, 1));
        world.output.put(0, new Ends(0, 0, 0));
        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(
                judge(world),
                "partition 0 is said to be copied and partition 0 of out has grown by 0 (waiting: output)");

        // A backup that is not empty: only growth counts.
        world.output.put(0, new Ends(0, 30, 30));
        world.outputBefore.put(0, 30L);
        assertWaits(
                judge(world),
                "partition 0 is said to be copied and partition 0 of out has grown by 0 (waiting: output)");
        world.output.put(0, new Ends(0, 31, 31));
        assertThat(judge(world)).isEqualTo(new Open());
    }

    @Test
    void r20_where_the_last_readable_record_is_the_first_one() {
        World world = new World(1).committed(0, 0);
        world.input.put(0, new Ends(0, 3, 3));
        world.output.put(0, new Ends(0, 0, 0));
        world.lastReadable.put(0, 0L);

        assertThat(NaivePoll.opens(world.look())).isTrue();
        assertWaits(
                judge(world),
                "partition 0 is said to be copied and partition 0 of out has grown by 0 (waiting: output)");
    }

    private static Verdict judge(World world) {
        return LagGate.closed(world.target(), 1, PATIENCE).after(world.look()).verdict();
    }

    private static void assertWaits(Verdict verdict, String reason) {
        assertThat(verdict).isEqualTo(new Wait(reason));
    }

    private static void assertFails(Verdict verdict, String reason) {
        assertThat(verdict).isEqualTo(new Fail(reason));
    }
}
