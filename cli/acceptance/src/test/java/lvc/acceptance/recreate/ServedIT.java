package lvc.acceptance.recreate;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import lvc.acceptance.recreate.Ground.Cache;
import lvc.adapter.kafka.KafkaTopics;
import lvc.adapter.time.SystemPause;
import lvc.cache.store.Snapshot;
import lvc.cache.topic.FeedSettings;
import lvc.cache.topic.Freshness;
import lvc.cache.topic.KafkaLookout;
import lvc.cache.topic.Run;
import lvc.cache.topic.ServedTopic;
import lvc.cache.topic.TopicFeed;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
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
                Writer staying = GROUND.writer(cache, "stay-", KEYS).keeping();
                KafkaTopics topics =
                        new KafkaTopics(GROUND.connection(), Ground.PATIENCE, new SystemPause(), topic -> "")) {
            List<Writer> writers = List.of(changing, staying);
            writers.forEach(Writer::fill);
            Set<String> told = ConcurrentHashMap.newKeySet();
            try (TopicFeed feed = new TopicFeed(
                    cache.hot(),
                    new FeedSettings(
                            GROUND.connection(), Ground.PATIENCE, Duration.ofHours(1), 1 << 20, Optional.empty()),
                    new KafkaLookout(topics, cache.hot()),
                    incarnation -> Run.of(GROUND.journal().read(), cache.hot(), incarnation),
                    Clock.systemUTC(),
                    notice -> told.add(notice.what()))) {
                ServedTopic served = feed.served();
                await().atMost(PATIENCE).until(() -> served.now().image().size() > KEYS);
                String before = served.now().incarnation();
                try (Onlooker onlooker = new Onlooker(served, KEYS)) {
                    writers.forEach(Writer::start);

                    Lvc.Result done = GROUND.lvc().run(cache.flags("recreate"));

                    assertThat(done.exit()).as(done.err()).isZero();
                    await().atMost(PATIENCE)
                            .until(() -> served.now().freshness() instanceof Freshness.Live
                                    && !served.now().incarnation().equals(before));
                    writers.forEach(Writer::stop);
                    Map<String, String> expected = new TreeMap<>(changing.held());
                    expected.putAll(staying.held());
                    await().atMost(PATIENCE).untilAsserted(() -> {
                        assertThat(values(served)).isEqualTo(expected);
                        assertThat(onlooker.followed()).isEqualTo(expected);
                    });
                    assertThat(onlooker.wrong()).isEmpty();
                    assertThat(onlooker.freshness()).contains("live", "resyncing");
                }
            }
            assertThat(told).contains("serving the last good values", "the new topic is served");
            GROUND.retire(cache);
        }
    }

    private static Map<String, String> values(ServedTopic served) {
        Map<String, String> values = new TreeMap<>();
        Snapshot.Cursor each = served.now().image().snapshot().values();
        while (each.next()) {
            byte[] value = each.entry().value();
            values.put(new String(each.key(), UTF_8), value == null ? "" : new String(value, UTF_8));
        }
        return values;
    }
}
