package lvc.acceptance.recreate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import lvc.acceptance.recreate.Ground.Cache;
import lvc.core.topic.Approach;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A cluster that answers late, wrongly or not at all, and people who do something to it meanwhile. */
@Timeout(300)
class DisturbedClusterIT {
    private static final Ground GROUND = Ground.withShortWaits();
    private static final int KEYS = 200;

    private static int caches;

    @AfterEach
    void tidy() {
        GROUND.fence(List.of());
        GROUND.tidy();
    }

    @AfterAll
    static void stop() {
        GROUND.close();
    }

    @ParameterizedTest
    @CsvSource({"DEPLOY_503,2", "DEPLOY_504_AFTER_APPLY,2", "METRICS_503,4", "ADMIN_DROP,4"})
    void what_the_admin_api_fails_at_now_and_then_is_tried_again(String fault, String times) {
        Cache cache = cache(Approach.B);
        try (Writer writer = filled(cache)) {
            GROUND.fault(fault, times);

            Lvc.Result done = GROUND.lvc().run(cache.flags("recreate"));

            assertThat(done.exit()).as(done.err()).isZero();
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "await-drained,LIST_500,1000",
        "await-drained,ADMIN_REDIRECT,127.0.0.1:1",
        "deploy-holding,DEPLOY_503,1000",
        "await-restored,METRICS_503,1000",
        "await-restored,ADMIN_DROP,1000",
        "await-restored,ADMIN_REDIRECT,127.0.0.1:1"
    })
    void what_goes_on_failing_ends_the_run_and_it_can_be_resumed(String step, String fault, String value) {
        Cache cache = cache(Approach.B);
        try (Writer writer = filled(cache)) {
            writer.start();
            try (LvcProcess process = GROUND.lvc().start(cache.flags("recreate", "--timeout", "2s", "-o", "json"))) {
                process.awaitStep(step);
                GROUND.fault(fault, value);
                Lvc.Result stopped = process.result();
                GROUND.fault(fault, "");

                assertThat(stopped.exit()).as(stopped.err()).isIn(1, 4, 6);
                assertThreeLines(stopped);
                assertThat(GROUND.unfinished()).as(stopped.err()).isEqualTo(stopped.exit() == 6);
            }
            if (GROUND.unfinished()) {
                GROUND.resumeToTheEnd();
            }
            writer.stop();
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    @Test
    void a_client_that_makes_the_hot_topic_at_once_is_put_right() throws Exception {
        Cache cache = cache(Approach.B);
        try (Writer writer = filled(cache);
                LvcProcess process = GROUND.lvc().start(cache.flags("recreate", "-o", "json"))) {
            process.awaitStep("remove-transform");
            createAsSoonAsItIsGone(cache.hot());

            Lvc.Result result = process.result();
            if (result.exit() != 0) {
                assertThat(result.exit()).as(result.err()).isEqualTo(6);
                assertThreeLines(result);
                GROUND.resumeToTheEnd();
            }
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    @Test
    void a_transform_of_somebody_else_is_named_and_nothing_is_deleted() throws Exception {
        Cache cache = cache(Approach.B);
        String elsewhere = GROUND.sandbox().topic(2, Map.of());
        try (Writer writer = filled(cache)) {
            try (LvcProcess process = GROUND.lvc().start(cache.flags("recreate", "-o", "json"))) {
                process.awaitStep("raise-fence");
                deploy("somebody", cache.hot(), elsewhere);

                Lvc.Result stopped = process.result();
                assertThat(stopped.exit()).as(stopped.err()).isEqualTo(3);
                assertThat(stopped.err())
                        .contains("transform somebody is not part of it")
                        .contains("nothing was deleted");
                assertThat(GROUND.fence()).isEmpty();
                assertThreeLines(stopped);
            }
            Lvc.Result refused = GROUND.lvc().run(cache.flags("recreate"));
            assertThat(refused.exit()).as(refused.err()).isEqualTo(3);
            assertThat(refused.err()).contains("somebody").contains("lvc transform delete somebody");

            GROUND.transforms().delete("somebody");
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--resume", "--abandon"})
    void a_delete_that_was_done_and_not_written_down_is_found_out(String how) throws Exception {
        Cache cache = cache(Approach.B);
        try (Writer writer = filled(cache);
                LvcProcess process = GROUND.lvc().start(cache.flags("recreate", "-o", "json"))) {
            writer.start();
            process.awaitStep("delete-hot");
            awaitGone(cache.hot());
            process.kill();

            Lvc.Result done = GROUND.lvc().run("recreate", how, "--yes");
            assertThat(done.exit()).as(done.err()).isZero();
            if (how.equals("--abandon")) {
                Lvc.Result again =
                        GROUND.lvc().run(cache.flags("recreate", "--from-backup", "--confirm", cache.name()));
                assertThat(again.exit()).as(again.err()).isZero();
            }
            writer.stop();
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_interrupt_before_the_delete_puts_everything_back(Approach approach) {
        Cache cache = cache(approach);
        try (Writer writer = filled(cache);
                LvcProcess process = GROUND.lvc().start(cache.flags("recreate", "-o", "json"))) {
            writer.start();
            process.awaitStep("compare");
            process.signal("INT");

            Lvc.Result stopped = process.result();
            assertThat(stopped.exit()).as(stopped.err()).isEqualTo(130);
            assertThat(stopped.out()).contains("\"run-left\"");
            writer.stop();
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    @Test
    void an_interrupt_after_the_delete_says_how_to_go_on() {
        Cache cache = cache(Approach.B);
        try (Writer writer = filled(cache)) {
            try (LvcProcess process = GROUND.lvc().start(cache.flags("recreate"));
                    JournalWatch watch = JournalWatch.fromEnd(GROUND.connection())) {
                watch.until(line -> line.what().equals("intended await-restored"), Ground.PATIENCE);
                process.signal("INT");

                Lvc.Result stopped = process.result();
                assertThat(stopped.exit()).as(stopped.err()).isEqualTo(130);
                assertThat(stopped.err()).contains("lvc recreate --resume");
            }
            assertThat(GROUND.fence()).isEqualTo(cache.hot());
            GROUND.resumeToTheEnd();
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    private static Cache cache(Approach approach) {
        return GROUND.cache("disturbed" + ++caches, approach, 2);
    }

    private static Writer filled(Cache cache) {
        Writer writer = GROUND.writer(cache, "k", KEYS);
        writer.fill();
        return writer;
    }

    private static void assertThreeLines(Lvc.Result result) {
        assertThat(result.err().lines().filter(line -> line.matches("(error|why|next): .*")))
                .as(result.err())
                .hasSize(3);
    }

    private static void deploy(String name, String input, String output) throws Exception {
        Module module = Module.identity();
        GROUND.transforms()
                .deploy(
                        new TransformSpec(
                                name, input, List.of(output), Map.of(), "none", Optional.of(StartFrom.BEGINNING)),
                        module.bytes());
    }

    private static void awaitGone(String topic) throws Exception {
        try (Admin admin = Admin.create(GROUND.connection())) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (admin.listTopics().names().get().contains(topic)) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
        }
    }

    /** As a client does that lets the brokers create what it wants to write to. */
    private static void createAsSoonAsItIsGone(String topic) throws Exception {
        try (Admin admin = Admin.create(GROUND.connection())) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (System.nanoTime() < deadline) {
                try {
                    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                            .all()
                            .get();
                    return;
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
                }
            }
            throw new AssertionError("the topic was never gone");
        }
    }
}
