package lvc.acceptance.recreate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lvc.acceptance.recreate.Ground.Cache;
import lvc.acceptance.recreate.Relay.Way;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Breaks the link between lvc and a server in every step, while writers write over links of their own: lvc ends and says
 * so, and when the link is whole again the run can be finished. By default every step meets one break; {@code
 * -Dlvc.links=all} takes every way to break both links in every step of both approaches.
 */
@Timeout(300)
class BrokenLinksIT {
    private static final boolean ALL = System.getProperty("lvc.links", "").equals("all");
    private static final int KEYS = 200;
    private static final List<Way> BREAKS = List.of(Way.CUT, Way.STALL, Way.HALF_CLOSE);
    private static final Map<Approach, List<String>> STEPS = Map.of(
            Approach.A,
            List.of("compare", "remove-transform", "delete-hot", "create-hot", "deploy-forward", "await-restored"),
            Approach.B,
            List.of(
                    "raise-fence",
                    "await-drained",
                    "compare",
                    "remove-transform",
                    "delete-hot",
                    "create-hot",
                    "open-fence",
                    "deploy-holding",
                    "save-strays",
                    "deploy-reverse",
                    "await-restored",
                    "deploy-forward",
                    "lower-fence"));

    private static final Relay BROKERS = Relay.open();
    private static final Relay ADMIN = Relay.open();
    private static final Ground GROUND = Ground.behind(BROKERS, ADMIN);

    private static int caches;

    /** A server of the cluster. */
    enum Server {
        KAFKA,
        ADMIN_API;

        private Relay link() {
            return this == KAFKA ? BROKERS : ADMIN;
        }
    }

    static Stream<Arguments> breaks() {
        List<Arguments> breaks = new ArrayList<>();
        for (Approach approach : Approach.values()) {
            for (String step : requireNonNull(STEPS.get(approach))) {
                for (Server server : Server.values()) {
                    for (Way way : BREAKS) {
                        breaks.add(Arguments.of(approach, step, server, way));
                    }
                }
            }
        }
        // Thirteen apart: neighbours then differ in step, in server and in the way to break it.
        return ALL
                ? breaks.stream()
                : Stream.iterate(0, at -> at < breaks.size(), at -> at + 13).map(breaks::get);
    }

    @AfterEach
    void tidy() {
        mend();
        GROUND.fence(List.of());
        GROUND.tidy();
    }

    @AfterAll
    static void stop() {
        GROUND.close();
        BROKERS.close();
        ADMIN.close();
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void a_broken_link_ends_the_run_and_it_can_be_finished(Approach approach, String step, Server server, Way way) {
        Cache cache = GROUND.cache("broken" + ++caches, approach, 2);
        try (Writer writer = GROUND.writer(cache, "k", KEYS)) {
            writer.fill();
            writer.start();
            try (LvcProcess process = GROUND.lvc().start(cache.flags("recreate", "--timeout", "2s", "-o", "json"))) {
                process.awaitStep(step);
                server.link().become(way);
                Lvc.Result stopped = process.result();

                if (stopped.exit() != 0) {
                    assertThat(stopped.exit()).as(stopped.err()).isIn(4, 6);
                    assertThat(stopped.err().lines().filter(line -> line.matches("(error|why|next): .*")))
                            .as(stopped.err())
                            .hasSize(3);
                } else {
                    assertThat(step).as("too late to break anything").isEqualTo("lower-fence");
                }
            }
            mend();
            if (GROUND.unfinished()) {
                GROUND.resumeToTheEnd();
            }
            writer.stop();
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    private static void mend() {
        BROKERS.become(Way.PASS);
        ADMIN.become(Way.PASS);
    }
}
