package lvc.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import lvc.client.PlayedCache.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static lvc.client.PlayedCache.begin;
import static lvc.client.PlayedCache.end;
import static lvc.client.PlayedCache.inSnapshot;
import static lvc.client.PlayedCache.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SubscriptionTest {
    private final Told told = new Told();
    private PlayedCache cache;
    private CacheClient client;

    @BeforeEach
    void open() throws IOException {
        cache = new PlayedCache();
        client = client(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        client.close();
        cache.close();
    }

    private CacheClient client(Duration silence) {
        return CacheClient.at(cache.address())
                .reconnectDelay(Duration.ofMillis(1), Duration.ofMillis(5))
                .silence(silence)
                .build();
    }

    @Test
    void theSnapshotIsToldThenItsEndThenWhatChanges() {
        cache.streams("event: freshness\ndata: {\"freshness\":\"live\"}\n\n", begin(), inSnapshot("a", "1"));
        cache.streams(end("0:9@A"), ": keep-alive\n\n", value("b", "2", 10));
        cache.streams("event: delete\nid: 0:11@A\ndata: {\"key\":\"a\",\"offset\":11,\"partition\":0}\n\n");
        cache.streams("event: leave\ndata: {\"key\":\"b\",\"reason\":\"match\"}\n\n");

        client.topic("prices").snapshotAndSubscribe("p/", told);

        await().untilAsserted(() ->
                assertThat(told.all).containsExactly("live", "a=1", "complete", "b=2", "a gone", "b gone"));
        assertThat(cache.requests().get(0).uri()).isEqualTo("/v2/topics/prices/changes?prefix=p%2f");
        assertThat(cache.requests().get(0).header("Last-event-id")).isEmpty();
    }

    @Test
    void aRecordWithoutATimeDoesNotEndTheStream() {
        cache.streams(
                begin(),
                "event: value\ndata: {\"key\":\"a\",\"value\":\"1\",\"offset\":0,\"partition\":0,\"timestamp\":null}\n\n",
                end("0:9@A"));

        client.topic("prices").snapshotAndSubscribe(told);

        await().untilAsserted(() -> assertThat(told.all).containsExactly("a=1", "complete"));
        assertThat(told.troubles).isEmpty();
    }

    @Test
    void aStreamThatEndsGoesOnFromTheLastChange() {
        cache.streams(begin(), inSnapshot("a", "1"), end("0:9@A"), value("b", "2", 10));
        cache.endsTheStream();
        cache.streams(value("c", "3", 11));

        client.topic("prices").snapshotAndSubscribe(told);

        await().untilAsserted(() -> assertThat(told.all).containsExactly("a=1", "complete", "b=2", "c=3"));
        assertThat(cache.requests().get(1).header("Last-event-id")).isEqualTo("0:10@A");
        assertThat(told.troubles).singleElement().asString().contains("ended the stream");
    }

    @Test
    void aPlaceWithoutAChangeIsAPlaceToGoOnFrom() {
        cache.streams(
                begin(),
                end("0:9@A"),
                ": keep-alive\nid: 0:20@A\n\n",
                value("a", "1", 21).replace("id: 0:21@A\n", ""));
        cache.endsTheStream();

        client.topic("prices").snapshotAndSubscribe(told);

        await().until(() -> cache.requests().size() == 2);
        assertThat(cache.requests().get(1).header("Last-event-id")).isEqualTo("0:20@A");
        assertThat(told.all).containsExactly("complete", "a=1");
    }

    @Test
    void keysThatVanishedBeforeASnapshotThatHadToBeReadAgainAreToldToBeGone() {
        cache.streams(begin(), inSnapshot("a", "1"), inSnapshot("b", "1"), end("0:9@A"), value("c", "1", 10));
        cache.streams("event: resync\ndata: {\"why\":\"recreated\",\"position\":\"0:0@B\"}\n\n");
        cache.streams(begin(), inSnapshot("b", "2"), end("0:0@B"));

        client.topic("prices").snapshotAndSubscribe(told);

        await().untilAsserted(() -> assertThat(told.all).hasSize(8));
        assertThat(told.all.subList(0, 5)).containsExactly("a=1", "b=1", "complete", "c=1", "b=2");
        assertThat(told.all.subList(5, 7)).containsExactlyInAnyOrder("a gone", "c gone");
        assertThat(told.all.get(7)).isEqualTo("complete");
    }

    @Test
    void aSnapshotThatBreaksOffLeavesNoKeyBehind() {
        cache.streams(begin(), inSnapshot("a", "1"));
        cache.endsTheStream();
        cache.streams(begin(), inSnapshot("b", "1"), end("0:9@A"));

        client.topic("prices").snapshotAndSubscribe(told);

        await().untilAsserted(() -> assertThat(told.all).containsExactly("a=1", "b=1", "a gone", "complete"));
    }

    @Test
    void updatesOnlyBeginWhereTheTopicIs() {
        cache.answers(
                "/v2/topics",
                new Answer(
                        200, Map.of(), "{\"topics\":[{\"topic\":\"prices\",\"ready\":true,\"position\":\"0:9@A\"}]}"));
        cache.streams(value("b", "2", 10));

        client.topic("prices").onUpdate(told);

        await().untilAsserted(() -> assertThat(told.all).containsExactly("b=2"));
        assertThat(cache.requests().get(1).header("Last-event-id")).isEqualTo("0:9@A");
    }

    @Test
    void bytesThatAreNoTextAndTextOfSeveralLinesAreRead() {
        cache.streams("event: value\ndata: {\"keyBase64\":\"/w==\",\ndata: \"valueBase64\":\"YQ==\",\"offset\":1,"
                + "\ndata: \"partition\":0,\"timestamp\":\"2026-01-02T03:04:05Z\"}\n\n");

        client.topic("prices").snapshotAndSubscribe(told);

        await().untilAsserted(() -> assertThat(told.all).containsExactly("\ufffd=a"));
    }

    @Test
    void aStreamThatIsSilentForTooLongIsOpenedAgain() {
        try (CacheClient hasty = client(Duration.ofMillis(200))) {
            hasty.topic("prices").snapshotAndSubscribe(told);

            await().until(() -> cache.requests().size() > 1);
        }
    }

    @Test
    void whoHasClosedIsToldNoMore() {
        Subscription subscription = client.topic("prices").snapshotAndSubscribe(told);
        cache.streams(value("a", "1", 1));
        await().until(() -> told.all.size() == 1);

        subscription.close();
        cache.streams(value("b", "1", 2));
        cache.endsTheStream();

        await().during(Duration.ofMillis(200)).until(() -> told.all.size() == 1);
        assertThat(cache.requests()).hasSize(1);
    }

    @Test
    void whoClosesWhileHeIsToldIsToldNoMore() {
        client.topic("prices").snapshotAndSubscribe(new Updates() {
            @Override
            public void value(Bytes key, Value value) {
                told.value(key, value);
                client.close();
            }

            @Override
            public void deleted(Bytes key) {}
        });

        cache.streams(value("a", "1", 1) + value("b", "1", 2));

        await().during(Duration.ofMillis(200)).until(() -> told.all.size() == 1);
    }

    @Test
    void whatIsNotUnderstoodIsAReasonToBeginAnew() {
        cache.streams("event: value\ndata: {\"key\n\n");
        cache.streams(value("a", "1", 1));

        client.topic("prices").snapshotAndSubscribe(told);

        await().untilAsserted(() -> assertThat(told.troubles).isNotEmpty());
        assertThat(told.troubles.get(0)).hasMessageContaining("not understood");
    }
}
