package lvc.core.recreate;

import java.util.List;
import java.util.Optional;
import lvc.core.event.Event;
import lvc.core.fake.SimulatedWriter;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Fencing;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A destination with keys that its source does not have: lost only when somebody has said so, and no more than that. */
class AcceptedLossTest {
    private final Bench bench = Bench.of(Approach.A);

    @BeforeEach
    void write() {
        SimulatedWriter writer = bench.writer("w");
        assertThat(writer.write("k/0", "v")).isTrue();
        bench.world.advance(4000);
        bench.world.topics.appends("destination", 0, "alien/0", "x");
    }

    @Test
    void nothingIsLostUnlessSomebodySaysSo() {
        Fault fault = catchThrowableOfType(Fault.class, bench::run);
        assertThat(fault.exit()).isEqualTo(Exit.DIFFERS);
        assertThat(fault.why()).contains("alien/0").contains("nothing was deleted");
        assertThat(fault.next()).contains("--accept-loss --confirm test").contains("destination");
        assertThat(bench.hot()).containsEntry("alien/0", "x");
    }

    @Test
    void withApproachBThereIsAWayToLoseNothing() {
        Bench b = Bench.of(Approach.B);
        assertThat(b.writer("w").write("k/0", "v")).isTrue();
        b.world.advance(4000);
        b.world.topics.log("secondary", 0).forget("k/0");
        Fault fault = catchThrowableOfType(Fault.class, b::run);
        assertThat(fault.next()).contains("--repair-backup gives secondary what primary has");
    }

    @Test
    void thePlanCountsWhatWillBeLost() {
        bench.wishes = accepting();
        assertThat(bench.plan().run().waiver().acceptedLoss()).isEqualTo(1);
        assertThat(bench.events).anyMatch(event -> event instanceof Event.Verified);
    }

    @Test
    void whatWasAcceptedIsLostAndTheRestIsNot() {
        bench.wishes = accepting();
        assertThat(bench.run().keys()).isEqualTo(1);
        assertThat(bench.hot()).isEqualTo(bench.truth()).containsOnlyKeys("k/0");
    }

    @Test
    void moreThanWasAcceptedIsNotLost() {
        bench.wishes = accepting();
        Recreate process = bench.process();
        RunPlan plan = process.plan(bench.cache, bench.wishes).run();
        bench.world.topics.appends("destination", 0, "another/0", "x");
        Fault fault = catchThrowableOfType(Fault.class, () -> process.run(plan, bench.cache, bench.wishes));
        assertThat(fault.exit()).isEqualTo(Exit.DIFFERS);
        assertThat(bench.hot()).containsKeys("alien/0", "another/0", "k/0");
    }

    /** The waiver is for what is deleted; what was made anew must be as it should. */
    @Test
    void afterTheDeleteNothingMayBeMissing() {
        bench.wishes = accepting();
        bench.once(
                Outcome.Restored.class,
                () -> bench.world.topics.log("destination", 0).forget("k/0"));
        Fault fault = catchThrowableOfType(Fault.class, bench::run);
        assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
        assertThat(fault.why()).contains("k/0").doesNotContain("nothing was deleted");
    }

    @Test
    void whatWasReadIsTold() {
        bench.wishes = accepting();
        List<Long> records = bench.run().steps().stream()
                .filter(row -> row.step().equals("compare"))
                .map(row -> row.records())
                .toList();
        assertThat(records).containsExactly(3L, 2L);
    }

    private static Wishes accepting() {
        return new Wishes(Fencing.BROKER, false, false, true, false, Optional.empty(), Bench.SETTLE);
    }
}
