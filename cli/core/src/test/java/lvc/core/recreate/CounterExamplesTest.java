package lvc.core.recreate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import lvc.core.fake.SimulatedCluster;
import lvc.core.fake.SimulatedWriter;
import lvc.core.fake.Trouble;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry.Ending;
import lvc.core.journal.Fencing;
import lvc.core.journal.Outcome;
import lvc.core.topic.Approach;
import lvc.core.topic.TopicState;
import lvc.core.transform.StartFrom;
import lvc.core.transform.StartFrom.Origin;
import lvc.core.transform.TransformSpec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Ways in which an obvious recreate loses a value. Each test walks the obvious way by hand and sees the value gone or
 * replaced by an older one; then recreate gets into the same situation and keeps it, or stops before it deletes.
 */
class CounterExamplesTest {
    private static final String OLD = "old";
    private static final String NEW = "new";

    @Test
    void aTransactionThatIsOpenWhenTheFenceClosesIsWaitedFor() {
        Bench naive = cached(Approach.B);
        BooleanSupplier late = naive.writer("t").writeOpen("k/0", NEW);
        fence(naive, true);
        assertThat(readable(naive, "primary")).isEqualTo(naive.truth());
        assertThat(late.getAsBoolean())
                .as("acknowledged, for a commit is no produce")
                .isTrue();
        naive.world.transforms.somebodyDeletes("lvc-first");
        naive.world.topics.somebodyDeletes("primary");
        assertThat(naive.truth()).containsEntry("k/0", OLD);

        Bench bench = cached(Approach.B);
        BooleanSupplier commit = bench.writer("t").writeOpen("k/0", NEW);
        bench.world.in(1500, () -> assertThat(commit.getAsBoolean()).isTrue());
        bench.run();
        assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
    }

