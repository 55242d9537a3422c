package lvc.core.recreate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fake.SimulatedCluster;
import lvc.core.fake.SimulatedLog;
import lvc.core.fake.SimulatedWriter;
import lvc.core.fake.Trouble;
import lvc.core.fault.Fault;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.port.PartitionReader;
import lvc.core.port.Pause;
import lvc.core.record.StoredRecord;
import lvc.core.report.Verification;
import lvc.core.topic.Approach;
import lvc.core.verify.Verify;
import lvc.core.wait.Wait;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A comparison that was made before its turn counts only where one made now would say the same. */
class MeanwhileTest {
    private static final Map<Integer, Long> ANYBODY = Map.of();

    private final Bench bench = Bench.of(Approach.B);
    private final List<Event> told = new ArrayList<>();
    private final CompletableFuture<Void> reading = new CompletableFuture<>();
    private SimulatedWriter writer;
    private RunPlan plan;

    /** What happens between the comparison and its use. */
    enum Change {
        NEW_VALUE {
            @Override
            void happen(MeanwhileTest test) {
                assertThat(test.writer.write("k/0", "newer")).isTrue();
            }
        },
        VALUE_IN_THE_SECONDARY {
            @Override
            void happen(MeanwhileTest test) {
                test.bench.world.topics.appends("secondary", 0, "k/0", "other");
            }
        },
        TRANSACTION_LEFT_OPEN {
            @Override
            void happen(MeanwhileTest test) {
                assertThat(test.writer.writeOpen("k/0", "newer")).isNotNull();
            }
        },
        FIRST_RECORDS_GONE {
            @Override
            void happen(MeanwhileTest test) {
                test.log("primary").cutOff(1);
            }
        },
        FIRST_RECORDS_OF_THE_SECONDARY_GONE {
            @Override
            void happen(MeanwhileTest test) {
                test.log("secondary").cutOff(1);
            }
        },
        OTHER_PRIMARY_WITH_THE_SAME_ENDS {
            @Override
            void happen(MeanwhileTest test) {
                test.bench.world.transforms.somebodyDeletes("lvc-first");
                test.bench.world.topics.somebodyDeletes("primary");
                test.bench.world.topics.somebodyCreates(test.bench.cache.hot());
                test.bench.world.topics.appends("primary", 0, "k/0", "other");
                test.bench.world.topics.appends("primary", 0, "l/0", "other");
            }
        },
        OTHER_SECONDARY_WITH_THE_SAME_ENDS {
            @Override
            void happen(MeanwhileTest test) {
                test.bench.world.transforms.somebodyDeletes("lvc-first");
                test.bench.world.topics.somebodyDeletes("secondary");
                test.bench.world.topics.somebodyCreates(test.bench.cache.truth());
                test.bench.world.topics.appends("secondary", 0, "k/0", "other");
                test.bench.world.topics.appends("secondary", 0, "l/0", "other");
            }
        };

        abstract void happen(MeanwhileTest test);
    }

    @BeforeEach
    void write() {
        writer = bench.writer("w");
        assertThat(writer.write("k/0", "v")).isTrue();
        assertThat(writer.write("l/0", "v")).isTrue();
        bench.world.advance(4000);
        plan = bench.plan().run();
    }

