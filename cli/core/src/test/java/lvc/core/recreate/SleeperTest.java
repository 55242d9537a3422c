package lvc.core.recreate;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import lvc.core.fake.SimulatedWriter;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.Entry.Ending;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A process that slept before one of its steps, and wakes when another one has finished the run. */
class SleeperTest {

    @Test
    void itDoesNothingAnyMoreWhicheverStepItSleptBefore() {
        for (Approach approach : Approach.values()) {
            for (String step : steps(approach)) {
                wakes(cached(approach), step);
            }
        }
    }

    private static void wakes(Bench bench, String step) {
        String as = "approach " + bench.cache.approach() + ", asleep before " + step;
        SimulatedWriter writer = bench.writer("w");
        String hot = bench.cache.hot().name();
        String[] id = {""};
        Set<String> transforms = new LinkedHashSet<>();
        bench.world.journal.watcher = entry -> {
            if (id[0].isEmpty()
                    && entry instanceof Entry.Intended intended
                    && StepText.kind(intended.step()).equals(step)) {
                id[0] = "asleep";
                bench.world.advance(10_000);
                bench.resume();
                assertThat(writer.write("k/0", "new")).as(as).isTrue();
                id[0] = bench.world.topics.id(hot);
                transforms.addAll(bench.world.transforms.names());
            }
        };

        Fault fault = catchThrowableOfType(Fault.class, bench::run);

        assertThat(fault).as(as).isNotNull();
        assertThat(fault.exit()).as(as).isEqualTo(Exit.UNFINISHED);
        // No heart beats here, so that a wait ends only when there is no patience left.
        if (!step.startsWith("await-")) {
            assertThat(fault.what()).as(as).contains("another process has taken over");
        }
        assertThat(bench.world.topics.id(hot)).as(as).isEqualTo(id[0]);
        assertThat(bench.world.transforms.names()).as(as).hasSize(1).containsExactlyElementsOf(transforms);
        assertThat(bench.world.cluster.fenced()).as(as).isEmpty();
        bench.world.advance(4000);
        assertThat(bench.hot()).as(as).containsEntry("k/0", "new").isEqualTo(bench.truth());
        Optional<Entry.Ended> ended =
                History.of(bench.world.journal.entries).runs().get(0).ended();
        assertThat(ended.map(Entry.Ended::ending)).as(as).contains(Ending.DONE);
    }

    /** Every kind of step that a run takes. */
    private static Set<String> steps(Approach approach) {
        Bench bench = cached(approach);
        bench.run();
        return new LinkedHashSet<>(bench.steps());
    }

    /** k=old in both topics, forward running, and a group that knows the hot topic. */
    private static Bench cached(Approach approach) {
        Bench bench = Bench.of(approach);
        assertThat(bench.writer("first").write("k/0", "old")).isTrue();
        bench.world.advance(3000);
        bench.world.groups.add(bench.cache.hot().name(), "readers", 0, 1);
        return bench;
    }
}
