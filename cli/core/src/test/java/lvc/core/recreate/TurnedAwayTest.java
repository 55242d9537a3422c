package lvc.core.recreate;

import java.util.Optional;
import lvc.core.fake.SimulatedCluster;
import lvc.core.fake.Trouble;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Outcome;
import lvc.core.topic.Approach;
import lvc.core.wait.Wait;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a writer is told whom the cluster turned away. */
class TurnedAwayTest {
    private final Fault refused = Fault.refused("nothing written to primary", "not allowed", "ask somebody");

    private final Bench bench = Bench.of(Approach.B);

    @BeforeEach
    void write() {
        assertThat(bench.writer("w").write("k/0", "v")).isTrue();
        bench.world.advance(4000);
    }

    @Test
    void whereThereIsNoFenceItWasSomethingElse() {
        assertThat(explain("primary")).isSameAs(refused);
    }

    @Test
    void aFenceOfARunIsToldWithWhereTheRunStands() {
        runHalfWay();
        Fault told = explain("primary");
        assertThat(told.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(told.what()).isEqualTo(refused.what());
        assertThat(told.why())
                .contains("run " + run() + " of recreate rebuilds it")
                .contains("step ");
        assertThat(told.next()).contains("lvc status --history");
    }

    @Test
    void aFenceThatNoRunRaisedIsToldToo() {
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("primary"));
        assertThat(explain("primary").why()).contains("the journal knows of no run");
    }

    @Test
    void aRunOfAnotherTopicIsNotBlamed() {
        runHalfWay();
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("primary,audit"));
        assertThat(explain("audit").why()).contains("the journal knows of no run");
    }

    @Test
    void aClusterThatDoesNotAnswerLeavesItOpen() {
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("primary"));
        bench.world.trouble = new Trouble() {
            @Override
            public void before(String call) {
                throw Fault.unreachable(call + " failed", "no answer", "later");
            }
        };
        assertThat(explain("primary")).isSameAs(refused);
    }

    private void runHalfWay() {
        bench.once(Outcome.HotCreated.class, () -> {
            throw new Trouble.Crash("half way");
        });
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
    }

    private String run() {
        return bench.world.journal.entries.get(0).run();
    }

    private Fault explain(String topic) {
        Wait wait = new Wait(bench.world, Bench.SETTLE, event -> {});
        Fence fence = new Fence(bench.world.cluster, bench.world.topics, wait, bench.world);
        return new TurnedAway(fence, bench.world.journal).explain(topic, refused);
    }
}
