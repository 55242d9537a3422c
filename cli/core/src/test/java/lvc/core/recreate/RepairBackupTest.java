package lvc.core.recreate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.event.Event;
import lvc.core.fake.SimulatedCluster;
import lvc.core.fake.SimulatedWriter;
import lvc.core.fake.Trouble;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.Entry.Ending;
import lvc.core.journal.Fencing;
import lvc.core.journal.Outcome;
import lvc.core.report.RepairPlan;
import lvc.core.topic.Approach;
import lvc.core.topic.TopicSpec;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What makes a secondary equal to its primary again, and where it refuses to. */
class RepairBackupTest {

    @Test
    void whereBothAreEqualThereIsNothingToRepair() {
        Bench bench = written();

        RepairPlan plan = bench.repair().plan(bench.cache, 10);

        assertThat(plan.changes()).isFalse();
        assertThat(plan.forward()).contains("lvc-first");
        assertThat(plan.some()).isEmpty();
        assertThat(bench.world.story).noneMatch(line -> line.contains("lvc sets"));
    }

    @Test
    void aPlanCountsWhatIsMissingOlderAndDeleted() {
        Bench bench = behind();

        RepairPlan plan = bench.repair().plan(bench.cache, 2);

        assertThat(plan.changes()).isTrue();
        assertThat(plan.values()).isEqualTo(2);
        assertThat(plan.tombstones()).isEqualTo(2);
        assertThat(plan.forward()).isEmpty();
        assertThat(plan.some()).hasSize(2);
        assertThat(bench.truth()).containsEntry("k0/0", "v0").doesNotContainKey("only here/0");
    }

    @Test
    void theSecondaryGetsWhatItLacksAndLosesWhatThePrimaryHasNot() {
        Bench bench = behind();
        Map<String, String> expected = bench.hot();

        bench.repair().run(bench.cache, true);

        assertThat(bench.truth()).isEqualTo(expected);
        assertThat(bench.hot()).isEqualTo(expected);
        assertThat(bench.events).anySatisfy(event -> {
            assertThat(event).isInstanceOf(Event.BackupRepaired.class);
            Event.BackupRepaired repaired = (Event.BackupRepaired) event;
            assertThat(repaired.values()).isEqualTo(2);
            assertThat(repaired.tombstones()).isEqualTo(2);
            assertThat(repaired.keys()).isEqualTo(expected.size());
        });
        assertThat(bench.world.cluster.fenced()).isEmpty();
        assertThat(bench.writer("after").write("after/0", "let in")).isTrue();
    }

