package lvc.cache.http;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import lvc.cache.topic.Freshness;
import lvc.core.record.Header;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ValuesTest extends ServerTest {

    @Test
    void aValueComesWithWhereItIsFrom() throws Exception {
        start();
        topic.put(
                2,
                "eur".getBytes(StandardCharsets.UTF_8),
                "1.07".getBytes(StandardCharsets.UTF_8),
                List.of(new Header("who", "a b".getBytes(StandardCharsets.UTF_8)), new Header("none", null)));

        HttpResponse<String> answer = get("/v2/topics/prices/values/eur");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("1.07");
        assertThat(answer.headers().map())
                .containsEntry("lvc-topic", List.of("prices"))
                .containsEntry("lvc-position", List.of("2:0@ID1"))
                .containsEntry("lvc-freshness", List.of("live"))
                .containsEntry("lvc-offset", List.of("0"))
                .containsEntry("lvc-partition", List.of("2"))
                .containsEntry("lvc-timestamp", List.of("2023-11-14T22:13:20.000Z"))
                .containsEntry("lvc-header", List.of("who=a%20b", "none"))
                .containsEntry("content-type", List.of("application/octet-stream"))
                .containsEntry("x-content-type-options", List.of("nosniff"));
    }

    @Test
    void headersThatAreTooLongForManyClientsAreLeftOutAndCounted() throws Exception {
        start();
        List<Header> headers = List.of(
                new Header("small", bytes("1")), new Header("big", bytes("x".repeat(9000))), new Header("late", null));
        topic.put(0, bytes("eur"), bytes("1.07"), headers);

        HttpResponse<String> answer = get("/v2/topics/prices/values/eur");

        assertThat(answer.body()).isEqualTo("1.07");
        assertThat(answer.headers().map())
                .containsEntry("lvc-header", List.of("small=1"))
                .containsEntry("lvc-headers-omitted", List.of("2"));
    }

    @Test
    void whoHasTheValueIsToldSo() throws Exception {
        start();
        topic.put("eur", "1.07");
        String tag =
                get("/v2/topics/prices/values/eur").headers().firstValue("etag").orElseThrow();

        HttpResponse<String> same = get("/v2/topics/prices/values/eur", "If-None-Match", tag);
        topic.put("eur", "1.08");
        HttpResponse<String> other = get("/v2/topics/prices/values/eur", "If-None-Match", "\"x\", " + tag);

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo("1.08");
    }

    @Test
    void headTellsTheLengthOnly() throws Exception {
        start();
        topic.put("eur", "1.07");

        HttpResponse<String> answer = send("HEAD", "/v2/topics/prices/values/eur");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("content-length")).contains("4");
    }

    @Test
    void whatWasDeletedIsNotThere() throws Exception {
        start();
        topic.put("eur", "1.07");
        topic.put("eur", null);

        HttpResponse<String> answer = get("/v2/topics/prices/values/eur");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("lvc-position")).contains("0:1@ID1");
        assertThat(answer.body()).contains("\"error\":\"not found\"");
    }

    @Test
    void aKeyMayBeAnyBytes() throws Exception {
        start();
        topic.put("a/b", "slash");
        topic.put("a%2Fb", "percent");
        topic.put("a b+c", "blank");
        topic.put("", "empty");
        topic.put("nl\nkey", "newline");
        topic.put("..", "dots");
        topic.put("../../prices/values/x", "climbs");
        topic.put(new byte[] {(byte) 0xff, 0, (byte) 0xfe}, "binary".getBytes(StandardCharsets.UTF_8));

        assertThat(get("/v2/topics/prices/values/a/b").body()).isEqualTo("slash");
        assertThat(get("/v2/topics/prices/values/a%2Fb").body()).isEqualTo("slash");
        assertThat(get("/v2/topics/prices/values/a%252Fb").body()).isEqualTo("percent");
        assertThat(get("/v2/topics/prices/values/a%20b+c").body()).isEqualTo("blank");
        assertThat(get("/v2/topics/prices/values/").body()).isEqualTo("empty");
        assertThat(get("/v2/topics/prices/values/nl%0Akey").body()).isEqualTo("newline");
        assertThat(get("/v2/topics/prices/values/..").body()).isEqualTo("dots");
        assertThat(get("/v2/topics/prices/values/%2e%2E").body()).isEqualTo("dots");
        assertThat(get("/v2/topics/prices/values/../../prices/values/x").body()).isEqualTo("climbs");
        assertThat(get("/v2/topics/prices/values/%FF%00%FE").body()).isEqualTo("binary");
    }

    @Test
    void beforeTheTopicWasCompleteNothingIsTold() throws Exception {
        PlayedTopic late = new PlayedTopic("late");
        late.put("eur", "1.07");
        start(HttpSettings.loopback(), late);

        for (String path : List.of("/values/eur", "/values/eur?min-offsets=0:0&timeout=1ms", "/values", "/changes")) {
            HttpResponse<String> answer = get("/v2/topics/late" + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(answer.headers().firstValue("lvc-freshness")).as(path).contains("catching-up");
            assertThat(answer.headers().firstValue("retry-after")).as(path).contains("1");
            assertThat(answer.body()).as(path).doesNotContain("1.07");
        }
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        late.ready();
        assertThat(get("/v2/topics/late/values/eur").body()).isEqualTo("1.07");
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void everyAnswerTellsHowFreshItIs() throws Exception {
        start();
        topic.put("eur", "1.07");
        topic.freshness(new Freshness.Disconnected(Instant.parse("2026-01-02T03:04:05Z")));

        assertThat(get("/v2/topics/prices/values/eur").headers().firstValue("lvc-freshness"))
                .contains("disconnected; since=2026-01-02T03:04:05Z");
        assertThat(get("/v2/topics/prices/values").headers().firstValue("lvc-freshness"))
                .contains("disconnected; since=2026-01-02T03:04:05Z");
        assertThat(get("/v2/topics").body())
                .contains("\"freshness\":\"disconnected\",\"since\":\"2026-01-02T03:04:05Z\"");
    }

    @Test
    void whoWroteReadsItOnceItIsThere() throws Exception {
        start();
        topic.put("eur", "1");
        var waiting = client.sendAsync(
                request("GET", "/v2/topics/prices/values/eur?min-offsets=0:1@ID1"),
                HttpResponse.BodyHandlers.ofString());
        // Asked and answered meanwhile: the one before is held back by nothing but its wish.
        assertThat(get("/v2/topics/prices/values/eur").body()).isEqualTo("1");
        assertThat(waiting.isDone()).isFalse();

        topic.put("eur", "2");

        assertThat(waiting.get().body()).isEqualTo("2");
    }

    @Test
    void whoAsksForMoreThanThereIsLearnsWhatThereIs() throws Exception {
        start();
        topic.put("eur", "1");

        HttpResponse<String> late = get("/v2/topics/prices/values/eur?min-offsets=0:7&timeout=20ms");
        HttpResponse<String> partition = get("/v2/topics/prices/values/eur?min-offsets=0:0,1:0&timeout=20ms");
        HttpResponse<String> other = get("/v2/topics/prices/values/eur?min-offsets=0:0@BEFORE&timeout=20ms");

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.body()).contains("\"position\":\"0:0@ID1\"");
        assertThat(partition.statusCode()).isEqualTo(412);
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("\"position\":\"0:0@ID1\"");
    }

    /** What was written went to the topic that is there now, and its offsets say nothing of the one that is served. */
    @Test
    void offsetsThatNameNoTopicAreNotReachedByTheOneOfBefore() throws Exception {
        start();
        topic.put("eur", "1");
        topic.put("eur", "2");
        topic.freshness(new Freshness.Resyncing(Instant.parse("2026-01-02T03:04:05Z"), "created anew"));

        HttpResponse<String> written = get("/v2/topics/prices/values/eur?min-offsets=0:0&timeout=20ms");
        HttpResponse<String> named = get("/v2/topics/prices/values/eur?min-offsets=0:0@ID1&timeout=20ms");

        assertThat(written.statusCode()).isEqualTo(412);
        assertThat(written.body()).contains("do not say");
        assertThat(named.statusCode()).isEqualTo(200);
        topic.recreate("ID2", "eur", "3");
        assertThat(get("/v2/topics/prices/values/eur?min-offsets=0:0").body()).isEqualTo("3");
    }

    /** Where brokers give no ids, a topic is named after all of its partitions. */
    @Test
    void aTagWithCommasIsRecognized() throws Exception {
        start();
        topic.recreate("raft:1,2,3", "eur", "1");
        String tag =
                get("/v2/topics/prices/values/eur").headers().firstValue("etag").orElseThrow();

        assertThat(get("/v2/topics/prices/values/eur", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(get("/v2/topics/prices/values/eur", "If-None-Match", "\"x,y\" , W/" + tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(get("/v2/topics/prices/values/eur", "If-None-Match", "\"x," + tag.substring(1))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotUnderstoodIsRefused() throws Exception {
        start();
        for (String bad : List.of(
                "min-offsets=x",
                "min-offsets=0:1@ID1&timeout=soon",
                "timeout=31s",
                "nothing=1",
                "min-offsets=0:0&min-offsets=0:0")) {
            assertThat(get("/v2/topics/prices/values/eur?" + bad).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
        assertThat(get("/v2/topics/nix/values/eur").statusCode()).isEqualTo(404);
        assertThat(send("PUT", "/v2/topics/prices/values/eur").statusCode()).isEqualTo(405);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }
}