    @Test
    void whereATransactionStaysOpenNothingIsDeletedAndWritersAreLetInAgain() {
        Bench naive = cached(Approach.B);
        fence(naive, true);
        assertThat(naive.writer("w").write("k/0", NEW))
                .as("locked out for good")
                .isFalse();

        Bench bench = cached(Approach.B);
        bench.writer("t").writeOpen("k/0", NEW);
        Fault fault = stopped(bench::run);
        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.why()).contains("open transaction");
        assertThat(bench.steps()).doesNotContain("delete-hot");
        assertThat(bench.writer("w").write("k/0", NEW)).isTrue();
        assertThat(ending(bench)).isEqualTo(Ending.NOTHING_DONE);
    }

    @Test
    void whatIsWrittenWhileReverseIsDeployedLiesBehindWhatIsRestored() {
        Bench naive = cached(Approach.B);
        fence(naive, true);
        remake(naive);
        fence(naive, false);
        deploy(naive, "reverse", "secondary", "primary", StartFrom.BEGINNING);
        assertThat(naive.writer("w").write("k/0", NEW)).isTrue();
        fence(naive, true);
        naive.world.advance(3000);
        assertThat(naive.hot()).as("the older value won").containsEntry("k/0", OLD);

        Bench bench = cached(Approach.B);
        SimulatedWriter writer = bench.writer("w");
        bench.once(Outcome.FenceOpened.class, () -> assertThat(writer.write("k/0", NEW))
                .isTrue());
        bench.run();
        assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
    }

    @Test
    void aProcessThatDiesWhileTheFenceIsOpenLeavesNothingBehindThatIsOlder() {
        for (Class<? extends Outcome> last : List.of(Outcome.FenceOpened.class, Outcome.HoldingDeployed.class)) {
            Bench bench = cached(Approach.B);
            SimulatedWriter writer = bench.writer("w");
            bench.once(last, () -> {
                throw new Trouble.Crash("with the fence open");
            });
            assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
            for (int i = 0; i < 5; i++) {
                assertThat(writer.write("k/0", NEW + i)).isTrue();
                bench.world.advance(2000);
            }
            bench.resume();
            assertThat(bench.hot()).containsEntry("k/0", NEW + 4).isEqualTo(bench.truth());
        }
    }

    @Test
    void aFenceThatFallsWhileReverseCopiesIsSeen() {
        Bench naive = cached(Approach.B);
        fence(naive, true);
        remake(naive);
        fence(naive, false);
        deploy(naive, "reverse", "secondary", "primary", StartFrom.BEGINNING);
        assertThat(naive.writer("w").write("k/0", NEW)).isTrue();
        naive.world.advance(3000);
        assertThat(naive.hot())
                .as("two equal wrong folds")
                .isEqualTo(naive.truth())
                .containsEntry("k/0", OLD);

        for (boolean putBack : List.of(true, false)) {
            Bench bench = cached(Approach.B);
            SimulatedWriter writer = bench.writer("w");
            bench.once(
                    Outcome.StraysSaved.class,
                    () -> bench.world.in(30, () -> {
                        fence(bench, false);
                        assertThat(writer.write("k/0", NEW)).isTrue();
                        fence(bench, putBack);
                    }));
            Fault fault = stopped(bench::run);
            assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
            untilDone(bench);
            assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
            assertThat(bench.steps()).contains("save-intruders");
        }
    }

    @Test
    void aLateWriteOfADeletedForwardIsSeenBeforeThePrimaryIsDeleted() {
        Bench naive = cached(Approach.B);
        naive.world.transforms.somebodyDeletes("lvc-first");
        assertThat(naive.world.transforms.names()).as("gone from the list").isEmpty();
        assertThat(naive.truth()).isEqualTo(naive.hot());
        naive.world.topics.somebodyDeletes("primary");
        writesLate(naive);
        assertThat(naive.truth()).as("to be restored").containsEntry("k/0", "older");

        Bench bench = cached(Approach.B);
        bench.world.trouble = new Trouble() {
            @Override
            public void after(String call) {
                if (call.equals("deleteTransform")) {
                    bench.world.in(300, () -> writesLate(bench));
                }
            }
        };
        Fault fault = stopped(bench::run);
        assertThat(fault.exit()).isEqualTo(Exit.DIFFERS);
        assertThat(bench.steps()).doesNotContain("delete-hot");
        assertThat(bench.hot()).containsEntry("k/0", OLD);
    }

    @Test
    void forwardMissesNothingOfAPartitionThatWasEmptyAndCopiesNothingTwice() {
        Bench naive = cached(Approach.B);
        naive.world.transforms.somebodyDeletes("lvc-first");
        naive.world.topics.somebodyDeletes("primary");
        naive.world.topics.somebodyCreates(naive.cache.hot());
        deploy(naive, "forward", "primary", "secondary", new StartFrom(Origin.END, 0));
        naive.world.advance(2000);
        assertThat(naive.writer("w").write("first/0", NEW)).isTrue();
        naive.world.advance(5000);
        assertThat(naive.truth()).as("never copied").doesNotContainKey("first/0");

        Bench bench = new Bench(1, Approach.B, 2, 1);
        bench.createTopics();
        bench.deployForward("lvc-first");
        bench.writer("w").write("k/0", OLD);
        bench.world.transforms.writesLate = false;
        bench.world.advance(3000);
        int before = bench.world.topics.log("secondary", 0).count();
        bench.run();
        assertThat(bench.writer("w").write("first/1", NEW)).isTrue();
        bench.world.advance(5000);
        assertThat(bench.truth()).containsEntry("first/1", NEW).isEqualTo(bench.hot());
        assertThat(bench.world.topics.log("secondary", 0).count()).isEqualTo(before);
    }

    @Test
    void aProcessThatSleptBeforeItsDeleteDeletesNothingOfThoseWhoWentOn() {
        Bench naive = cached(Approach.B);
        naive.world.topics.somebodyDeletes("primary");
        naive.world.topics.somebodyCreates(naive.cache.hot());
        assertThat(naive.writer("w").write("k/0", NEW)).isTrue();
        naive.world.topics.somebodyDeletes("primary");
        assertThat(naive.truth()).as("the sleeper deleted it by its name").containsEntry("k/0", OLD);

        for (String where : List.of("delete", "write")) {
            Bench bench = cached(Approach.B);
            SimulatedWriter writer = bench.writer("w");
            int[] deletes = {0};
            bench.world.trouble = new Trouble() {
                @Override
                public void before(String call) {
                    List<String> steps = bench.steps();
                    boolean deleting =
                            !steps.isEmpty() && steps.get(steps.size() - 1).equals("delete-hot");
                    if (deleting && call.equals(where) && deletes[0]++ == 0) {
                        bench.world.advance(10_000);
                        bench.resume();
                        assertThat(writer.write("k/0", NEW)).isTrue();
                    }
                }
            };
            Fault fault = stopped(bench::run);
            assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
            assertThat(bench.hot()).containsEntry("k/0", NEW);
            assertThat(ending(bench)).isEqualTo(Ending.DONE);
        }
    }

    @Test
    void aDestinationIsNotDeletedForASourceThatCannotGiveItBack() {
        Bench naive = poorSource();
        remake(naive);
        naive.deployForward("again");
        naive.world.advance(5000);
        assertThat(naive.hot()).as("verified equal, and a key is gone").isEqualTo(naive.truth());
        assertThat(naive.hot()).doesNotContainKey("only here/0");

        Bench bench = poorSource();
        Fault fault = stopped(bench::run);
        assertThat(fault.exit()).isEqualTo(Exit.DIFFERS);
        assertThat(fault.why()).contains("only here/0");
        assertThat(bench.hot()).containsKey("only here/0");
        assertThat(bench.steps()).doesNotContain("remove-transform");
    }

    @Test
    void aTransformThatCouldNotBePutBackIsNotDeleted() {
        Bench naive = cached(Approach.B);
        naive.world.transforms.somebodyDeletes("lvc-first");
        deploy(naive, "masks", "primary", "secondary", StartFrom.BEGINNING);
        remake(naive);
        naive.deployForward("lvc-again");
        assertThat(naive.world.transforms.names()).as("what masked is gone").doesNotContain("masks");

        Bench bench = cached(Approach.B);
        bench.world.transforms.somebodyDeletes("lvc-first");
        deploy(bench, "masks", "primary", "secondary", StartFrom.BEGINNING);
        Fault fault = stopped(bench::run);
        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.next()).contains("--module");
        assertThat(bench.world.transforms.names()).containsExactly("masks");
    }

    @Test
    void theSettingsOfADeletedTopicOutliveTheProcess() {
        for (Approach approach : Approach.values()) {
            Bench bench = cached(approach);
            Map<String, String> settings =
                    Map.of("cleanup.policy", "compact", "segment.ms", "777", "max.message.bytes", "12345");
            bench.world.topics.alter(bench.cache.hot().name(), settings);
            bench.once(Outcome.HotDeleted.class, () -> {
                throw new Trouble.Crash("right after the delete");
            });
            assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
            bench.resume();
            TopicState made = found(bench, bench.cache.hot().name());
            assertThat(made.ownSettings()).isEqualTo(settings);
        }
    }

    @Test
    void fromTheBackupAPrimaryThatIsThereGivesTheBackupWhatItLacks() {
        Bench naive = behind();
        remake(naive);
        fence(naive, false);
        deploy(naive, "reverse", "secondary", "primary", StartFrom.BEGINNING);
        naive.world.advance(5000);
        assertThat(naive.hot())
                .as("lost, and a deleted key is back")
                .containsEntry("k/0", OLD)
                .containsKey("gone/0");

        Bench bench = behind().wishing(Fencing.BROKER, true);
        bench.run();
        assertThat(bench.hot())
                .containsEntry("k/0", NEW)
                .doesNotContainKey("gone/0")
                .isEqualTo(bench.truth());
    }

    @Test
    void writersThatNeverStopDoNotKeepTheDestinationFromBeingProven() {
        Bench bench = new Bench(3, Approach.A, 1, 3);
        bench.createTopics();
        bench.deployForward("lvc-first");
        bench.world.transforms.writesLate = false;
        SimulatedWriter busy = new SimulatedWriter(bench.world, "w", "source", List.of("k/0", "other/0"), -5000, 10);
        busy.transactions = false;
        bench.world.writers.add(busy);
        bench.world.advance(5000);
        int equal = 0;
        for (int look = 0; look < 30; look++) {
            bench.world.advance(20);
            equal += bench.truth().equals(bench.hot()) ? 1 : 0;
        }
        assertThat(equal).as("two folds of one moment agree only now and then").isLessThan(25);

        bench.run();
        busy.stopped = true;
        bench.world.advance(5000);
        assertThat(bench.hot()).isEqualTo(bench.truth());
    }

    @Test
    void aDeleteThatForwardNeverSawStopsTheRunInsteadOfComingBack() {
        Bench naive = deletedUnseen();
        assertThat(naive.hot()).doesNotContainKey("k/0");
        remake(naive);
        deploy(naive, "reverse", "secondary", "primary", StartFrom.BEGINNING);
        naive.world.advance(5000);
        assertThat(naive.hot()).as("it has come back").containsEntry("k/0", OLD);

        Bench bench = deletedUnseen();
        Fault fault = stopped(bench::run);
        assertThat(fault.exit()).isEqualTo(Exit.DIFFERS);
        assertThat(fault.why()).contains("k/0");
        assertThat(bench.hot()).doesNotContainKey("k/0");
        assertThat(bench.steps()).doesNotContain("delete-hot");
    }

    @Test
    void groupsDoNotSkipWhatTheNewTopicHas() {
        Bench naive = cached(Approach.B);
        naive.world.groups.add("primary", "readers", 0, 1);
        remake(naive);
        assertThat(naive.world.groups.of("primary"))
                .as("old offsets in a new topic")
                .hasSize(1);

        Bench bench = cached(Approach.B);
        bench.world.groups.add("primary", "readers", 0, 1);
        bench.run();
        assertThat(bench.world.groups.of("primary")).isEmpty();

        Bench live = cached(Approach.B);
        live.world.groups.add("primary", "readers", 2, 1);
        Fault fault = stopped(live::run);
        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.why()).contains("readers (2)");
    }

    @Test
    void withoutAFenceAWriterThatGoesOnStopsTheRunBeforeTheDelete() {
        Bench naive = cached(Approach.B);
        assertThat(naive.truth()).isEqualTo(naive.hot());
        naive.world.transforms.somebodyDeletes("lvc-first");
        naive.world.advance(1000);
        assertThat(naive.writer("w").write("k/0", NEW)).isTrue();
        naive.world.topics.somebodyDeletes("primary");
        assertThat(naive.truth()).containsEntry("k/0", OLD);

        Bench bench = cached(Approach.B).wishing(Fencing.NONE, false);
        SimulatedWriter busy = new SimulatedWriter(bench.world, "w", "primary", List.of("k/0"), 0, 50);
        bench.world.writers.add(busy);
        Fault fault = stopped(bench::run);
        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.what()).contains("is written to");
        assertThat(bench.steps()).containsExactly("raise-fence");
    }

    @Test
    void withoutAFenceWhatIsWrittenAfterTheDeleteIsSavedAndTheRunStops() {
        Bench bench = cached(Approach.B).wishing(Fencing.NONE, false);
        SimulatedWriter writer = bench.writer("w");
        bench.once(
                Outcome.StraysSaved.class,
                () -> bench.world.in(
                        30, () -> assertThat(writer.write("k/0", NEW)).isTrue()));
        Fault fault = stopped(bench::run);
        assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
        assertThat(bench.truth()).containsEntry("k/0", NEW);
        untilDone(bench);
        assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
    }

    /** k=old in both topics, forward running. */
    private static Bench cached(Approach approach) {
        Bench bench = Bench.of(approach);
        SimulatedWriter writer = bench.writer("first");
        writer.write("k/0", "older");
        bench.world.advance(50);
        writer.write("k/0", OLD);
        bench.world.advance(3000);
        assertThat(bench.truth()).isEqualTo(bench.hot()).containsEntry("k/0", OLD);
        return bench;
    }

    /** Forward is broken; the primary has a newer value, and a delete. */
    private static Bench behind() {
        Bench bench = cached(Approach.B);
        SimulatedWriter writer = bench.writer("w");
        writer.write("gone/0", OLD);
        bench.world.advance(3000);
        bench.world.transforms.breaks("lvc-first");
        bench.world.advance(100);
        writer.write("k/0", NEW);
        writer.write("gone/0", null);
        return bench;
    }

    /** Forward was paused while a key was deleted and its tombstone compacted away. */
    private static Bench deletedUnseen() {
        Bench bench = cached(Approach.B);
        bench.writer("w").write("other/0", OLD);
        bench.world.advance(2000);
        bench.world.transforms.pause("lvc-first", true);
        bench.writer("w").write("k/0", null);
        bench.world.topics.log("primary", 0).forget("k/0");
        return bench;
    }

    private static Bench poorSource() {
        Bench bench = cached(Approach.A);
        bench.writer("w").write("only here/0", OLD);
        bench.world.advance(3000);
        bench.world.topics.log("source", 0).forget("only here/0");
        return bench;
    }

    private static void fence(Bench bench, boolean up) {
        bench.world.cluster.somebodySets(
                SimulatedCluster.NOPRODUCE, Optional.of(up ? bench.cache.hot().name() : ""));
    }

    /** Deletes and creates the hot topic by name, as scripts do. */
    private static void remake(Bench bench) {
        List.copyOf(bench.world.transforms.names()).forEach(bench.world.transforms::somebodyDeletes);
        bench.world.advance(2000);
        bench.world.topics.somebodyDeletes(bench.cache.hot().name());
        bench.world.topics.somebodyCreates(bench.cache.hot());
    }

    private static void deploy(Bench bench, String name, String input, String output, StartFrom start) {
        bench.world.transforms.somebodyDeploys(
                new TransformSpec(name, input, List.of(output), Map.of(), "none", Optional.of(start)));
    }

    private static void writesLate(Bench bench) {
        bench.world.topics.appends("secondary", 0, "k/0", "older");
    }

    private static Map<String, String> readable(Bench bench, String topic) {
        Map<String, String> fold = new TreeMap<>();
        bench.world.topics.read(
                topic,
                record -> fold.put(
                        new String(record.key(), StandardCharsets.UTF_8),
                        new String(record.value(), StandardCharsets.UTF_8)));
        return fold;
    }

    private static TopicState found(Bench bench, String topic) {
        return Optional.ofNullable(bench.world.topics.find(List.of(topic)).get(topic))
                .orElseThrow();
    }

    private static Fault stopped(Runnable run) {
        Fault fault = catchThrowableOfType(Fault.class, run::run);
        assertThat(fault).isNotNull();
        return fault;
    }

    private static void untilDone(Bench bench) {
        for (int i = 0; i < 5 && ending(bench) != Ending.DONE; i++) {
            try {
                bench.resume();
            } catch (Fault fault) {
                assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
            }
        }
        assertThat(ending(bench)).isEqualTo(Ending.DONE);
    }

    private static Ending ending(Bench bench) {
        List<History.Run> runs = History.of(bench.world.journal.entries).runs();
        return runs.get(runs.size() - 1).ended().map(ended -> ended.ending()).orElse(Ending.INCOMPLETE);
    }
}
