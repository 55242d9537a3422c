package lvc.core.recreate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import lvc.core.fake.SimulatedWriter;
import lvc.core.fake.Trouble;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.Entry.Ending;
import lvc.core.journal.Fencing;
import lvc.core.topic.Approach;
import lvc.core.topic.TopicSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One story: a cache with some past, writers, a recreate in which things go wrong, and as many resumes as it takes. What
 * must hold is looked at after every entry of the journal and at the end.
 */
final class SeededStory {
    private static final int MOST_PROCESSES = 40;
    private static final int TROUBLED_PROCESSES = 12;

    private final Random random;
    private final Approach approach;
    final Bench bench;
    private final Fate fate;
    private String oldHot = "";
    private boolean hotMissing;
    private boolean healthy;

    SeededStory(long seed, Approach approach) {
        this.random = new Random(seed * 31 + (approach == Approach.A ? 0 : 1));
        this.approach = approach;
        this.bench = new Bench(random.nextLong(), approach, 1 + random.nextInt(3), 1 + random.nextInt(3));
        this.fate = new Fate(random, bench);
    }

    /** Lives through it. */
    void live() {
        past();
        bench.world.trouble = fate;
        bench.world.journal.watcher = this::demandSurvival;
        int rounds = 1 + random.nextInt(2);
        for (int round = 0; round < rounds; round++) {
            oldHot = bench.world.topics.exists(hot()) ? bench.world.topics.id(hot()) : "";
            recreate();
            demandEverything();
            bench.world.writers.forEach(writer -> writer.stopped = false);
        }
    }

    private String hot() {
        return bench.cache.hot().name();
    }

    private void past() {
        bench.createTopics();
        bench.deployForward("lvc-first");
        bench.world.cluster.slowestMs = 1 + random.nextInt(600);
        bench.world.transforms.lingers = random.nextInt(3) / 2.0;
        bench.world.transforms.atOnce = 1 + random.nextInt(20);
        int count = 1 + random.nextInt(3);
        for (int w = 0; w < count; w++) {
            List<String> keys = new ArrayList<>();
            for (int k = 0; k <= random.nextInt(6); k++) {
                keys.add("w" + w + "k" + k + "/"
                        + random.nextInt(bench.cache.hot().partitions()));
            }
            SimulatedWriter writer = new SimulatedWriter(
                    bench.world,
                    "w" + w,
                    bench.cache.input().name(),
                    keys,
                    random.nextInt(4001) - 2000,
                    100 + random.nextInt(1500));
            writer.transactions = random.nextInt(3) > 0;
            bench.world.writers.add(writer);
        }
        bench.world.advance(random.nextInt(15_000));
        if (random.nextInt(3) == 0) {
            bench.world.groups.add(hot(), "group", 0, 1);
        }
        int accident = random.nextInt(9);
        healthy = accident > 3;
        switch (accident) {
            case 0 -> bench.world.transforms.pause("lvc-first", true);
            case 1 -> bench.world.transforms.breaks("lvc-first");
            case 2 -> bench.world.transforms.somebodyDeletes("lvc-first");
            case 3 -> loseHot();
            default -> {}
        }
        bench.world.advance(random.nextInt(5_000));
    }

    /** An accident: what lay in a primary only is lost, and nobody can blame recreate. */
    private void loseHot() {
        hotMissing = true;
        if (approach == Approach.B) {
            bench.world.transforms.somebodyDeletes("lvc-first");
            bench.world.advance(2 * Bench.COMMIT_MS);
            bench.world.writers.forEach(writer -> writer.stopped = true);
            bench.world.topics.somebodyDeletes(hot());
            Map<String, String> truth = bench.truth();
            bench.world.writers.forEach(writer -> {
                writer.acknowledged.replaceAll((key, value) -> Optional.ofNullable(truth.get(key)));
                writer.stopped = false;
            });
        } else {
            bench.world.topics.somebodyDeletes(hot());
        }
    }

    private void recreate() {
        bench.wishing(Fencing.BROKER, hotMissing && approach == Approach.B);
        for (int process = 1; process <= MOST_PROCESSES; process++) {
            if (process > TROUBLED_PROCESSES) {
                fate.calm();
            }
            bench.world.tell("--- process " + process);
            try {
                if (History.of(bench.world.journal.entries).unfinished().isEmpty()) {
                    bench.run();
                } else if (random.nextInt(5) == 0) {
                    bench.abandon();
                } else {
                    bench.resume();
                }
            } catch (Trouble.Crash crash) {
                bench.world.advance(random.nextInt(4000));
            } catch (Fault fault) {
                bench.world.tell("exit " + fault.exit() + ": " + fault.what() + ": " + fault.why());
                demandExplained(fault);
                demandReason(fault);
                if (fault.what().endsWith("the truth is empty")) {
                    bench.world.transforms.names().forEach(bench.world.transforms::somebodyDeletes);
                    bench.deployForward("lvc-again-" + process);
                }
                bench.world.advance(random.nextInt(2000));
            }
            Optional<Ending> ending = ending();
            if (ending.equals(Optional.of(Ending.DONE))) {
                return;
            }
            ending.ifPresent(this::demandLeft);
            if (ending.equals(Optional.of(Ending.INCOMPLETE)) && approach == Approach.B) {
                bench.wishing(Fencing.BROKER, true);
            }
            somebodyMakesTheHotTopic();
        }
        throw new AssertionError("no end after " + MOST_PROCESSES + " processes");
    }

