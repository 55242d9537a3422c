package lvc.core.recreate;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import lvc.core.fake.SimulatedCluster;
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

/** What happens to the new hot topic before anybody gets it: nothing is lost in it, and it is not handed over unproven. */
class HandoverTest {
    private static final String OLD = "old";
    private static final String NEW = "new";

    @Test
    void aTransactionThatIsOpenWhenTheFenceClosesAgainIsWaitedFor() {
        Bench bench = cached(Approach.B);
        bench.once(Outcome.FenceOpened.class, () -> {
            BooleanSupplier commit = bench.writer("t").writeOpen("k/0", NEW);
            bench.world.in(1500, () -> assertThat(commit.getAsBoolean()).isTrue());
        });

        bench.run();

        assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
    }

    /** Its records lie before those of reverse, and nobody has read them: older values would win. */
    @Test
    void aTransactionThatIsOpenWhenTheStraysAreSavedIsWaitedFor() {
        Bench bench = cached(Approach.B).wishing(Fencing.NONE, false);
        BooleanSupplier commit = opensOnce(bench, "deploy-holding");

        bench.run();

        assertThat(commit.getAsBoolean()).as("committed").isTrue();
        assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
    }

    @Test
    void aTransactionThatIsOpenWhenARunIsLeftIsNotDeletedWithTheNewTopic() {
        Bench bench = cached(Approach.B).wishing(Fencing.NONE, false);
        bench.once(Outcome.Restored.class, () -> {
            throw new Trouble.Crash("half restored");
        });
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        BooleanSupplier commit = opensOnce(bench, "remove-transform");

        bench.abandon();

        assertThat(commit.getAsBoolean()).as("committed").isTrue();
        bench.world.advance(3000);
        assertThat(bench.truth()).containsEntry("k/0", NEW);
    }

    @Test
    void whatIsWrittenRightAfterTheStraysWereSavedIsSavedToo() {
        Bench bench = cached(Approach.B);
        SimulatedWriter writer = bench.writer("elsewhere");
        bench.once(Outcome.StraysSaved.class, () -> pastTheFence(bench, writer));

        bench.run();

        assertThat(bench.steps())
                .containsSubsequence("save-strays", "raise-fence", "save-strays", "deploy-reverse")
                .doesNotContain("save-intruders");
        assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
    }

    @Test
    void aSlowCopyIsAwaited() {
        for (Approach approach : Approach.values()) {
            Bench bench = cached(approach);
            SimulatedWriter writer = bench.writer("many");
            for (int i = 0; i < 100; i++) {
                assertThat(writer.write("many" + i + "/0", "v" + i)).isTrue();
            }
            bench.world.transforms.atOnce = 1;

            bench.run();

            assertThat(ending(bench)).contains(Ending.DONE);
            assertThat(bench.hot()).hasSize(101).isEqualTo(bench.truth());
        }
    }

    @Test
    void whatLacksAValueThoughAllWasCopiedIsNotHandedOver() {
        for (Approach approach : Approach.values()) {
            Bench bench = cached(approach);
            bench.once(
                    Outcome.Restored.class,
                    () -> bench.world.topics.log(bench.cache.hot().name(), 0).forget("k/0"));

            Fault fault = stopped(bench);

            assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
            assertThat(fault.why()).contains("k/0");
            assertThat(ending(bench)).isEmpty();
            assertThat(bench.steps()).doesNotContain("lower-fence").endsWith("compare");
        }
    }

    @Test
    void aRecordFromElsewhereOutlivesCompactionUntilItIsSeen() {
        Bench bench = cached(Approach.B);
        SimulatedWriter writer = bench.writer("elsewhere");
        bench.world.journal.watcher = entry -> {
            if (entry instanceof Entry.Happened happened && happened.outcome() instanceof Outcome.StraysSaved) {
                bench.world.in(30, () -> pastTheFence(bench, writer));
            }
            if (entry instanceof Entry.Happened happened && happened.outcome() instanceof Outcome.Restored) {
                bench.world.topics.compact("primary", 0);
            }
        };

        assertThat(stopped(bench).exit()).isEqualTo(Exit.UNFINISHED);

        assertThat(bench.steps()).endsWith("save-intruders");
        bench.world.journal.watcher = entry -> {};
        bench.resume();
        assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
    }

    @Test
    void aRecordFromElsewhereAfterTheComparisonIsFoundBeforeForwardIsThere() {
        Bench bench = cached(Approach.B);
        pastTheFence(bench, Outcome.Compared.class);

        assertThat(stopped(bench).exit()).isEqualTo(Exit.UNFINISHED);

        assertThat(bench.steps()).endsWith("compare", "compare", "save-intruders");
        bench.resume();
        assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
    }

    @Test
    void aRecordFromElsewhereAfterForwardIsThereIsFoundBeforeWritersAreLetIn() {
        Bench bench = cached(Approach.B);
        pastTheFence(bench, Outcome.ForwardDeployed.class);

        assertThat(stopped(bench).exit()).isEqualTo(Exit.UNFINISHED);

        assertThat(bench.steps()).endsWith("deploy-forward", "remove-transform", "compare", "save-intruders");
        bench.resume();
        assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
    }

