package lvc.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lvc.client.PlayedCache.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class CachedTopicTest {
    private static final Map<String, String> HEADERS = Map.of(
            "lvc-topic", "prices",
            "lvc-partition", "1",
            "lvc-offset", "55",
            "lvc-timestamp", "2026-01-02T03:04:05.006Z");

    private PlayedCache cache;
    private CacheClient client;
    private CachedTopic prices;

    @BeforeEach
    void open() throws IOException {
        cache = new PlayedCache();
        client = CacheClient.at(cache.address())
                .token("secret")
                .timeout(Duration.ofSeconds(6))
                .reconnectDelay(Duration.ofMillis(1), Duration.ofMillis(5))
                .build();
        prices = client.topic("prices");
    }

    @AfterEach
    void close() {
        client.close();
        cache.close();
    }

    @Test
    void aValueIsReadWithWhereItComesFrom() throws Exception {
        cache.answers("/v2/topics/prices/values/k", new Answer(200, HEADERS, "v"));

        assertThat(prices.get("k"))
                .contains(new Value(Bytes.of("v"), 1, 55, Instant.parse("2026-01-02T03:04:05.006Z")));
        assertThat(cache.requests().get(0).header("Authorization")).isEqualTo("Bearer secret");
    }

    @Test
    void aKeyThatIsNotThereIsEmptyAndATopicThatIsNotThereIsAnError() throws Exception {
        cache.answers("/v2/topics/prices/values/k", new Answer(404, HEADERS, "{}"));

        assertThat(prices.get("k")).isEmpty();
        assertThatThrownBy(() -> client.topic("other").get("k"))
                .isInstanceOfSatisfying(
                        CacheException.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    @Test
    void anyBytesMakeAKey() throws Exception {
        cache.answers("/v2/topics/prices/values/%c3%bc%2fa%20%2b.b", new Answer(200, HEADERS, "text"));
        cache.answers("/v2/topics/prices/values/%ff%00", new Answer(200, HEADERS, "bytes"));
        cache.answers("/v2/topics/prices/values/%2e%2e", new Answer(200, HEADERS, "dots"));
        cache.answers("/v2/topics/prices/values/", new Answer(200, HEADERS, "nothing"));

        assertThat(prices.get("ü/a +.b")).map(Value::text).contains("text");
        assertThat(prices.get(Bytes.of(new byte[] {-1, 0}))).map(Value::text).contains("bytes");
        assertThat(prices.get("..")).map(Value::text).contains("dots");
        assertThat(prices.get("")).map(Value::text).contains("nothing");
    }

    @Test
    void whatTheCacheSaysIsInTheError() {
        cache.answers(
                "/v2/topics/prices/values/k",
                new Answer(503, Map.of(), "{\"error\":\"not ready\",\"why\":\"still loading\"}"));

        assertThatThrownBy(() -> prices.get("k"))
                .isInstanceOf(CacheException.class)
                .hasMessage("the cache answered 503: not ready: still loading");
        assertThatThrownBy(() -> client.topic("other").get("k")).hasMessage("the cache answered 404");
    }

    @Test
    void whatWasWrittenIsReadAfterwards() throws Exception {
        cache.answers(
                "/topics/prices/messages?sync&key=a%26b", new Answer(200, Map.of(), "{\"offset\":7,\"partition\":2}"));
        cache.answers("/v2/topics/prices/values/a%26b?min-offsets=2:7&timeout=3000ms", new Answer(200, HEADERS, "v"));

        Written written = prices.put("a&b", "v");

        assertThat(cache.requests().get(0).method()).isEqualTo("POST");
        assertThat(cache.requests().get(0).body()).isEqualTo("v");
        assertThat(written).isEqualTo(new Written(2, 7));
        assertThat(prices.get("a&b", written)).map(Value::text).contains("v");
        assertThat(prices.delete(Bytes.of("a&b"))).isEqualTo(written);
        assertThat(cache.requests().get(2).method()).isEqualTo("DELETE");
    }

    @Test
    void aPatientClientAsksForNoLongerWaitThanACacheGrants() throws Exception {
        cache.answers("/v2/topics/prices/values/k?min-offsets=0:7&timeout=30000ms", new Answer(200, HEADERS, "v"));
        try (CacheClient patient =
                CacheClient.at(cache.address()).timeout(Duration.ofMinutes(2)).build()) {
            assertThat(patient.topic("prices").get("k", new Written(0, 7)))
                    .map(Value::text)
                    .contains("v");
        }
    }

    @Test
    void aRecordWithoutATimeIsReadAsWell() throws Exception {
        Map<String, String> headers = Map.of("lvc-topic", "prices", "lvc-partition", "1", "lvc-offset", "55");
        cache.answers("/v2/topics/prices/values/k", new Answer(200, headers, "v"));

        assertThat(prices.get("k")).contains(new Value(Bytes.of("v"), 1, 55, Value.NO_TIME));
    }

    @Test
    void aWriteThatIsRefusedIsAnError() {
        cache.answers("/topics/prices/messages?sync&key=k", new Answer(403, Map.of(), "no"));

        assertThatThrownBy(() -> prices.put("k", "v"))
                .isInstanceOf(CacheException.class)
                .hasMessage("the cache answered 403: no");
    }

    @Test
    void readyIsSaidOnceWhenTheTopicIsLoaded() {
        AtomicInteger said = new AtomicInteger();
        topics(false);
        prices.onReady(said::incrementAndGet);
        await().until(() -> cache.requests().size() > 2);
        assertThat(said).hasValue(0);

        topics(true);

        await().untilAsserted(() -> assertThat(said).hasValue(1));
    }

    @Test
    void theTokenOfTheMomentIsShown() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (CacheClient changing = CacheClient.at(cache.address())
                .token(() -> Optional.of("t" + count.incrementAndGet()))
                .build()) {
            cache.answers("/v2/topics/prices/values/k", new Answer(200, HEADERS, "v"));
            changing.topic("prices").get("k");
            changing.topic("prices").get("k");
        }

        assertThat(cache.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer t1", "Bearer t2");
    }

    @Test
    void writesShowTheirOwnTokenIfThereIsOne() throws Exception {
        cache.answers(
                "/topics/prices/messages?sync&key=k", new Answer(200, Map.of(), "{\"offset\":7,\"partition\":2}"));
        prices.put("k", "v");
        try (CacheClient writer = CacheClient.at(cache.address())
                .token("reads")
                .writeToken("writes")
                .build()) {
            writer.topic("prices").put("k", "v");
        }

        assertThat(cache.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer secret", "Bearer writes");
    }

    private void topics(boolean ready) {
        cache.answers(
                "/v2/topics",
                new Answer(
                        200,
                        Map.of(),
                        "{\"topics\":[{\"topic\":\"other\",\"ready\":true},{\"topic\":\"prices\",\"ready\":" + ready
                                + "}]}"));
    }
}
