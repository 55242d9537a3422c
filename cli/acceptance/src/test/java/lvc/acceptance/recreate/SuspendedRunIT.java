package lvc.acceptance.recreate;

import java.util.List;
import java.util.Map;
import lvc.acceptance.recreate.Ground.Cache;
import lvc.core.topic.Approach;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Two processes and one run: one that was asleep while another one finished it, and one that comes too early. */
@Timeout(300)
class SuspendedRunIT {
    private static final Ground GROUND = Ground.withShortWaits();
    private static final int KEYS = 200;

    @AfterAll
    static void stop() {
        GROUND.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete-hot", "deploy-holding", "deploy-forward", "lower-fence"})
    void whoever_slept_while_another_finished_the_run_does_nothing_any_more(String step) throws Exception {
        Cache cache = GROUND.cache("asleep-" + step, Approach.B, 2);
        try (Writer writer = GROUND.writer(cache, "k", KEYS);
                LvcProcess sleeper = sleeping(writer, cache, step)) {
            Lvc.Result resumed = GROUND.lvc().run("recreate", "--resume", "--yes");
            assertThat(resumed.exit()).as(resumed.err()).isZero();
            writer.start();
            String hot = id(cache.hot());
            String forward = GROUND.forwards(cache).get(0).name();

            sleeper.signal("CONT");
            Lvc.Result woken = sleeper.result();

            assertThat(woken.exit()).as(woken.err()).isEqualTo(6);
            assertThat(woken.err().lines().filter(line -> line.matches("(error|why|next): .*")))
                    .as(woken.err())
                    .hasSize(3);
            assertThat(woken.err()).contains("another process has taken over").contains("lvc status --history");
            writer.stop();
            assertThat(id(cache.hot())).isEqualTo(hot);
            assertThat(GROUND.forwards(cache).get(0).name()).isEqualTo(forward);
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
            GROUND.retire(cache);
        }
    }

    @Test
    void a_run_at_work_is_neither_doubled_nor_taken_over() {
        Cache cache = GROUND.cache("at-work", Approach.B, 2);
        Cache other = GROUND.cache("other", Approach.A, 1);
        try (Writer writer = GROUND.writer(cache, "k", KEYS)) {
            writer.fill();
            GROUND.fault("BATCH_DELAY_MS", "4000");
            try (LvcProcess process = GROUND.lvc().start(cache.flags("recreate", "-o", "json"))) {
                process.awaitStep("await-restored");

                Lvc.Result second = GROUND.lvc().run(cache.flags("recreate"));
                Lvc.Result otherCache = GROUND.lvc().run(other.flags("recreate"));
                Lvc.Result resumed = GROUND.lvc().run("recreate", "--resume", "--yes");
                Lvc.Result hasty = GROUND.lvc()
                        .with(Map.of("LVC_RECREATE_HEARTBEAT", "1ms"))
                        .run("recreate", "--resume", "--yes");
                Lvc.Result abandoned = GROUND.lvc().run("recreate", "--abandon", "--yes");
                assertThat(process.alive()).isTrue();
                GROUND.fault("BATCH_DELAY_MS", "");

                for (Lvc.Result refused : List.of(second, otherCache)) {
                    assertThat(refused.exit()).as(refused.err()).isEqualTo(3);
                    assertThat(refused.err()).contains("is unfinished").contains("lvc recreate --resume");
                }
                for (Lvc.Result refused : List.of(resumed, hasty, abandoned)) {
                    assertThat(refused.exit()).as(refused.err()).isEqualTo(3);
                    assertThat(refused.err()).contains("another process is at work on it");
                }
                assertThat(process.result().exit()).isZero();
            }
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
            GROUND.retire(cache);
            GROUND.retire(other);
        } finally {
            GROUND.fault("BATCH_DELAY_MS", "");
        }
    }

    /** A run that was suspended as soon as it had said that it begins a step. */
    private static LvcProcess sleeping(Writer writer, Cache cache, String step) {
        writer.fill();
        LvcProcess process;
        try (JournalWatch watch = JournalWatch.fromEnd(GROUND.connection())) {
            process = GROUND.lvc().start(cache.flags("recreate"));
            assertThat(watch.until(line -> line.what().equals("intended " + step), Ground.PATIENCE))
                    .extracting(JournalWatch.Line::what)
                    .contains("intended " + step);
        }
        process.signal("STOP");
        return process;
    }

    private static String id(String topic) throws Exception {
        try (Admin admin = Admin.create(GROUND.connection())) {
            return requireNonNull(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic))
                    .topicId()
                    .toString();
        }
    }
}
