package lvc.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lvc.core.gate.Verdict.Fail;
import lvc.core.gate.Verdict.Open;
import lvc.core.gate.Verdict.Wait;
import lvc.core.metric.Scrape;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The races the other way round: the naive poll would wait for ever, and the gate opens, or says why it never will. */
class NeverZeroTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Test
    void markers_and_aborted_records_at_the_end_are_never_processed() {
        // Given: the last two offsets are an aborted record and its marker
        World world = new World(1).committed(0, 97).shows(1, 2, 1);
        assertThat(judge(world)).isEqualTo(new Wait("partition 0 at 98 of 100 (waiting: committed offset)"));

        // When
        world.lastReadable.put(0, 97L);

        // Then
        assertThat(NaivePoll.opens(world.look())).isFalse();
        assertThat(judge(world)).isEqualTo(new Open());
        assertThat(judge(world.committed(0, 96)))
                .isEqualTo(new Wait("partition 0 at 97 of 100 (waiting: committed offset)"));
        assertThat(judge(world.committed(0, 97).shows(1, 3, 1)))
                .isEqualTo(new Wait("broker 1 still shows a lag of 3 (waiting: lag)"));
    }

    @Test
    void offsets_that_compaction_left_without_a_record_are_never_processed() {
        World world = new World(2).committed(1, 39).shows(2, 60, 1);
        world.lastReadable.put(1, 39L);

        assertThat(NaivePoll.opens(world.look())).isFalse();
        assertThat(judge(world)).isEqualTo(new Open());
    }

    @Test
    void a_partition_with_nothing_but_markers_has_nothing_to_copy() {
        World world = new World(1).committed(0, 0).shows(1, 100, 1);
        world.output.put(0, new Ends(0, 0, 0));
        world.lastReadable.put(0, LagSample.NOTHING);

        assertThat(NaivePoll.opens(world.look())).isFalse();
        assertThat(judge(world)).isEqualTo(new Open());
    }

    @Test
    void an_empty_partition_whose_start_is_above_zero_is_drained() {
        World world = new World(1).shows(1, 1, 1);
        world.input.put(0, new Ends(100, 100, 100));
        world.output.put(0, new Ends(0, 0, 0));
        world.committed.clear();

        assertThat(NaivePoll.opens(world.look())).isFalse();
        assertThat(judge(world)).isEqualTo(new Open());
    }

    @Test
    void both_topics_empty_is_drained_and_rows_are_still_demanded() {
        World world = new World(1);
        world.input.put(0, new Ends(0, 0, 0));
        world.output.put(0, new Ends(0, 0, 0));
        world.committed.clear();
        assertThat(judge(world)).isEqualTo(new Open());

        world.row(0, 1, Status.INACTIVE, 0);

        assertThat(judge(world)).isEqualTo(new Wait("partition 0 is inactive (waiting: 0 of 1 partitions run)"));
    }

    @Test
    void writers_that_go_on_keep_the_lag_above_zero() {
        // Given: what was noted is copied, and 50 records more have come since
        World world = new World(1).shows(1, 50, 1);
        world.fenced = false;
        Target noted = world.target();
        world.input.put(0, new Ends(0, 150, 150));

        // When
        Verdict verdict = LagGate.closed(noted, 1, PATIENCE).after(world.look()).verdict();

        // Then
        assertThat(NaivePoll.opens(world.look())).isFalse();
        assertThat(verdict).isEqualTo(new Open());
        world.fenced = true;
        assertThat(LagGate.snapshot(
                        new Target("lvc-1", "in", "out", noted.ends(), true, noted.outputBefore(), noted.failures()),
                        world.look()))
                .isEqualTo(new Wait("broker 1 still shows a lag of 50 (waiting: lag)"));
    }

    @Test
    void brokers_that_lead_nothing_need_no_series() {
        World world = new World(1);
        world.brokers.put(2, List.of());
        world.brokers.put(3, List.of());

        assertThat(judge(world)).isEqualTo(new Open());
    }

    @Test
    void a_partition_without_a_leader_is_named_and_given_up() {
        World world = new World(4).row(2, 3, Status.UNKNOWN, 7).shows(3, 7, 0);
        assertThat(NaivePoll.opens(world.look())).isFalse();
        LagGate gate = LagGate.closed(world.target(), 1, PATIENCE).after(world.look());
        assertThat(gate.verdict()).isEqualTo(new Wait("partition 2 is unknown (waiting: 3 of 4 partitions run)"));

        gate = gate.after(world.look()).after(world.look()).after(world.look());

        assertThat(gate.verdict())
                .isEqualTo(new Fail("no broker has made a processor of lvc-1 for partition 2 for 3 s"));
    }

    @Test
    void offsets_cut_to_32_bits_open_after_growth_and_without_lag() {
        long end = (1L << 32) + 1;
        World world = new World(1).committed(0, -5).shows(1, 4, 1);
        world.input.put(0, new Ends(0, end, end));
        LagGate gate = LagGate.closed(world.target(), 2, PATIENCE).after(world.look());

        gate = gate.after(world.committed(0, 0).shows(1, 0, 1).look());
        assertThat(gate.verdict()).isEqualTo(new Wait("all copied in 1 of 2 looks (waiting: the others)"));
        gate = gate.after(world.look());

        assertThat(gate.verdict()).isEqualTo(new Open());
        world.outputBefore.put(0, 100L);
        assertThat(LagGate.closed(world.target(), 1, PATIENCE)
                        .after(world.committed(0, -5).look())
                        .after(world.committed(0, 0).look())
                        .verdict())
                .isEqualTo(new Wait("partition 0 is said to be copied and partition 0 of out has grown by 0"
                        + " (waiting: output)"));
    }

    @Test
    void what_could_not_be_seen_is_waited_for() {
        World world = new World(1);
        LagSample all = world.look();
        Seen.Not<Object> not = new Seen.Not<>("status 500");

        assertThat(snapshot(world, with(all, not, all.committed(), all.input(), all.output())))
                .isEqualTo(new Wait("the transforms could not be listed: status 500"));
        assertThat(snapshot(world, with(all, all.transforms(), not, all.input(), all.output())))
                .isEqualTo(new Wait("the committed offsets could not be read: status 500"));
        assertThat(snapshot(world, with(all, all.transforms(), all.committed(), not, all.output())))
                .isEqualTo(new Wait("the ends of in could not be read: status 500"));
        assertThat(snapshot(world, with(all, all.transforms(), all.committed(), all.input(), not)))
                .isEqualTo(new Wait("the ends of out could not be read: status 500"));
        world.brokers.clear();
        world.silent.add(new Scrape.Silent("1", "cut off"));
        assertThat(judge(world)).isEqualTo(new Wait("broker 1 did not show its metrics: cut off"));
    }

    @SuppressWarnings("unchecked") // A Not holds no value, so that its type does not matter.
    private static LagSample with(LagSample all, Seen<?> transforms, Seen<?> committed, Seen<?> input, Seen<?> output) {
        return new LagSample(
                all.at(),
                (Seen<List<TransformState>>) transforms,
                (Seen<List<Committed>>) committed,
                all.brokers(),
                (Seen<Map<Integer, Ends>>) input,
                (Seen<Map<Integer, Ends>>) output,
                all.lastReadable());
    }

    private static Verdict snapshot(World world, LagSample sample) {
        return LagGate.snapshot(world.target(), sample);
    }

    private static Verdict judge(World world) {
        return LagGate.closed(world.target(), 1, PATIENCE).after(world.look()).verdict();
    }
}