    @Test
    void whatIsEqualAndHasNotMovedCounts() {
        Meanwhile meanwhile = meanwhile(Runnable::run);
        meanwhile.begin(plan, ANYBODY);
        Verification found = meanwhile.equal(plan, ANYBODY).orElseThrow();
        assertThat(found.equal()).isTrue();
        assertThat(found.keys()).isEqualTo(2);
        assertThat(found.inputEnds()).isEqualTo(Map.of(0, 2L));
        assertThat(meanwhile.equal(plan, ANYBODY)).as("the same once more").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void whatHasMovedSinceItWasReadDoesNotCount(Change change) {
        Meanwhile meanwhile = meanwhile(Runnable::run);
        meanwhile.begin(plan, ANYBODY);
        change.happen(this);
        assertThat(meanwhile.equal(plan, ANYBODY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void whatMovesWhileItIsWaitedForDoesNotCount(Change change) {
        Queue<Runnable> waiting = new ArrayDeque<>();
        Meanwhile meanwhile = meanwhile(waiting::add);
        meanwhile.begin(plan, ANYBODY);
        waiting.remove().run();
        int[] looks = {0};
        bench.world.trouble = new Trouble() {
            @Override
            public void after(String call) {
                if (call.equals("ends") && ++looks[0] == 2) {
                    change.happen(MeanwhileTest.this);
                }
            }
        };
        assertThat(meanwhile.equal(plan, ANYBODY)).isEmpty();
        assertThat(looks[0]).as("looks at ends").isGreaterThan(2);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void whatMovesWhileItIsReadDoesNotCount(Change change) {
        Meanwhile meanwhile = meanwhile(Runnable::run);
        int[] looks = {0};
        bench.world.trouble = new Trouble() {
            @Override
            public void after(String call) {
                if (call.equals("ends") && ++looks[0] == 2) {
                    change.happen(MeanwhileTest.this);
                }
            }
        };
        meanwhile.begin(plan, ANYBODY);
        assertThat(meanwhile.equal(plan, ANYBODY)).isEmpty();
    }

    @Test
    void whatLiesInAnOpenTransactionWasNotRead() {
        assertThat(writer.writeOpen("k/0", "newer")).isNotNull();
        Meanwhile meanwhile = meanwhile(Runnable::run);
        meanwhile.begin(plan, ANYBODY);
        assertThat(meanwhile.equal(plan, ANYBODY)).isEmpty();
    }

    @Test
    void aDifferenceIsNotWhatIsAskedFor() {
        log("secondary").forget("k/0");
        Meanwhile meanwhile = meanwhile(Runnable::run);
        meanwhile.begin(plan, ANYBODY);
        assertThat(meanwhile.equal(plan, ANYBODY)).isEmpty();
    }

    @Test
    void aRecordThatReverseDidNotWriteIsNotOverlooked() {
        Meanwhile meanwhile = meanwhile(Runnable::run);
        meanwhile.begin(plan, Map.of(0, 1L));
        assertThat(meanwhile.equal(plan, Map.of(0, 1L))).isEmpty();
        meanwhile.begin(plan, Map.of(0, 2L));
        assertThat(meanwhile.equal(plan, Map.of(0, 2L))).isPresent();
    }

    @Test
    void whatWasReadForAnotherQuestionDoesNotAnswerThisOne() {
        Meanwhile meanwhile = meanwhile(Runnable::run);
        meanwhile.begin(plan, ANYBODY);
        assertThat(meanwhile.equal(plan, Map.of(0, 1L))).isEmpty();
    }

    @Test
    void keysInTwoPartitionsAreLeftToWhoeverCanSaySo() {
        Bench two = new Bench(1, Approach.B, 2, 1);
        two.createTopics();
        two.deployForward("lvc-first");
        two.world.advance(4000);
        for (int partition = 0; partition < 2; partition++) {
            two.world.topics.appends("primary", partition, "k", "v");
            two.world.topics.appends("secondary", partition, "k", "v");
        }
        Meanwhile meanwhile = meanwhile(two, Runnable::run);
        RunPlan split = two.plan().run();
        meanwhile.begin(split, ANYBODY);
        assertThat(meanwhile.equal(split, ANYBODY)).isEmpty();
    }

    @Test
    void aReadThatFailsIsForgotten() {
        bench.world.trouble = new Trouble() {
            @Override
            public void before(String call) {
                if (call.equals("find")) {
                    bench.world.trouble = Trouble.NONE;
                    throw Fault.unreachable("find failed", "no answer", "later");
                }
            }
        };
        Meanwhile meanwhile = meanwhile(Runnable::run);
        meanwhile.begin(plan, ANYBODY);
        assertThat(meanwhile.equal(plan, ANYBODY)).isEmpty();
    }

    @Test
    void aReadThatFailsHalfWayIsForgotten() {
        int[] finds = {0};
        bench.world.trouble = new Trouble() {
            @Override
            public void before(String call) {
                if (call.equals("find") && ++finds[0] == 2) {
                    throw Fault.unreachable("find failed", "no answer", "later");
                }
            }
        };
        Meanwhile meanwhile = meanwhile(Runnable::run);
        meanwhile.begin(plan, ANYBODY);
        assertThat(meanwhile.equal(plan, ANYBODY)).isEmpty();
    }

    @Test
    void whatIsNoFaultIsNotForgotten() {
        int[] finds = {0};
        bench.world.trouble = new Trouble() {
            @Override
            public void before(String call) {
                if (call.equals("find") && ++finds[0] == 2) {
                    throw new Crash("beside the run");
                }
            }
        };
        Meanwhile meanwhile = meanwhile(Runnable::run);
        meanwhile.begin(plan, ANYBODY);
        assertThat(catchThrowableOfType(Trouble.Crash.class, () -> meanwhile.equal(plan, ANYBODY)))
                .isNotNull();
    }

    /** Whoever waited here for a thread that never runs would wait for ever. */
    @Test
    @Timeout(20)
    void whatCannotCountAnyMoreIsNotWaitedFor() {
        Meanwhile meanwhile = meanwhile(task -> {});
        meanwhile.begin(plan, ANYBODY);
        assertThat(meanwhile.equal(plan, ANYBODY)).isEmpty();
    }

    /** Whoever waits for a long read shows how far it is. */
    @Test
    @Timeout(20)
    void whatIsWaitedForIsTold() {
        CountDownLatch heard = new CountDownLatch(1);
        Meanwhile meanwhile = meanwhile(held(heard), this::inThread, event -> heard.countDown());
        meanwhile.begin(plan, ANYBODY);
        reading.join();
        assertThat(meanwhile.equal(plan, ANYBODY)).isPresent();
        assertThat(heard.getCount()).isZero();
    }

    @Test
    @Timeout(20)
    void whoeverWantsToStopDoesNotWaitForIt() {
        CountDownLatch never = new CountDownLatch(1);
        Meanwhile meanwhile = meanwhile(held(never), this::inThread, told::add);
        meanwhile.begin(plan, ANYBODY);
        reading.join();
        Thread.currentThread().interrupt();
        assertThat(catchThrowableOfType(Pause.Interrupted.class, () -> meanwhile.equal(plan, ANYBODY)))
                .isNotNull();
        assertThat(Thread.interrupted()).as("the wish is kept").isTrue();
    }

    /** Reads the records only once somebody lets it; by then the look at the topics is done. */
    private PartitionReader held(CountDownLatch until) {
        return new PartitionReader() {
            @Override
            public void read(String topic, int partition, long from, long end, Consumer<StoredRecord> each) {
                reading.complete(null);
                try {
                    until.await();
                } catch (InterruptedException ended) {
                    throw new Pause.Interrupted();
                }
                bench.world.topics.read(topic, partition, from, end, each);
            }

            @Override
            public boolean anyRecord(String topic, int partition, long from, long end) {
                return bench.world.topics.anyRecord(topic, partition, from, end);
            }
        };
    }

    private void inThread(Runnable task) {
        Thread thread = new Thread(task, "beside");
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void whatIsEndedIsCancelledAndForgotten() {
        List<Runnable> tasks = new ArrayList<>();
        Meanwhile meanwhile = meanwhile(tasks::add);
        meanwhile.begin(plan, ANYBODY);
        meanwhile.begin(plan, ANYBODY);
        assertThat(tasks).map(task -> ((FutureTask<?>) task).isCancelled()).containsExactly(true, false);
        meanwhile.end();
        assertThat(tasks).allMatch(task -> ((FutureTask<?>) task).isCancelled());
        assertThat(meanwhile.equal(plan, ANYBODY)).isEmpty();
    }

    @Test
    void aRunThatIsNotDisturbedComparesWhileItWaits() {
        bench.run();
        assertThat(bench.events.stream()
                        .flatMap(event -> event instanceof Event.Verified verified
                                ? Optional.of(verified.verification().cut()).stream()
                                : Optional.<String>empty().stream()))
                .hasSize(2)
                .allMatch(cut -> cut.contains("neither topic has moved"));
    }

    @Test
    @Timeout(20)
    void aRunInWhichNobodyReadsMeanwhileComparesByItself() {
        List<Runnable> tasks = new ArrayList<>();
        bench.beside = tasks::add;
        bench.run();
        assertThat(bench.hot()).isEqualTo(bench.truth()).containsEntry("k/0", "v");
        assertThat(tasks).hasSize(2).allMatch(task -> ((FutureTask<?>) task).isCancelled());
    }

    @Test
    void aRunThatIsStoppedLeavesNothingBehindThatReads() {
        List<Runnable> tasks = new ArrayList<>();
        bench.beside = tasks::add;
        bench.once(
                Outcome.FenceHolds.class,
                () -> bench.world.cluster.somebodySets(SimulatedCluster.NOPRODUCE, Optional.of("")));
        assertThat(catchThrowableOfType(Fault.class, bench::run)).isNotNull();
        assertThat(tasks).hasSize(1).allMatch(task -> ((FutureTask<?>) task).isCancelled());
    }

    @Test
    void whereForwardDoesNotRunYetThereIsNothingToCompareMeanwhile() {
        bench.world.transforms.somebodyDeletes("lvc-first");
        bench.world.advance(1000);
        List<Runnable> tasks = new ArrayList<>();
        bench.beside = tasks::add;
        bench.once(Outcome.FenceHolds.class, () -> assertThat(tasks).isEmpty());
        bench.run();
        assertThat(tasks).as("before the new primary is handed over").hasSize(1);
    }

    private SimulatedLog log(String topic) {
        return bench.world.topics.log(topic, 0);
    }

    private Meanwhile meanwhile(Executor beside) {
        return meanwhile(bench, beside);
    }

    private Meanwhile meanwhile(PartitionReader reader, Executor beside, Consumer<Event> listener) {
        Wait wait = new Wait(bench.world, Bench.SETTLE, listener);
        Verify verify = new Verify(bench.world.topics, bench.world.transforms, reader, wait, bench.world, listener);
        return new Meanwhile(bench.world.topics, verify, beside, listener);
    }

    private Meanwhile meanwhile(Bench of, Executor beside) {
        Wait wait = new Wait(of.world, Bench.SETTLE, told::add);
        Verify verify = new Verify(of.world.topics, of.world.transforms, of.world.topics, wait, of.world, told::add);
        return new Meanwhile(of.world.topics, verify, beside, told::add);
    }
}
