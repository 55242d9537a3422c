package lvc.core.recreate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lvc.core.fake.SimulatedWriter;
import lvc.core.fake.Trouble;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.Entry.Ending;
import lvc.core.journal.Fencing;
import lvc.core.journal.Outcome;
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

    /** What it has read is old by now, and would lie behind what is newer. */
    @Test
    void itWritesNothingAnyMoreThatItReadBeforeItSlept() {
        for (String step : List.of("top-up-truth", "save-strays", "save-intruders")) {
            Bench bench = cached(Approach.B).wishing(Fencing.NONE, step.equals("top-up-truth"));
            SimulatedWriter writer = bench.writer("w");
            if (step.equals("top-up-truth")) {
                bench.world.transforms.somebodyDeletes("lvc-first");
                bench.world.advance(1000);
                assertThat(writer.write("k/0", "newer")).isTrue();
            }
            writesAfter(bench, step.equals("save-strays") ? Outcome.FenceOpened.class : Outcome.ReverseDeployed.class);
            sleepsAfter(bench, step, "read", () -> {
                while (History.of(bench.world.journal.entries).unfinished().isPresent()) {
                    Fault unused = catchThrowableOfType(Fault.class, bench::resume);
                }
                assertThat(writer.write("k/0", "newest")).isTrue();
                bench.world.advance(4000);
            });

            Fault fault = catchThrowableOfType(Fault.class, bench::run);

            assertThat(fault).as(step).isNotNull();
            assertThat(fault.what()).as(step).contains("another process has taken over");
            bench.world.advance(4000);
            assertThat(bench.hot()).as(step).containsEntry("k/0", "newest").isEqualTo(bench.truth());
        }
    }

    @Test
    void itMakesNoGroupForgetWhatItHasReadSince() {
        Bench bench = cached(Approach.B);
        bench.world.groups.add("primary", "others", 0, 1);
        sleepsAfter(bench, "forget-offsets", "forget", () -> {
            bench.resume();
            bench.world.groups.add("primary", "readers", 0, 1);
            bench.world.groups.add("primary", "others", 0, 1);
        });

        assertThat(catchThrowableOfType(Fault.class, bench::run)).isNotNull();

        assertThat(bench.world.groups.of("primary")).hasSize(2);
    }

    private static void writesAfter(Bench bench, Class<? extends Outcome> outcome) {
        bench.once(outcome, () -> assertThat(bench.writer("before").write("k/0", "newer"))
                .isTrue());
    }

    /** The process does not get on for a while after the last call of this kind that belongs to a kind of step. */
    private static void sleepsAfter(Bench bench, String step, String call, Runnable meanwhile) {
        boolean[] slept = {false};
        bench.world.trouble = new Trouble() {
            @Override
            public void after(String done) {
                List<String> steps = bench.steps();
                int reads = step.equals("top-up-truth") ? 2 : 1;
                if (!slept[0]
                        && done.equals(call)
                        && steps.get(steps.size() - 1).equals(step)
                        && ++calls == reads) {
                    slept[0] = true;
                    bench.world.advance(10_000);
                    meanwhile.run();
                }
            }

            private int calls;
        };
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