    /** A client asks for a topic that is not there, and the cluster makes one. */
    private void somebodyMakesTheHotTopic() {
        if (!hotMissing
                && !bench.world.topics.exists(hot())
                && (approach == Approach.A || bench.world.cluster.fenced().contains(hot()))
                && random.nextInt(3) == 0) {
            bench.world.topics.somebodyCreates(
                    new TopicSpec(hot(), 1 + random.nextInt(2), 1, new TreeMap<>(Map.of("cleanup.policy", "delete"))));
        }
    }

    /** How the last run ended, if it began and has ended. */
    private Optional<Ending> ending() {
        return bench.world.journal.entries.isEmpty()
                        || !(bench.world.journal.entries.get(bench.world.journal.entries.size() - 1)
                                instanceof Entry.Ended ended)
                ? Optional.empty()
                : Optional.of(ended.ending());
    }

    /** A run in a healthy world in which nothing goes wrong any more has no reason to stop. */
    private void demandReason(Fault fault) {
        boolean begun = !bench.world.journal.entries.isEmpty();
        if (healthy && begun && !fate.everTroubled() && fault.exit() != Exit.REFUSED) {
            throw new AssertionError("stopped without a reason: " + fault.what() + ": " + fault.why());
        }
    }

    /** Whatever the exit code says must be so. */
    private void demandExplained(Fault fault) {
        boolean unfinished =
                History.of(bench.world.journal.entries).unfinished().isPresent();
        if (fault.exit() == Exit.DIFFERS) {
            assertThat(unfinished).as("a run that found differences is closed").isFalse();
        }
        if (fault.exit() == Exit.UNFINISHED && !unfinished) {
            assertThat(bench.world.journal.entries)
                    .as("exit 6 without an unfinished run")
                    .isNotEmpty();
        }
    }

    /** A run that was left: nothing was deleted, or it says so; and nobody is locked out. */
    private void demandLeft(Ending ending) {
        assertThat(bench.world.cluster.fenced()).as("fence after " + ending).doesNotContain(hot());
        if (ending == Ending.NOTHING_DONE && !oldHot.isEmpty()) {
            assertThat(bench.world.topics.id(hot()))
                    .as("hot topic after a run that did nothing")
                    .isEqualTo(oldHot);
        }
        if (ending == Ending.INCOMPLETE) {
            oldHot = bench.world.topics.id(hot());
            hotMissing = false;
            assertThat(bench.world.transforms.names()).as("transforms").hasSize(1);
        }
    }

    /** Looked at with every entry: the journal explains the world, and each value has a copy from which it comes back. */
    private void demandSurvival(Entry entry) {
        boolean begun = History.of(bench.world.journal.entries)
                .unfinished()
                .map(History.Run::position)
                .filter(position -> !(position.state() instanceof Clearing.ForwardGone))
                .filter(position -> position.state() instanceof Clearing)
                .isPresent();
        if (begun && !oldHot.isEmpty()) {
            assertThat(bench.world.topics.exists(hot()) ? bench.world.topics.id(hot()) : "none")
                    .as("the hot topic, while the journal says that it is untouched")
                    .isEqualTo(oldHot);
        }
        survives(entry.toString());
    }

    /** Each value that was acknowledged is the newest of its key in the truth, or lies in the hot topic still. */
    private void survives(String when) {
        Map<String, String> truth = bench.truth();
        Map<String, String> written = bench.world.topics.fold(hot(), record -> !record.logAppendTime());
        Map<String, String> all = bench.hot();
        for (SimulatedWriter writer : bench.world.writers) {
            writer.acknowledged.forEach((key, value) -> {
                boolean inTruth = Optional.ofNullable(truth.get(key)).equals(value);
                boolean inHot = approach == Approach.B
                        && (Optional.ofNullable(written.get(key)).equals(value)
                                || Optional.ofNullable(all.get(key)).equals(value));
                if (!inTruth && !inHot) {
                    throw new AssertionError("lost at " + when + ": " + key + " = " + value + "; the truth has "
                            + truth.get(key) + ", writers' records in the hot topic say " + written.get(key));
                }
            });
        }
    }

    /** The end of a recreate: everything is everywhere, everybody can go on. */
    private void demandEverything() {
        bench.world.trouble = Trouble.NONE;
        assertThat(bench.world.cluster.fenced()).as("fence").doesNotContain(hot());
        assertThat(bench.world.transforms.names()).as("transforms").hasSize(1);
        assertThat(bench.world.groups.of(hot())).as("groups").isEmpty();
        for (int p = 0; p < bench.cache.hot().partitions(); p++) {
            assertThat(bench.world.writers.get(0).write("never seen " + p + "/" + p, "at last"))
                    .as("a write after it")
                    .isTrue();
        }
        bench.world.writers.forEach(writer -> writer.stopped = true);
        await("writers rest", () -> bench.world.writers.stream().allMatch(SimulatedWriter::idle));
        String forward = bench.world.transforms.names().get(0);
        await("forward has copied all", () -> bench.world.transforms.caughtUp(forward));
        bench.world.advance(2 * Bench.COMMIT_MS);
        Map<String, String> expected = new TreeMap<>();
        bench.world.writers.forEach(writer ->
                writer.acknowledged.forEach((key, value) -> value.ifPresent(text -> expected.put(key, text))));
        assertThat(bench.hot()).as("hot topic").isEqualTo(expected);
        assertThat(bench.truth()).as("truth").isEqualTo(expected);
        bench.world.trouble = fate;
        hotMissing = false;
    }

    private void await(String what, java.util.function.BooleanSupplier holds) {
        for (int i = 0; i < 1000; i++) {
            if (holds.getAsBoolean()) {
                return;
            }
            bench.world.advance(100);
        }
        throw new AssertionError("never: " + what);
    }
}