    @Test
    void whatWouldHaveToBeDeletedIsNotUnlessItMay() {
        Bench bench = behind();
        Map<String, String> before = bench.truth();

        Fault fault = catchThrowableOfType(Fault.class, () -> bench.repair().run(bench.cache, false));

        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.why()).contains("2 keys of secondary are not in primary");
        assertThat(fault.next()).contains("--confirm test");
        assertThat(bench.truth()).isEqualTo(before);
        assertThat(bench.world.cluster.fenced()).isEmpty();
    }

    @Test
    void whereNothingIsToBeDeletedNothingNeedsToBeAllowed() {
        Bench bench = written();
        bench.world.topics.log("secondary", 0).forget("k1/0");

        bench.repair().run(bench.cache, false);

        assertThat(bench.truth()).isEqualTo(bench.hot()).containsEntry("k1/0", "v1");
    }

    @Test
    void moreThanOneBatchIsWrittenInOrder() {
        Bench bench = written();
        bench.world.transforms.somebodyDeletes("lvc-first");
        bench.world.advance(2000);
        SimulatedWriter writer = bench.writer("many");
        for (int i = 0; i < 2001; i++) {
            assertThat(writer.write("many" + i + "/0", "v" + i)).isTrue();
        }
        int before = bench.world.topics.log("secondary", 0).count();

        bench.repair().run(bench.cache, false);

        assertThat(bench.truth()).isEqualTo(bench.hot()).containsEntry("many2000/0", "v2000");
        assertThat(bench.world.topics.log("secondary", 0).count()).isEqualTo(before + 2001);
    }

    @Test
    void writersAreKeptAwayAndForwardIsAwaited() {
        Bench bench = written();
        bench.world.topics.log("secondary", 0).forget("k1/0");
        SimulatedWriter busy = new SimulatedWriter(bench.world, "busy", "primary", List.of("busy/0", "other/0"), 0, 30);
        bench.world.writers.add(busy);
        bench.world.advance(100);

        bench.repair().run(bench.cache, true);

        busy.stopped = true;
        bench.world.advance(4000);
        assertThat(bench.truth()).isEqualTo(bench.hot()).containsEntry("k1/0", "v1");
        assertThat(bench.events)
                .filteredOn(Event.BackupRepaired.class::isInstance)
                .extracting(event -> ((Event.BackupRepaired) event).values())
                .as("what forward had still to copy was left to it")
                .containsExactly(1L);
    }

    @Test
    void aFenceThatCannotBeLoweredIsTold() {
        Bench bench = behind();
        int[] sets = {0};
        bench.world.trouble = new Trouble() {
            @Override
            public void before(String call) {
                if (call.equals("set") && ++sets[0] > 1) {
                    throw Fault.unreachable("set failed", "no answer", "later");
                }
            }
        };

        Fault fault = catchThrowableOfType(Fault.class, () -> bench.repair().run(bench.cache, true));

        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(fault.what()).contains("fence of primary may still be up");
    }

    @Test
    void withApproachATheSourceIsNoBackup() {
        Bench bench = Bench.of(Approach.A);

        Fault fault = catchThrowableOfType(Fault.class, () -> bench.repair().plan(bench.cache, 10));

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void aPrimaryThatLacksWhatOnlyTheSecondaryHasRepairsNothing() {
        Bench bench = written();
        bench.once(Outcome.HotDeleted.class, () -> {
            throw new Trouble.Crash("half way");
        });
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        refused(bench, "is unfinished", "");

        assertThat(bench.abandon().ending()).isEqualTo(Ending.INCOMPLETE);

        refused(bench, "", "lacks what only secondary has");
        bench.wishing(Fencing.BROKER, true).run();
        assertThat(bench.repair().plan(bench.cache, 10).changes()).isFalse();
    }

    /** What is missing in the primary would be deleted from the secondary, the last place where it is. */
    @Test
    void aRunThatDidNothingSinceDoesNotMakeThePrimaryWhole() {
        Bench bench = written();
        bench.once(Outcome.HotDeleted.class, () -> {
            throw new Trouble.Crash("half way");
        });
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        assertThat(bench.abandon().ending()).isEqualTo(Ending.INCOMPLETE);
        bench.once(Outcome.FenceHolds.class, () -> {
            throw new Trouble.Crash("before anything was deleted");
        });
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        assertThat(bench.abandon().ending()).isEqualTo(Ending.NOTHING_DONE);

        refused(bench, "", "lacks what only secondary has");
    }

    /** Whether the primary is whole is not known then, and what it lacks would be deleted from the secondary. */
    @Test
    void aJournalThatLacksTheBeginningOfARunProvesNothing() {
        Bench bench = written();
        bench.once(Outcome.HotDeleted.class, () -> {
            throw new Trouble.Crash("half way");
        });
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        assertThat(bench.abandon().ending()).isEqualTo(Ending.INCOMPLETE);
        bench.world.journal.entries.removeIf(entry -> !(entry instanceof Entry.Ended));

        refused(bench, "the journal is incomplete", "lacks its first one");
        assertThat(bench.truth()).isNotEmpty();
    }

    @Test
    void withoutAFenceOrWithSomebodysNothingIsRepaired() {
        Bench none = written();
        none.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.empty());
        refused(none, "", "has no fence");

        Bench theirs = written();
        theirs.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("primary"));
        refused(theirs, "", "fenced primary already");
    }

    @Test
    void whoElseWritesToTheCacheIsNamed() {
        for (String output : List.of("primary", "secondary")) {
            Bench bench = written();
            bench.world.topics.somebodyCreates(new TopicSpec("other", 1, 1, new TreeMap<>()));
            deploy(bench, "stranger", "other", output);
            refused(bench, "", "stranger writes to a topic of this cache");
        }
        Bench readers = written();
        readers.world.topics.somebodyCreates(new TopicSpec("other", 1, 1, new TreeMap<>()));
        deploy(readers, "reader", "secondary", "other");
        assertThat(readers.repair().plan(readers.cache, 10).changes()).isFalse();
    }

    @Test
    void forwardMustBeOneThatRuns() {
        Bench two = written();
        two.deployForward("lvc-second");
        refused(two, "", "lvc-first and lvc-second both copy");

        Bench paused = written();
        paused.world.transforms.pause("lvc-first", true);
        refused(paused, "", "does not run on every partition");
    }

    @Test
    void aKeyInTwoPartitionsHasNoNewestValue() {
        Bench bench = new Bench(1, Approach.B, 2, 1);
        bench.createTopics();
        assertThat(bench.writer("w").write("k/0", "here")).isTrue();
        bench.world.topics.appends("primary", 1, "k/0", "and there");

        refused(bench, "", "keys lie in more than one partition");
    }

    /** k0 to k7 in both topics, forward running. */
    private static Bench written() {
        Bench bench = Bench.of(Approach.B);
        SimulatedWriter writer = bench.writer("w");
        for (int i = 0; i < 8; i++) {
            assertThat(writer.write("k" + i + "/0", "v" + i)).isTrue();
        }
        bench.world.advance(4000);
        assertThat(bench.truth()).isEqualTo(bench.hot()).hasSize(8);
        return bench;
    }

    /** The same, and then without forward: k0 written again, k1 deleted, k2 deleted and compacted away, one more key. */
    private static Bench behind() {
        Bench bench = written();
        bench.world.transforms.somebodyDeletes("lvc-first");
        bench.world.advance(2000);
        SimulatedWriter writer = bench.writer("later");
        assertThat(writer.write("k0/0", "newer")).isTrue();
        assertThat(writer.write("k1/0", null)).isTrue();
        bench.world.topics.log("primary", 0).forget("k2/0");
        assertThat(writer.write("only here/0", "new")).isTrue();
        return bench;
    }

    private static void deploy(Bench bench, String name, String input, String output) {
        bench.world.transforms.somebodyDeploys(
                new TransformSpec(name, input, List.of(output), Map.of(), "none", Optional.of(StartFrom.BEGINNING)));
    }

    private static void refused(Bench bench, String what, String why) {
        for (int run = 0; run < 2; run++) {
            boolean plans = run == 0;
            Fault fault = catchThrowableOfType(Fault.class, () -> {
                if (plans) {
                    RepairPlan unused = bench.repair().plan(bench.cache, 10);
                } else {
                    bench.repair().run(bench.cache, true);
                }
            });
            assertThat(fault).isNotNull();
            assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
            assertThat(fault.what()).contains(what);
            assertThat(fault.why()).contains(why);
        }
    }
}
