package lvc.core.recreate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lvc.core.event.Event;
import lvc.core.fake.SimulatedWriter;
import lvc.core.journal.Entry;
import lvc.core.journal.Fencing;
import lvc.core.report.Recreation;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which steps a run takes when nothing comes in its way, and what it leaves behind. */
class UndisturbedTest {
    private static final String SECOND_FORWARD = "deploy-forward";

    @Test
    void approachARemakesTheDestinationFromTheSource() {
        Bench bench = written(Approach.A);

        Recreation done = bench.run();

        assertThat(bench.steps())
                .containsExactly(
                        "compare",
                        "remove-transform",
                        "delete-hot",
                        "create-hot",
                        "deploy-forward",
                        "await-restored",
                        "compare");
        everythingIsThere(bench, done);
    }

    @Test
    void approachBRestoresThePrimaryFromTheSecondary() {
        Bench bench = written(Approach.B);

        Recreation done = bench.run();

        assertThat(bench.steps())
                .containsExactly(
                        "raise-fence",
                        "await-drained",
                        "compare",
                        "remove-transform",
                        "delete-hot",
                        "create-hot",
                        "open-fence",
                        "deploy-holding",
                        "raise-fence",
                        "save-strays",
                        "deploy-reverse",
                        "await-restored",
                        "remove-transform",
                        "compare",
                        SECOND_FORWARD,
                        "lower-fence");
        everythingIsThere(bench, done);
        assertThat(bench.world.cluster.fenced()).isEmpty();
    }

    @Test
    void groupsForgetTheirOffsetsRightAfterTheTopicWasMade() {
        for (Approach approach : Approach.values()) {
            Bench bench = written(approach);
            bench.world.groups.add(bench.cache.hot().name(), "readers", 0, 1);

            Recreation done = bench.run();

            assertThat(bench.steps()).containsSubsequence("delete-hot", "create-hot", "forget-offsets");
            assertThat(bench.world.groups.of(bench.cache.hot().name())).isEmpty();
            everythingIsThere(bench, done);
        }
    }

    @Test
    void whereTheDestinationIsMissingTheRunBeginsByMakingIt() {
        Bench bench = written(Approach.A);
        bench.world.topics.somebodyDeletes(bench.cache.hot().name());

        Recreation done = bench.run();

        assertThat(bench.steps())
                .containsExactly("remove-transform", "create-hot", "deploy-forward", "await-restored", "compare");
        everythingIsThere(bench, done);
    }

    @Test
    void whereForwardIsMissingItIsMadeToCopyUnderTheFenceFirst() {
        Bench bench = written(Approach.B);
        bench.world.transforms.somebodyDeletes("lvc-first");
        bench.writer("late").write("k2/0", "only in the primary");

        Recreation done = bench.run();

        assertThat(bench.steps())
                .startsWith("raise-fence", "deploy-forward", "await-drained", "compare", "remove-transform");
        assertThat(bench.hot()).containsEntry("k2/0", "only in the primary");
        everythingIsThere(bench, done);
    }

    @Test
    void whereForwardIsPausedItIsReplaced() {
        Bench bench = written(Approach.B);
        bench.world.transforms.pause("lvc-first", true);
        bench.writer("late").write("k2/0", "only in the primary");

        Recreation done = bench.run();

        assertThat(bench.steps())
                .startsWith("raise-fence", "remove-transform", "deploy-forward", "await-drained", "compare");
        everythingIsThere(bench, done);
    }

    @Test
    void fromTheBackupAMissingPrimaryIsMadeWithWhatTheBackupHas() {
        Bench bench = written(Approach.B);
        Map<String, String> before = bench.truth();
        bench.world.transforms.somebodyDeletes("lvc-first");
        bench.world.topics.somebodyDeletes(bench.cache.hot().name());

        Recreation done = bench.wishing(Fencing.BROKER, true).run();

        assertThat(bench.steps()).startsWith("raise-fence", "create-hot", "open-fence", "deploy-holding");
        assertThat(bench.hot()).isEqualTo(before);
        everythingIsThere(bench, done);
    }

    @Test
    void fromTheBackupItIsFirstGivenWhatItLacks() {
        Bench bench = written(Approach.B);
        bench.world.transforms.breaks("lvc-first");
        bench.world.advance(2000);
        bench.writer("late").write("k2/0", "only in the primary");

        Recreation done = bench.wishing(Fencing.BROKER, true).run();

        assertThat(bench.steps()).startsWith("raise-fence", "top-up-truth", "compare", "remove-transform");
        assertThat(bench.truth()).containsEntry("k2/0", "only in the primary");
        everythingIsThere(bench, done);
    }

    @Test
    void whereWritersWereStoppedNothingIsFenced() {
        Bench bench = written(Approach.B).wishing(Fencing.NONE, false);

        Recreation done = bench.run();

        assertThat(bench.steps()).doesNotContain("open-fence", "lower-fence");
        assertThat(bench.world.story).noneMatch(line -> line.contains("lvc sets"));
        everythingIsThere(bench, done);
    }

    @Test
    void emptyTopicsAreRecreatedToo() {
        for (Approach approach : Approach.values()) {
            Bench bench = Bench.of(approach);

            Recreation done = bench.run();

            assertThat(bench.steps()).contains("delete-hot");
            everythingIsThere(bench, done);
        }
    }

    @Test
    void theNumberOfStepsIsTheSameFromTheFirstToTheLast() {
        for (Approach approach : Approach.values()) {
            for (int groups = 0; groups < 2; groups++) {
                Bench bench = written(approach);
                if (groups > 0) {
                    bench.world.groups.add(bench.cache.hot().name(), "readers", 0, 1);
                }
                bench.run();
                List<Event.StepBegan> steps = bench.events.stream()
                        .filter(Event.StepBegan.class::isInstance)
                        .map(Event.StepBegan.class::cast)
                        .toList();
                assertThat(steps.stream().map(Event.StepBegan::of).collect(Collectors.toSet()))
                        .containsExactly(steps.size());
                assertThat(steps.get(steps.size() - 1).number()).isEqualTo(steps.size());
            }
        }
    }

    private static Bench written(Approach approach) {
        Bench bench = Bench.of(approach);
        SimulatedWriter writer = bench.writer("w");
        for (int i = 0; i < 20; i++) {
            writer.write("k" + i % 7 + "/0", "v" + i);
            bench.world.advance(30);
        }
        writer.write("k3/0", null);
        bench.world.advance(4 * Bench.COMMIT_MS);
        assertThat(bench.truth()).isEqualTo(bench.hot()).hasSize(6).doesNotContainKey("k3/0");
        return bench;
    }

    private static void everythingIsThere(Bench bench, Recreation done) {
        assertThat(done.ending()).isEqualTo(Entry.Ending.DONE);
        assertThat(bench.truth()).isEqualTo(bench.hot());
        assertThat(done.keys()).isEqualTo(bench.hot().size());
        bench.world.writers.stream()
                .map(writer -> writer.acknowledged.entrySet())
                .flatMap(Collection::stream)
                .forEach(each -> {
                    if (each.getValue().isPresent() && !each.getKey().equals("k2/0")) {
                        assertThat(bench.hot())
                                .containsEntry(each.getKey(), each.getValue().get());
                    }
                });
        assertThat(bench.world.transforms.names()).hasSize(1);
        SimulatedWriter after = bench.writer("after");
        assertThat(after.write("after/0", "copied")).isTrue();
        bench.world.advance(4 * Bench.COMMIT_MS);
        assertThat(bench.truth()).containsEntry("after/0", "copied").isEqualTo(bench.hot());
    }
}
