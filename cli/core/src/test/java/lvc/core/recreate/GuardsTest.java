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
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.port.Pause;
import lvc.core.topic.Approach;
import lvc.core.topic.TopicSpec;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a run does when the world is not any more what it was, and what it never does. */
class GuardsTest {

    @Test
    void aTruthThatWasReplacedStopsTheRun() {
        for (Approach approach : Approach.values()) {
            Bench bench = written(approach);
            bench.once(Outcome.TransformGone.class, () -> {
                bench.world.topics.somebodyDeletes(bench.cache.truth().name());
                bench.world.topics.somebodyCreates(bench.cache.truth());
            });
            Fault fault = stopped(bench);
            assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
            assertThat(fault.what() + fault.why()).contains("not the topic it was");
            assertThat(bench.hot()).containsKey("k/0");
        }
    }

    /** A broker that has just started may know of no topic. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anAnswerThatKnowsNoHotTopicDoesNotLetItBeDeletedWithoutProof(int answers) {
        Bench bench = written(Approach.B).wishing(Fencing.NONE, false);
        SimulatedWriter writer = bench.writer("w");
        bench.once(Outcome.TransformGone.class, () -> {
            assertThat(writer.write("k/0", "new")).isTrue();
            bench.world.topics.deny("primary", answers);
        });

        assertThat(catchThrowableOfType(Fault.class, bench::run)).isNotNull();

        assertThat(bench.hot()).containsEntry("k/0", "new");
        assertThat(bench.steps()).doesNotContain("delete-hot");
    }

    @Test
    void brokersThatDoNotAgreeWhetherTheHotTopicIsThereStopTheRun() {
        Bench bench = written(Approach.B);
        bench.world.trouble = new Trouble() {
            private boolean known;

            @Override
            public void before(String call) {
                if (call.equals("find") && bench.steps().contains("remove-transform")) {
                    known = !known;
                    bench.world.topics.deny("primary", known ? 0 : 1);
                }
            }
        };

        Fault fault = catchThrowableOfType(Fault.class, bench::run);

        assertThat(fault.why()).contains("yes and no");
        assertThat(bench.hot()).isNotEmpty();
    }

    @Test
    void aTruthThatIsGoneStopsTheRun() {
        for (Approach approach : Approach.values()) {
            Bench bench = written(approach);
            String truth = bench.cache.truth().name();
            bench.once(Outcome.Compared.class, () -> {
                bench.world.transforms.somebodyDeletes("lvc-first");
                bench.world.topics.somebodyDeletes(truth);
            });
            Fault fault = stopped(bench);
            assertThat(fault.what() + fault.why()).contains(truth);
            assertThat(bench.steps()).doesNotContain("delete-hot");
            assertThat(bench.hot()).containsKey("k/0");
        }
    }

    /** Somebody deletes records, or retention does: both topics would be equal in the end, and lack the same. */
    @Test
    void aTruthThatIsCutOffAfterItWasComparedIsComparedAgain() {
        for (Approach approach : Approach.values()) {
            for (boolean late : List.of(false, true)) {
                Bench bench = written(approach);
                var truth = bench.world.topics.log(bench.cache.truth().name(), 0);
                long end = bench.truth().size();
                bench.world.journal.watcher = entry -> {
                    if (late
                            ? entry instanceof Entry.Intended intended && intended.step() instanceof Step.DeleteHot
                            : entry instanceof Entry.Happened happened
                                    && happened.outcome() instanceof Outcome.TransformGone) {
                        truth.cutOff(end);
                    }
                };
                Fault fault = stopped(bench);
                assertThat(fault.exit()).isEqualTo(Exit.DIFFERS);
                assertThat(ending(bench)).contains(Ending.NOTHING_DONE);
                assertThat(bench.hot()).containsKey("k/0");
            }
        }
    }

