package lvc.acceptance.recreate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lvc.acceptance.recreate.Ground.Cache;
import lvc.acceptance.serve.Servings;
import lvc.cache.Serving;
import lvc.cache.topic.Freshness;
import lvc.cache.topic.Served;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A cache that is served while its topic is deleted, created and filled again, and writers go on: no reader sees a value
 * older than one that it has seen, or a key vanish that exists.
 */
@Timeout(300)
class ServedIT {
    private static final Ground GROUND = Ground.withShortWaits();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KEYS = 3_000;

    @AfterAll
    static void stop() {
        GROUND.close();
    }

    @ParameterizedTest
    @EnumSource
    void readersNeverGoBackInTime(Approach approach) {
        Cache cache = GROUND.cache("served-" + approach.letter(), approach, 2);
        try (Writer changing = GROUND.writer(cache, "one-", KEYS);
                Writer staying = GROUND.writer(cache, "stay-", KEYS).keeping()) {
            List<Writer> writers = List.of(changing, staying);
            writers.forEach(Writer::fill);
            try (Serving serving = Servings.start(GROUND.connection(), Map.of("serve.quiet", "1h"), cache.hot())) {
                await().atMost(PATIENCE).until(() -> now(serving).image().size() > KEYS);
                String before = now(serving).incarnation();
                try (Onlooker onlooker = new Onlooker(serving.address() + "/v2/topics/" + cache.hot(), KEYS)) {
                    writers.forEach(Writer::start);

                    Lvc.Result done = GROUND.lvc().run(cache.flags("recreate"));

                    assertThat(done.exit()).as(done.err()).isZero();
                    await().atMost(PATIENCE)
                            .until(() -> now(serving).freshness() instanceof Freshness.Live
                                    && !now(serving).incarnation().equals(before));
                    writers.forEach(Writer::stop);
                    Map<String, String> expected = new TreeMap<>(changing.held());
                    expected.putAll(staying.held());
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(onlooker.followed()).isEqualTo(expected));
                    assertThat(Servings.values(serving, cache.hot())).containsExactlyInAnyOrderEntriesOf(expected);
                    assertThat(onlooker.wrong()).isEmpty();
                    assertThat(onlooker.freshness()).contains("live", "resyncing");
                    assertThat(onlooker.events()).doesNotContain("resync");
                }
            }
            GROUND.retire(cache);
        }
    }

    private static Served now(Serving serving) {
        return serving.topics().get(0).now();
    }
}
