package lvc.cache.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A reader who takes little costs the others nothing, and gets the newest values when he is back. */
@Timeout(120)
class SlowReadersTest extends ServerTest {
    private static final int KEYS = 20;
    private static final String VALUE = "x".repeat(1000);
    private static final String HEAD =
            "GET /v2/topics/prices/changes HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";

    /** Much more than sockets, the server and the log of changes hold together. */
    private static final int ROUNDS = 2000;

    @Test
    void aSlowReaderGetsTheNewestOfEveryKeyAndAQuickOneEverything() throws Exception {
        start();
        try (Raw slow = new Raw(port(), 4096)) {
            slow.send(HEAD);
            assertThat(slow.line()).contains(" 200 ");
            Following quick = follow("/v2/topics/prices/changes");
            quick.skipTo("snapshot-end");
            for (int round = 0; round < ROUNDS; round++) {
                for (int key = 0; key < KEYS; key++) {
                    topic.put("key" + key, round + VALUE);
                }
                for (int key = 0; key < KEYS; key++) {
                    Following.Event event = quick.next("value");
                    assertThat(event.key()).isEqualTo("key" + key);
                    assertThat(event.value()).startsWith(round + "x");
                }
            }
            Seen seen = readTo(slow, (ROUNDS - 1) + "x");
            assertThat(seen.conflated).as("told that there was more").isPositive();
            assertThat(seen.events).as("events of %s", ROUNDS * KEYS).isLessThan(ROUNDS * KEYS);
            assertThat(seen.newest).hasSize(KEYS);
        }
    }

    /** What a reader made of a stream. */
    private static final class Seen {
        private final Map<String, String> newest = new HashMap<>();
        private int events;
        private int conflated;
    }

    /** Reads until every key has the last value; no value may be older than one of its key before it. */
    private static Seen readTo(Raw slow, String last) throws Exception {
        Seen seen = new Seen();
        while (seen.newest.size() < KEYS || !seen.newest.values().stream().allMatch(value -> value.startsWith(last))) {
            String line = slow.line();
            seen.conflated += line.equals("event: conflated") ? 1 : 0;
            int key = line.indexOf("\"key\":\"");
            if (line.startsWith("data: ") && key >= 0) {
                seen.events++;
                String name = line.substring(key + 7, line.indexOf('"', key + 7));
                int begin = line.indexOf("\"value\":\"") + 9;
                String value = line.substring(begin, line.indexOf('x', begin) + 1);
                String before = seen.newest.put(name, value);
                assertThat(number(value)).isGreaterThan(before == null ? -1 : number(before));
            }
        }
        return seen;
    }

    private static int number(String value) {
        return Integer.parseInt(value.substring(0, value.indexOf('x')));
    }

    private static HttpSettings impatient() {
        HttpSettings.Limits usual = HttpSettings.Limits.USUAL;
        return HttpSettings.loopback()
                .with(new HttpSettings.Limits(
                        usual.header(),
                        usual.requestLine(),
                        usual.body(),
                        usual.connections(),
                        usual.streamsPerClient(),
                        usual.requestHead(),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        usual.patience()));
    }

    @Test
    void whoAsksAgainAndAgainWithoutReadingIsClosedInTheEnd() throws Exception {
        start(impatient());
        topic.put("big", "x".repeat(100_000));
        try (Raw raw = new Raw(port(), 4096)) {
            String one = "GET /v2/topics/prices/values/big HTTP/1.1\r\nHost: localhost\r\n\r\n";
            raw.send(one.repeat(1000));
            await().untilAsserted(() -> assertThat(get("/metrics").body()).contains("lvc_cache_connections 1.0"));
        }
        String answered = get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("lvc_cache_requests_total{route=\"value\",status=\"200\"}"))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(answered.substring(answered.indexOf(' '))))
                .as("answers of 100 kB that were made, and are kept until somebody takes them")
                .isLessThan(200);
    }

    @Test
    void whoTakesNothingIsClosedInTheEnd() throws Exception {
        start(impatient());
        topic.batch(() -> {
            for (int i = 0; i < 50_000; i++) {
                topic.record(bytes("key" + i), bytes(VALUE));
            }
        });
        try (Raw stream = new Raw(port(), 4096);
                Raw listing = new Raw(port(), 4096)) {
            stream.send(HEAD);
            listing.send("GET /v2/topics/prices/values HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(get("/metrics").body()).contains("lvc_cache_stalled_total 2.0"));
            await().untilAsserted(() -> assertThat(get("/metrics").body())
                    .contains("lvc_cache_streams 0.0")
                    .contains("lvc_cache_connections 1.0"));
            assertThat(listing.rest()).as("an end that says that it is none").doesNotEndWith("\r\n0\r\n\r\n");
        }
    }
}
