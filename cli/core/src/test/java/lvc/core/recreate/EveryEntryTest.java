package lvc.core.recreate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import lvc.core.fake.SimulatedWriter;
import lvc.core.fake.Trouble;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry.Ending;
import lvc.core.journal.Fencing;
import lvc.core.report.Recreation;
import lvc.core.topic.Approach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A run that dies right after an entry of its journal, each in turn, and is resumed or abandoned. */
class EveryEntryTest {
    private static final String OLD = "old";
    private static final String NEW = "new";

    @ParameterizedTest
    @MethodSource("names")
    void resumedItLosesNothingAndEndsAsIfNothingHadHappened(String name) {
        Supplier<Bench> cache = Objects.requireNonNull(caches().get(name));
        for (int entry = 1; entry <= entries(cache); entry++) {
            Story story = new Story("resumed after entry " + entry, cache.get());
            if (story.dies(entry)) {
                story.ends(story.bench.resume());
            }
            story.demandEverything();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void abandonedItLosesNothingAndLeavesOrder(String name) {
        Supplier<Bench> cache = Objects.requireNonNull(caches().get(name));
        for (int entry = 1; entry <= entries(cache); entry++) {
            Story story = new Story("abandoned after entry " + entry, cache.get());
            if (story.dies(entry)) {
                story.left(story.bench.abandon());
            }
        }
    }

    static Set<String> names() {
        return caches().keySet();
    }

    /** Ways in which a cache may look before. */
    private static Map<String, Supplier<Bench>> caches() {
        Map<String, Supplier<Bench>> caches = new LinkedHashMap<>();
        caches.put("A as it should be", () -> cached(Approach.A));
        caches.put("A without forward", () -> without(cached(Approach.A)));
        caches.put("B as it should be", () -> cached(Approach.B));
        caches.put("B without forward", () -> without(cached(Approach.B)));
        caches.put("B with a forward that was paused", () -> {
            Bench bench = cached(Approach.B);
            bench.world.transforms.pause("lvc-first", true);
            return bench;
        });
        caches.put("A without a destination", () -> {
            Bench bench = cached(Approach.A);
            bench.world.topics.somebodyDeletes("destination");
            return bench;
        });
        caches.put("B without a fence", () -> cached(Approach.B).wishing(Fencing.NONE, false));
        caches.put("B from a backup that has what the primary lost", () -> {
            Bench bench = without(cached(Approach.B)).wishing(Fencing.BROKER, true);
            bench.world.topics.log("primary", 0).forget("other/0");
            return bench;
        });
        caches.put("B from the backup, without a primary", () -> {
            Bench bench = without(cached(Approach.B)).wishing(Fencing.BROKER, true);
            bench.world.topics.somebodyDeletes("primary");
            return bench;
        });
        return caches;
    }

    /** How many entries a run writes that nobody disturbs. */
    private static int entries(Supplier<Bench> cache) {
        Bench bench = cache.get();
        bench.run();
        return bench.world.journal.entries.size();
    }

    /** k=old and another key in both topics, forward running, and a group that has read the hot topic. */
    private static Bench cached(Approach approach) {
        Bench bench = Bench.of(approach);
        SimulatedWriter writer = bench.writer("first");
        assertThat(writer.write("k/0", OLD)).isTrue();
        assertThat(writer.write("other/0", OLD)).isTrue();
        bench.world.advance(3000);
        assertThat(bench.truth()).isEqualTo(bench.hot()).hasSize(2);
        bench.world.groups.add(bench.cache.hot().name(), "readers", 0, 1);
        return bench;
    }

    private static Bench without(Bench bench) {
        bench.world.transforms.somebodyDeletes("lvc-first");
        bench.world.advance(2000);
        return bench;
    }

    /** One death. */
    private static final class Story {
        private final String name;
        private final Bench bench;
        private final String hot;
        private final String id;
        private final int transforms;
        private final Map<String, String> settings;
        private final Map<String, String> expected = new TreeMap<>(Map.of("k/0", OLD, "other/0", OLD));

        Story(String name, Bench bench) {
            this.name = name;
            this.bench = bench;
            this.hot = bench.cache.hot().name();
            this.id = bench.world.topics.exists(hot) ? bench.world.topics.id(hot) : "";
            this.transforms = bench.world.transforms.names().size();
            this.settings = id.isEmpty() ? bench.cache.hot().settings() : ownSettings();
        }

        /** Runs until it dies, and lets somebody write meanwhile who is let in; whether there is anything to go on with. */
        boolean dies(int entry) {
            int[] left = {entry};
            bench.world.journal.watcher = written -> {
                if (--left[0] == 0) {
                    throw new Trouble.Crash(name);
                }
            };
            try {
                bench.run();
            } catch (Trouble.Crash crash) {
                bench.world.tell("CRASH " + crash);
            }
            bench.world.journal.watcher = written -> {};
            bench.world.advance(1500);
            boolean open = History.of(bench.world.journal.entries).unfinished().isPresent();
            boolean stopped = bench.wishes.fencing() == Fencing.NONE;
            if (!stopped && bench.writer("meanwhile").write("k/0", NEW)) {
                expected.put("k/0", NEW);
            }
            return open;
        }

        void ends(Recreation done) {
            assertThat(done.ending()).as(name).isEqualTo(Ending.DONE);
        }

        /** After a run that was abandoned. */
        void left(Recreation done) {
            assertThat(bench.world.cluster.fenced()).as(name).isEmpty();
            if (done.ending() == Ending.NOTHING_DONE && !id.isEmpty()) {
                assertThat(bench.world.topics.id(hot)).as(name).isEqualTo(id);
            }
            if (done.ending() == Ending.INCOMPLETE) {
                assertThat(bench.world.topics.exists(hot)).as(name).isTrue();
                assertThat(bench.world.topics.id(hot)).as(name).isNotEqualTo(id);
                assertThat(bench.world.groups.of(hot)).as(name).isEmpty();
                assertThat(ownSettings()).as(name).isEqualTo(settings);
            }
            if (done.ending() != Ending.NOTHING_DONE || transforms == 1) {
                assertThat(bench.world.transforms.names()).as(name).hasSize(1);
            }
            bench.world.advance(4000);
            if (done.ending() == Ending.INCOMPLETE) {
                assertThat(bench.truth()).as(name).isEqualTo(expected).containsAllEntriesOf(bench.hot());
            }
            if (done.ending() != Ending.DONE) {
                again();
            }
            demandEverything();
        }

        /** What the message of the abandoned run says: the same once more, where need be from the backup. */
        private void again() {
            boolean backup = bench.cache.approach() == Approach.B
                    && (bench.wishes.fromBackup() || !bench.truth().equals(bench.hot()));
            bench.wishing(bench.wishes.fencing(), backup);
            try {
                ends(bench.run());
            } catch (Fault fault) {
                throw new AssertionError(name + ": " + fault.what() + ": " + fault.why(), fault);
            }
        }

        void demandEverything() {
            bench.world.advance(4000);
            assertThat(bench.world.cluster.fenced()).as(name).isEmpty();
            assertThat(bench.world.transforms.names()).as(name).hasSize(1);
            assertThat(bench.world.groups.of(hot)).as(name).isEmpty();
            assertThat(ownSettings()).as(name).isEqualTo(settings);
            assertThat(bench.hot()).as(name).isEqualTo(expected);
            assertThat(bench.truth()).as(name).isEqualTo(expected);
            assertThat(bench.writer("after").write("after/0", NEW)).as(name).isTrue();
            bench.world.advance(4000);
            assertThat(bench.truth())
                    .as(name)
                    .isEqualTo(bench.hot())
                    .containsEntry("after/0", NEW)
                    .hasSize(expected.size() + 1);
        }

        private Map<String, String> ownSettings() {
            return Objects.requireNonNull(bench.world.topics.find(List.of(hot)).get(hot))
                    .ownSettings();
        }
    }
}