    @Test
    void aRunOfWhichTheBeginningIsMissingIsNotForgotten() {
        Bench bench = written(Approach.B);
        bench.once(Outcome.FenceHolds.class, () -> {
            throw new Trouble.Crash("half way");
        });
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        bench.world.journal.entries.remove(0);
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of(""));
        Fault fault = stopped(bench);
        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.what()).isEqualTo("the journal is incomplete");
    }

    @Test
    void whoeverStopsARunThatCannotBeUndoneLearnsThatItIsOpen() {
        Bench bench = written(Approach.B);
        bench.world.trouble = new Trouble() {
            private boolean silent;

            @Override
            public void before(String call) {
                if (call.equals("pause") && bench.steps().contains("await-drained")) {
                    silent = true;
                    throw new Pause.Interrupted();
                }
                if (silent && call.equals("set")) {
                    throw Fault.unreachable("the fence was not lowered", "no answer", "later");
                }
            }
        };
        Fault fault = stopped(bench);
        assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
        assertThat(bench.events).anyMatch(Event.RunUnfinished.class::isInstance);
        assertThat(ending(bench)).isEmpty();
        bench.world.trouble = Trouble.NONE;
        bench.resume();
        assertThat(ending(bench)).contains(Ending.NOTHING_DONE);
        assertThat(bench.world.cluster.fenced()).isEmpty();
    }

    @Test
    void whoOnlyReadsTheTruthDisturbsNobody() {
        for (Approach approach : Approach.values()) {
            Bench bench = written(approach);
            bench.world.topics.somebodyCreates(new TopicSpec("other", 1, 1, new TreeMap<>()));
            bench.once(
                    Outcome.Compared.class,
                    () -> bench.world.transforms.somebodyDeploys(new TransformSpec(
                            "reader",
                            bench.cache.truth().name(),
                            List.of("other"),
                            Map.of(),
                            "none",
                            Optional.of(StartFrom.BEGINNING))));
            bench.run();
            assertThat(ending(bench)).contains(Ending.DONE);
        }
    }

    @Test
    void aHotTopicThatWasReplacedIsNotDeleted() {
        Bench bench = written(Approach.B);
        bench.once(Outcome.Compared.class, () -> {
            bench.world.transforms.somebodyDeletes("lvc-first");
            bench.world.topics.somebodyDeletes("primary");
            bench.world.topics.somebodyCreates(bench.cache.hot());
        });
        Fault fault = stopped(bench);
        assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
        assertThat(fault.why()).contains("id");
        assertThat(bench.steps()).doesNotContain("delete-hot");
    }

    @Test
    void aFenceThatFallsBeforeTheDeleteEndsTheRunWithNothingDone() {
        for (Class<? extends Outcome> after :
                List.of(Outcome.Drained.class, Outcome.Compared.class, Outcome.TransformGone.class)) {
            Bench bench = written(Approach.B);
            bench.once(after, () -> bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("")));
            Fault fault = stopped(bench);
            assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
            assertThat(fault.what()).contains("fence of primary fell");
            assertThat(ending(bench)).contains(Ending.NOTHING_DONE);
            assertThat(bench.steps()).doesNotContain("delete-hot");
            assertThat(bench.world.transforms.names()).hasSize(1);
        }
    }

    @Test
    void aFenceThatFallsWhileItIsRaisedIsNotWaitedForForEver() {
        Bench bench = written(Approach.B);
        SimulatedWriter busy = new SimulatedWriter(bench.world, "busy", "primary", List.of("busy/0"), 0, 20);
        bench.world.writers.add(busy);
        bench.world.trouble = new Trouble() {
            @Override
            public void after(String call) {
                if (call.equals("set") && bench.steps().size() == 1) {
                    bench.world.in(
                            100, () -> bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("")));
                }
            }
        };
        Fault fault = stopped(bench);
        assertThat(fault.what()).contains("fence of primary fell");
        assertThat(ending(bench)).contains(Ending.NOTHING_DONE);
    }

    @Test
    void aFenceThatFallsAfterTheDeleteKeepsTheRunOpen() {
        for (Class<? extends Outcome> after : List.of(
                Outcome.StraysSaved.class,
                Outcome.ReverseDeployed.class,
                Outcome.Restored.class,
                Outcome.ForwardDeployed.class)) {
            Bench bench = written(Approach.B);
            bench.once(after, () -> bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("")));
            Fault fault = stopped(bench);
            assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
            assertThat(ending(bench)).isEmpty();
            bench.resume();
            assertThat(ending(bench)).contains(Ending.DONE);
            assertThat(bench.hot()).isEqualTo(bench.truth()).containsKey("k/0");
        }
    }

    @Test
    void aTransformFromElsewhereStopsTheRun() {
        for (Approach approach : Approach.values()) {
            Bench bench = written(approach);
            bench.world.topics.somebodyCreates(new TopicSpec("other", 1, 1, new TreeMap<>()));
            bench.once(
                    Outcome.Compared.class,
                    () -> bench.world.transforms.somebodyDeploys(new TransformSpec(
                            "stranger",
                            "other",
                            List.of(bench.cache.truth().name()),
                            Map.of(),
                            "none",
                            Optional.of(StartFrom.BEGINNING))));
            Fault fault = stopped(bench);
            assertThat(fault.what() + fault.why()).contains("stranger");
            assertThat(bench.steps()).doesNotContain("delete-hot");
        }
    }

    @Test
    void aDeleteWhoseAnswerIsLostIsGoneOnFrom() {
        for (Approach approach : Approach.values()) {
            for (boolean abandon : List.of(false, true)) {
                Bench bench = written(approach);
                losesAnswer(bench, "delete");
                assertThat(stopped(bench).exit()).isEqualTo(Exit.UNFINISHED);
                assertThat(ending(bench)).isEmpty();
                if (abandon) {
                    bench.abandon();
                    assertThat(ending(bench)).contains(Ending.INCOMPLETE);
                } else {
                    bench.resume();
                    assertThat(bench.hot()).containsKey("k/0");
                }
                assertThat(bench.world.transforms.names()).hasSize(1);
                assertThat(bench.world.cluster.fenced()).isEmpty();
            }
        }
    }

    @Test
    void aForwardThatFailsIsNotTakenForDrained() {
        Bench bench = written(Approach.B);
        bench.once(Outcome.FenceHolds.class, () -> bench.world.transforms.breaks("lvc-first"));
        Fault fault = stopped(bench);
        assertThat(fault.what()).contains("lvc-first does not copy");
        assertThat(ending(bench)).contains(Ending.NOTHING_DONE);
        assertThat(bench.steps()).doesNotContain("compare", "delete-hot");
    }

    /** What somebody wrote past the fence meanwhile is in no other topic. */
    @Test
    void aDeleteThatWasOnlyIntendedIsProvenAnew() {
        Bench bench = written(Approach.B);
        bench.world.trouble = new Trouble() {
            @Override
            public void before(String call) {
                if (call.equals("delete")) {
                    throw new Crash("before it is deleted");
                }
            }
        };
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        bench.world.trouble = Trouble.NONE;
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of(""));
        assertThat(bench.writer("w").write("k/0", "newest")).isTrue();
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("primary"));
        Fault fault = catchThrowableOfType(Fault.class, bench::resume);
        assertThat(fault).isNotNull();
        assertThat(fault.exit()).isEqualTo(Exit.DIFFERS);
        assertThat(ending(bench)).contains(Ending.NOTHING_DONE);
        assertThat(bench.hot()).containsEntry("k/0", "newest");
    }

    /** The fence falls while nobody knows of the delete: raising it again must not make anybody forget the delete. */
    @Test
    void aDeleteWhoseAnswerIsLostIsNeverCalledNothing() {
        Bench bench = written(Approach.B);
        losesAnswer(bench, "delete");
        assertThat(stopped(bench).exit()).isEqualTo(Exit.UNFINISHED);
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of(""));
        bench.world.trouble = new Trouble() {
            @Override
            public void before(String call) {
                if (call.equals("find")
                        && bench.steps().get(bench.steps().size() - 1).equals("raise-fence")) {
                    bench.world.trouble = Trouble.NONE;
                    throw Fault.unreachable("find failed", "no answer", "later");
                }
            }
        };
        Fault fault = catchThrowableOfType(Fault.class, bench::resume);
        assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
        assertThat(ending(bench)).isNotEqualTo(Optional.of(Ending.NOTHING_DONE));
    }

    /** The journal is further than the process knows: it must not leave the run from where it believes to stand. */
    @Test
    void anEntryWhoseAnswerIsLostCountsAsWritten() {
        Bench bench = written(Approach.B);
        Map<String, String> before = bench.truth();
        bench.world.transforms.somebodyDeletes("lvc-first");
        bench.world.topics.somebodyDeletes("primary");
        bench.wishing(Fencing.BROKER, true);
        bench.world.trouble = new Trouble() {
            @Override
            public void after(String call) {
                if (call.equals("write")
                        && bench.world.journal.entries.get(bench.world.journal.entries.size() - 1)
                                instanceof Entry.Happened happened
                        && happened.outcome() instanceof Outcome.HotDeleted) {
                    bench.world.trouble = Trouble.NONE;
                    throw Fault.unreachable("journal not written", "no answer", "later");
                }
            }
        };
        assertThat(stopped(bench).exit()).isEqualTo(Exit.UNFINISHED);
        bench.resume();
        assertThat(ending(bench)).contains(Ending.DONE);
        assertThat(bench.hot()).isEqualTo(before);
    }

    @Test
    void aForwardThatWasPerhapsDeployedIsRemovedBeforeTheNext() {
        for (Approach approach : Approach.values()) {
            Bench bench = written(approach);
            crashes(bench, "deploy-forward", "deploy");
            assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
            crashes(bench, "remove-transform", "deleteTransform");
            assertThat(catchThrowableOfType(Trouble.Crash.class, bench::resume)).isNotNull();
            bench.world.trouble = Trouble.NONE;
            bench.resume();
            assertThat(ending(bench)).contains(Ending.DONE);
            assertThat(bench.world.transforms.names()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy-holding", "deploy-reverse", "deploy-forward"})
    void aDeployThatArrivesWhenAnotherHasFinishedTheRunIsTakenBack(String step) {
        Bench bench = written(Approach.B);
        Map<String, String> before = Map.copyOf(bench.hot());
        boolean[] late = {false};
        bench.world.journal.watcher = entry -> late[0] |= entry instanceof Entry.Intended intended
                && StepText.kind(intended.step()).equals(step);
        bench.world.trouble = new Trouble() {
            @Override
            public Deploy deploy() {
                if (late[0]) {
                    bench.world.journal.watcher = entry -> {};
                    late[0] = false;
                    bench.resume();
                    assertThat(ending(bench)).contains(Ending.DONE);
                }
                return Deploy.ANSWERED;
            }
        };
        Fault fault = stopped(bench);
        assertThat(fault.exit()).isEqualTo(Exit.UNFINISHED);
        assertThat(fault.what()).contains("another process has taken over");
        assertThat(bench.world.transforms.names()).hasSize(1);
        bench.world.advance(10_000);
        assertThat(bench.hot()).isEqualTo(before);
    }

    @Test
    void aForwardThatWasPerhapsDeployedIsNotForgottenOverAFenceThatFell() {
        Bench bench = written(Approach.B);
        crashes(bench, "deploy-forward", "deploy");
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        bench.world.trouble = Trouble.NONE;
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of(""));
        bench.resume();
        assertThat(ending(bench)).contains(Ending.DONE);
        assertThat(bench.world.transforms.names()).hasSize(1);
    }

    @Test
    void aTopicThatTookTheNameInTheLastMomentIsNotDeleted() {
        Bench bench = Bench.of(Approach.A);
        String[] theirs = {""};
        bench.world.journal.watcher = entry -> {
            if (theirs[0].isEmpty()
                    && entry instanceof Entry.Intended intended
                    && intended.step() instanceof Step.DeleteHot) {
                bench.world.topics.somebodyDeletes("destination");
                bench.world.topics.somebodyCreates(bench.cache.hot());
                theirs[0] = bench.world.topics.id("destination");
            }
        };
        bench.run();
        assertThat(bench.world.topics.id("destination")).isEqualTo(theirs[0]);
    }

    @Test
    void aRunThatIsLeftHalfRestoredHasNothingOlderThanTheTruth() {
        Bench bench = written(Approach.B);
        var writer = bench.writer("stray");
        bench.world.transforms.atOnce = 1;
        bench.world.transforms.lingers = 0;
        bench.world.journal.watcher = entry -> {
            if (entry instanceof Entry.Happened happened && happened.outcome() instanceof Outcome.FenceOpened) {
                assertThat(writer.write("k0/0", "newest")).isTrue();
            }
            if (entry instanceof Entry.Happened happened && happened.outcome() instanceof Outcome.ReverseDeployed) {
                while (!"v0".equals(bench.hot().get("k0/0"))) {
                    bench.world.advance(20);
                }
                bench.world.transforms.names().forEach(bench.world.transforms::breaks);
                throw new Trouble.Crash("the old value is restored, the newest not yet");
            }
        };
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        bench.world.journal.watcher = entry -> {};
        bench.abandon();
        assertThat(ending(bench)).contains(Ending.INCOMPLETE);
        bench.world.advance(5000);
        assertThat(bench.truth()).containsEntry("k0/0", "newest");
        bench.hot().forEach((key, value) -> assertThat(bench.truth()).containsEntry(key, value));
        bench.wishing(Fencing.BROKER, true).run();
        assertThat(bench.hot()).containsEntry("k0/0", "newest").isEqualTo(bench.truth());
    }

    @Test
    void aSecondRunIsRefusedWhileOneIsUnfinished() {
        Bench bench = written(Approach.B);
        bench.once(Outcome.HotDeleted.class, () -> {
            throw new Trouble.Crash("half way");
        });
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        Fault fault = stopped(bench);
        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.next()).contains("--resume").contains("--abandon");
    }

    @Test
    void aRunThatSomebodyIsAtWorkOnIsNotTakenOver() {
        Bench bench = written(Approach.B);
        bench.once(Outcome.HotDeleted.class, () -> {
            throw new Trouble.Crash("half way");
        });
        assertThat(catchThrowableOfType(Trouble.Crash.class, bench::run)).isNotNull();
        String run = bench.world.journal.entries.get(0).run();
        bench.world.in(700, () -> bench.world.journal.entries.add(new Entry.Beat(run, bench.world.now())));
        Fault fault = catchThrowableOfType(Fault.class, bench::resume);
        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.what()).contains("another process is at work");
        bench.resume();
        assertThat(ending(bench)).contains(Ending.DONE);
    }

    @Test
    void aPlanIsStaleOnceTheWorldHasChanged() {
        for (int change = 0; change < 4; change++) {
            Bench bench = written(Approach.B);
            Recreate process = bench.process();
            RunPlan plan = process.plan(bench.cache, bench.wishes).run();
            switch (change) {
                case 0 -> bench.world.topics.alter("primary", Map.of("segment.ms", "2000"));
                case 1 -> bench.world.groups.add("primary", "new", 0, 1);
                case 2 -> {
                    bench.world.transforms.somebodyDeletes("lvc-first");
                    bench.deployForward("lvc-other");
                }
                default -> {
                    bench.world.transforms.somebodyDeletes("lvc-first");
                    bench.world.topics.somebodyDeletes("primary");
                    bench.world.topics.somebodyCreates(bench.cache.hot());
                    bench.deployForward("lvc-first");
                }
            }
            bench.world.advance(3000);
            Fault fault = catchThrowableOfType(Fault.class, () -> process.run(plan, bench.cache, bench.wishes));
            assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
            assertThat(fault.what()).contains("stale");
            assertThat(bench.world.journal.entries).isEmpty();
        }
    }

    @Test
    void aClusterTooSlowToBeSureOfAnythingIsNotWaitedForForEver() {
        Bench bench = written(Approach.B);
        bench.world.trouble = new Trouble() {
            @Override
            public void before(String call) {
                if (call.equals("ends")) {
                    bench.world.advance(1500);
                }
            }
        };
        Fault fault = stopped(bench);
        assertThat(fault.what()).contains("does not get on");
        assertThat(bench.hot()).containsKey("k/0");
    }

    @Test
    void anotherFenceOfTheClusterIsKept() {
        Bench bench = new Bench(5, Approach.B, 1, 3);
        bench.createTopics();
        bench.deployForward("lvc-first");
        bench.writer("w").write("k/0", "v");
        bench.world.advance(3000);
        bench.world.cluster.slowestMs = 2000;
        bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("audit"));
        bench.once(
                Outcome.HotDeleted.class,
                () -> bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("audit,primary,other")));
        bench.run();
        assertThat(bench.world.cluster.fenced()).containsExactly("audit", "other");
    }

    @Test
    void whatCannotHaveHappenedIsNotWrittenDown() {
        Bench bench = written(Approach.B);
        bench.run();
        for (Entry entry : bench.world.journal.entries) {
            if (entry instanceof Entry.Begun begun) {
                Position position = Position.begun(begun.plan());
                for (Outcome outcome : List.of(
                        new Outcome.HotDeleted("id"),
                        new Outcome.FenceLowered(),
                        new Outcome.ForwardDeployed("x"),
                        new Outcome.Restored(1))) {
                    assertThatThrownBy(() -> position.after(new Entry.Happened(begun.run(), begun.at(), outcome)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("the journal says");
                }
            }
        }
    }

    /** After each entry of an undisturbed run, an outcome of another place is a contradiction. */
    @Test
    void noStateTakesAnOutcomeThatBelongsElsewhere() {
        for (Approach approach : Approach.values()) {
            Bench bench = written(approach);
            bench.run();
            Position position = Position.begun(
                    History.of(bench.world.journal.entries).runs().get(0).plan());
            for (Entry entry : bench.world.journal.entries) {
                position = position.after(entry);
                State state = position.state();
                assertThat(state.next(new Outcome.Drained(0)).isPresent())
                        .as("drained in " + state)
                        .isEqualTo(state instanceof Clearing.Fenced);
                assertThat(state.next(new Outcome.HotDeleted("x")).isPresent())
                        .as("deleted in " + state)
                        .isEqualTo(state instanceof Clearing.ForwardGone || state instanceof Rebuilding.HotGone);
                assertThat(state.next(new Outcome.FenceLowered()).isPresent())
                        .as("lowered in " + state)
                        .isEqualTo(state instanceof Restoring.ForwardBack);
                assertThat(state.next(new Outcome.FenceOpened()).isPresent())
                        .as("opened in " + state)
                        .isEqualTo(state instanceof Rebuilding.Ready
                                || state instanceof Restoring.Open
                                || state instanceof Restoring.Saved);
            }
        }
    }

    private static void crashes(Bench bench, String step, String call) {
        bench.world.trouble = new Trouble() {
            @Override
            public void after(String done) {
                List<String> steps = bench.steps();
                if (done.equals(call) && steps.get(steps.size() - 1).equals(step)) {
                    throw new Crash("after " + call);
                }
            }
        };
    }

    private static void losesAnswer(Bench bench, String call) {
        bench.world.trouble = new Trouble() {
            private boolean lost;

            @Override
            public void after(String done) {
                if (!lost && done.equals(call)) {
                    lost = true;
                    throw Fault.unreachable(call + " failed", "no answer", "later");
                }
            }
        };
    }

    private static Bench written(Approach approach) {
        Bench bench = Bench.of(approach);
        for (int i = 0; i < 9; i++) {
            bench.writer("w" + i).write("k" + (i == 8 ? "" : i) + "/0", "v" + i);
        }
        bench.world.advance(4000);
        return bench;
    }

    private static Fault stopped(Bench bench) {
        Fault fault = catchThrowableOfType(Fault.class, bench::run);
        assertThat(fault).isNotNull();
        return fault;
    }

    private static Optional<Ending> ending(Bench bench) {
        List<History.Run> runs = History.of(bench.world.journal.entries).runs();
        return runs.get(runs.size() - 1).ended().map(Entry.Ended::ending);
    }
}