    /** A writer whose clock is behind: counted from the time of its deploy, forward would begin after its record. */
    /** What it may keep, and whether it is compacted, changes at once: in between nobody would know it again. */
    @Test
    void aRunThatDiesWhileTheTopicGetsItsSettingsBackCanBeLeft() {
        for (boolean before : List.of(true, false)) {
            Bench bench = cached(Approach.B);
            bench.once(Outcome.FenceOpened.class, () -> {
                throw new Trouble.Crash("while the fence is open");
            });
            assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
            assertThat(bench.writer("w").write("k/0", NEW)).isTrue();
            boolean[] died = {false};
            bench.world.trouble = new Trouble() {
                @Override
                public void before(String call) {
                    die(before, call);
                }

                @Override
                public void after(String call) {
                    die(!before, call);
                }

                private void die(boolean now, String call) {
                    if (now && !died[0] && call.equals("alter")) {
                        died[0] = true;
                        throw new Crash(call);
                    }
                }
            };
            assertThat(catchThrowableOfType(Trouble.Crash.class, bench::abandon))
                    .isNotNull();

            bench.abandon();

            assertThat(ending(bench)).contains(Ending.INCOMPLETE);
            bench.world.advance(3000);
            assertThat(bench.truth()).containsEntry("k/0", NEW);
        }
    }

    @Test
    void whereForwardStartsIsWrittenDownBeforeWritersAreLetIn() {
        for (int seed = 0; seed < 10; seed++) {
            Bench bench = new Bench(seed, Approach.B, 1, 3);
            bench.createTopics();
            bench.deployForward("lvc-first");
            assertThat(bench.writer("w").write("k/0", OLD)).isTrue();
            bench.world.advance(4000);
            SimulatedWriter behind =
                    new SimulatedWriter(bench.world, "behind", "primary", List.of("late/0"), -5000, 100);
            bench.world.cluster.slowestMs = 1;
            bench.world.trouble = new Trouble() {
                @Override
                public void after(String call) {
                    if (call.equals("set") && bench.steps().contains("lower-fence")) {
                        assertThat(behind.write("late/0", NEW)).isTrue();
                        bench.world.transforms.crash("primary");
                    }
                }
            };

            bench.run();

            bench.world.advance(5000);
            assertThat(bench.truth())
                    .as("seed " + seed)
                    .containsEntry("late/0", NEW)
                    .isEqualTo(bench.hot());
        }
    }

    @Test
    void whoeverSleptBeforeItsDeleteDoesNotDeleteWhatWritersWriteTo() {
        Bench bench = cached(Approach.B);
        SimulatedWriter writer = bench.writer("w");
        boolean[] slept = {false};
        bench.world.trouble = new Trouble() {
            @Override
            public void before(String call) {
                if (!slept[0] && call.equals("delete")) {
                    slept[0] = true;
                    bench.world.advance(10_000);
                    bench.once(Outcome.FenceOpened.class, () -> {
                        throw new Crash("with the fence open");
                    });
                    assertThat(catchThrowableOfType(Crash.class, bench::resume)).isNotNull();
                    assertThat(writer.write("k/0", NEW)).isTrue();
                }
            }
        };

        assertThat(stopped(bench).exit()).isEqualTo(Exit.UNFINISHED);

        bench.resume();
        assertThat(ending(bench)).contains(Ending.DONE);
        assertThat(bench.hot()).containsEntry("k/0", NEW).isEqualTo(bench.truth());
    }

    /** k=old in both topics, forward running. */
    private static Bench cached(Approach approach) {
        Bench bench = Bench.of(approach);
        assertThat(bench.writer("first").write("k/0", OLD)).isTrue();
        bench.world.advance(3000);
        assertThat(bench.truth()).isEqualTo(bench.hot()).containsEntry("k/0", OLD);
        return bench;
    }

    /**
     * A transaction is begun once it was waited, after a step of this kind, until nobody writes any more; it is committed
     * some time later.
     *
     * @return whether it was committed
     */
    private static BooleanSupplier opensOnce(Bench bench, String after) {
        SimulatedWriter writer = bench.writer("t");
        boolean[] begun = {false};
        boolean[] committed = {false};
        bench.world.journal.watcher = entry -> {
            if (!begun[0]
                    && bench.steps().contains(after)
                    && entry instanceof Entry.Happened happened
                    && happened.outcome() instanceof Outcome.FenceHolds) {
                begun[0] = true;
                BooleanSupplier commit = writer.writeOpen("k/0", NEW);
                bench.world.in(300, () -> committed[0] = commit.getAsBoolean());
            }
        };
        return () -> committed[0];
    }

    /** Once the new primary is there, and right after something of it has happened, somebody writes and fences again. */
    private static void pastTheFence(Bench bench, Class<? extends Outcome> after) {
        SimulatedWriter writer = bench.writer("elsewhere");
        boolean[] done = {false};
        bench.world.journal.watcher = entry -> {
            if (!done[0]
                    && bench.steps().contains("deploy-reverse")
                    && entry instanceof Entry.Happened happened
                    && after.isInstance(happened.outcome())) {
                done[0] = true;
                pastTheFence(bench, writer);
            }
        };
    }

    private static void pastTheFence(Bench bench, SimulatedWriter writer) {
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of(""));
        assertThat(writer.write("k/0", NEW)).isTrue();
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("primary"));
    }

    private static Fault stopped(Bench bench) {
        Fault fault = catchThrowableOfType(Fault.class, bench::run);
        assertThat(fault).isNotNull();
        return fault;
    }

    private static Optional<Ending> ending(Bench bench) {
        return History.of(bench.world.journal.entries).runs().get(0).ended().map(Entry.Ended::ending);
    }
}
