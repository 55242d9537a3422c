package lvc.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lvc.core.gate.Verdict.Fail;
import lvc.core.gate.Verdict.Open;
import lvc.core.gate.Verdict.Wait;
import lvc.core.metric.Scrape;
import lvc.core.metric.Series;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the gate's conditions begin and end: limits to the number, neighbours that are none of its business, memory. */
class EdgesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long CUT = 1L << 31;

    @Test
    void a_lag_is_absurd_only_beyond_2_to_the_62() {
        assertThat(judge(new World(1).shows(1, 0x1p62, 1))).isInstanceOf(Wait.class);
        assertThat(judge(new World(1).shows(1, 0x1p62 * 1.01, 1))).isInstanceOf(Fail.class);
    }

    @Test
    void what_other_transforms_show_does_not_matter() {
        World world = new World(1);
        world.others.add(new TransformState("lvc-2", "in", List.of("out"), Map.of(), "none", world.rows));
        world.committed.add(new Committed("lvc-2", 0, 5));
        world.series(1)
                .add(new Series(World.LAG, Map.of("function_name", World.NAME, "output_topic", "elsewhere"), 50));

        assertThat(judge(world)).isEqualTo(new Open());
    }

    @Test
    void a_transform_that_is_never_listed_is_given_up_after_the_patience_and_not_before() {
        World world = new World(1);
        world.listed = false;
        LagGate gate = LagGate.closed(world.target(), 1, PATIENCE);

        for (int look = 0; look < 3; look++) {
            gate = gate.after(world.look());
            assertThat(gate.verdict()).isEqualTo(new Wait("transform lvc-1 is not listed"));
        }

        assertThat(gate.after(world.look()).verdict())
                .isEqualTo(new Fail("transform lvc-1 was not listed with any partition for 3 s"));
    }

    @Test
    void one_that_is_listed_without_a_partition_is_given_up_too() {
        World world = new World(1);
        world.rows.clear();
        LagGate gate = LagGate.closed(world.target(), 1, PATIENCE);

        for (int look = 0; look < 4; look++) {
            gate = gate.after(world.look());
        }

        assertThat(gate.verdict()).isEqualTo(new Fail("transform lvc-1 was not listed with any partition for 3 s"));
    }

    @Test
    void one_that_runs_and_has_something_left_to_do_is_never_given_up() {
        World world = new World(1).committed(0, 20);
        LagGate gate = LagGate.closed(world.target(), 1, PATIENCE);

        for (int look = 0; look < 10; look++) {
            gate = gate.after(world.look());
        }

        assertThat(gate.verdict()).isInstanceOf(Wait.class);
    }

    @Test
    void a_list_that_could_not_be_had_does_not_end_the_time_without_a_processor() {
        // Given
        World world = new World(1).row(0, 1, Status.UNKNOWN, 0);
        LagGate gate = LagGate.closed(world.target(), 1, PATIENCE).after(world.look());

        // When: two looks without a list, and the fourth second
        gate = gate.after(unlisted(world.look())).after(unlisted(world.look())).after(world.look());

        // Then
        assertThat(gate.verdict())
                .isEqualTo(new Fail("no broker has made a processor of lvc-1 for partition 0 for 3 s"));
    }

    @Test
    void a_processor_that_was_made_and_lost_is_waited_for_anew() {
        World world = new World(1).row(0, 1, Status.UNKNOWN, 0);
        LagGate gate = LagGate.closed(world.target(), 9, PATIENCE).after(world.look());
        gate = gate.after(world.row(0, 1, Status.RUNNING, 0).look());

        for (int look = 0; look < 3; look++) {
            gate = gate.after(world.row(0, 1, Status.UNKNOWN, 0).look());
        }

        assertThat(gate.verdict()).isInstanceOf(Wait.class);
    }

    @Test
    void failures_that_were_counted_before_a_broker_fell_silent_are_not_counted_again() {
        // Given
        World world = new World(2).failures(1, 7);
        Target noted = new Target(World.NAME, "in", "out", world.input, true, Map.of(), Map.of(1, 7.0));
        LagGate gate = LagGate.closed(noted, 9, PATIENCE).after(world.look());

        // When: broker 1 says nothing for a look
        List<Series> ofBroker1 = world.brokers.remove(1);
        world.silent.add(new Scrape.Silent("1", "cut off"));
        gate = gate.after(world.look());
        world.silent.clear();
        world.brokers.put(1, ofBroker1);
        gate = gate.after(world.look());

        // Then
        assertThat(gate.verdict()).isEqualTo(new Wait("all copied in 1 of 9 looks (waiting: the others)"));
    }

    @Test
    void a_counter_that_was_dropped_begins_again_at_0_even_where_it_comes_back_as_large() {
        // Given
        World world = new World(1).failures(1, 7);
        Target noted = new Target(World.NAME, "in", "out", world.input, true, Map.of(), Map.of(1, 7.0));
        LagGate gate = LagGate.closed(noted, 9, PATIENCE).after(world.look());

        // When: the broker answers without the counters of the transform
        world.series(1).removeIf(series -> !series.name().equals(World.LAG) && !series.has("state", "running"));
        gate = gate.after(world.look());
        gate = gate.after(world.failures(1, 7).look());

        // Then
        assertThat(gate.verdict())
                .isEqualTo(new Fail("transform lvc-1 has failed again on broker 1 (failures: 7 more)"));
    }

    @Test
    void offsets_are_cut_from_2_to_the_31_on() {
        // Given: the goal is 2^31, printed as -2^31
        World world = new World(1).committed(0, CUT - 1);
        world.input.put(0, new Ends(0, CUT + 1, CUT + 1));
        LagGate gate = LagGate.closed(world.target(), 1, PATIENCE).after(world.look());
        assertThat(gate.verdict()).isInstanceOf(Wait.class);

        // When
        gate = gate.after(world.committed(0, -CUT).look());

        // Then
        assertThat(gate.verdict()).isEqualTo(new Open());
    }

    @Test
    void below_that_they_are_compared_as_they_are() {
        World world = new World(1).committed(0, CUT - 1);
        world.input.put(0, new Ends(0, CUT, CUT));

        assertThat(judge(world)).isEqualTo(new Open());
        assertThat(judge(world.committed(0, CUT - 2))).isInstanceOf(Wait.class);
    }

    @Test
    void a_lag_of_2_to_the_31_may_hide_2_to_the_32_even_where_so_much_is_unreadable() {
        // Given: behind the last readable record, 2^32, lie 2^31 offsets without one
        World world = new World(1).committed(0, -1).shows(1, CUT, 1);
        world.input.put(0, new Ends(0, 3 * CUT + 1, 3 * CUT + 1));
        world.lastReadable.put(0, 2 * CUT);
        LagGate gate = LagGate.closed(world.target(), 1, PATIENCE).after(world.look());

        // When
        gate = gate.after(world.committed(0, 0).look());

        // Then
        assertThat(gate.verdict())
                .isEqualTo(new Wait("partition 0 shows 0, which is cut to 32 bits, and its broker a lag of"
                        + " 2,147,483,648 (waiting: lag)"));
        assertThat(gate.after(world.shows(1, CUT - 1, 1).look()).verdict()).isEqualTo(new Open());
    }

    @Test
    void beside_an_offset_that_was_cut_the_lag_of_its_own_leader_counts() {
        // Given: partition 1 is led by broker 2, which is far behind; broker 1 is not
        long end = (1L << 32) + 100;
        World world = new World(2).committed(1, 50).shows(2, 0x1p32, 1);
        world.fenced = false;
        world.input.put(1, new Ends(0, end, end));
        LagGate gate = LagGate.closed(world.target(), 1, PATIENCE).after(world.look());

        // When
        gate = gate.after(world.committed(1, 99).look());

        // Then
        assertThat(gate.verdict())
                .isEqualTo(new Wait("partition 1 shows 99, which is cut to 32 bits, and its broker a lag of"
                        + " 4,294,967,296 (waiting: lag)"));
    }

    @Test
    void each_output_must_grow_by_one_for_every_input_that_feeds_it() {
        // Given: two inputs, each with an output of its own that has grown by one
        World world = new World(2);
        world.outputBefore.put(0, 99L);
        world.outputBefore.put(1, 99L);
        assertThat(judge(world)).isEqualTo(new Open());

        // When: the second has not
        world.outputBefore.put(1, 100L);

        // Then
        assertThat(judge(world))
                .isEqualTo(new Wait(
                        "partition 1 is said to be copied and partition 1 of out has grown by 0 (waiting: output)"));
    }

    @Test
    void an_output_that_two_inputs_feed_must_grow_by_two() {
        World world = new World(3);
        world.output.remove(2);
        world.outputBefore.put(0, 99L);
        world.outputBefore.put(1, 99L);
        assertThat(judge(world))
                .isEqualTo(new Wait(
                        "partition 0 is said to be copied and partition 0 of out has grown by 1 (waiting: output)"));

        world.outputBefore.put(0, 98L);

        assertThat(judge(world)).isEqualTo(new Open());
    }

    @Test
    void how_far_it_is_is_counted_in_offsets_of_every_partition_and_never_beyond_the_target() {
        // Given: 50 of 90, nothing committed of 100, and more than was noted of 100
        World world = new World(3).committed(0, 59).committed(2, 250);
        world.committed.removeIf(row -> row.partition() == 1);
        world.input.put(0, new Ends(10, 100, 100));

        assertThat(Copied.of(world.target(), world.look())).isEqualTo(new Copied(150, 290));

        // When: what was committed of partition 0 lies before its start, and of partition 2 two things are said
        world.committed(0, 3);
        world.committed.add(new Committed(World.NAME, 2, 29));

        assertThat(Copied.of(world.target(), world.look())).isEqualTo(new Copied(30, 290));
    }

    private static LagSample unlisted(LagSample sample) {
        return new LagSample(
                sample.at(),
                new Seen.Not<>("status 500"),
                sample.committed(),
                sample.brokers(),
                sample.input(),
                sample.output(),
                sample.lastReadable());
    }

    private static Verdict judge(World world) {
        return LagGate.closed(world.target(), 1, PATIENCE).after(world.look()).verdict();
    }
}
