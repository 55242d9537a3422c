package lvc.acceptance.recreate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lvc.acceptance.recreate.Ground.Cache;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two writers that never stop while a cache of 100,000 keys is recreated: with approach a they are not even slowed down,
 * with approach b they are kept away and try again until they are let in.
 */
@Timeout(600)
class WritersIT {
    private static final Ground GROUND = Ground.withShortWaits();
    private static final int KEYS_EACH = 50_000;
    private static final int PARTITIONS = 4;

    @AfterAll
    static void stop() {
        GROUND.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_was_acknowledged_last_is_what_the_cache_holds(Approach approach) {
        Cache cache = GROUND.cache("busy-" + approach.letter(), approach, PARTITIONS);
        try (Writer one = GROUND.writer(cache, "one-", KEYS_EACH);
                Writer two = GROUND.writer(cache, "two-", KEYS_EACH)) {
            List<Writer> writers = List.of(one, two);
            writers.forEach(Writer::fill);
            long before = acknowledged(writers);
            writers.forEach(Writer::start);

            Lvc.Result done = GROUND.lvc().run(cache.flags("recreate"));

            assertThat(done.exit()).as(done.err()).isZero();
            writers.forEach(Writer::stop);
            Map<String, String> expected = new TreeMap<>(one.held());
            expected.putAll(two.held());
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, expected);
            assertThat(acknowledged(writers)).isGreaterThan(before);
            assertThat(one.refused() > 0 && two.refused() > 0)
                    .as("both were kept away for a while")
                    .isEqualTo(approach == Approach.B);
            GROUND.retire(cache);
        }
    }

    private static long acknowledged(List<Writer> writers) {
        return writers.stream().mapToLong(Writer::acknowledged).sum();
    }
}
