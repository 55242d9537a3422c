package lvc.cache.http;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lvc.cache.store.Entry;
import lvc.cache.topic.Freshness;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ChangesTest extends ServerTest {

    @Test
    void aSnapshotComesFirstThenWhatChanges() throws Exception {
        start();
        topic.put("eur", "1");
        topic.put("old", "x");
        topic.put("old", null);
        Following reader = follow("/v2/topics/prices/changes");

        assertThat(reader.next("freshness").data().path("freshness").asText()).isEqualTo("live");
        Following.Event begin = reader.next("snapshot-begin");
        assertThat(begin.data().path("keys").asInt()).isEqualTo(1);
        Following.Event value = reader.next("value");
        assertThat(value.key() + "=" + value.value()).isEqualTo("eur=1");
        assertThat(value.id()).isNull();
        Following.Event end = reader.next("snapshot-end");
        assertThat(end.id()).isEqualTo("0:2@ID1");

        topic.put("usd", "2");
        topic.put("eur", null);

        Following.Event change = reader.next("value");
        assertThat(change.key() + "=" + change.value()).isEqualTo("usd=2");
        assertThat(change.id()).isEqualTo("0:3@ID1");
        Following.Event delete = reader.next("delete");
        assertThat(delete.key()).isEqualTo("eur");
        assertThat(delete.data().has("value")).isFalse();
        assertThat(delete.id()).isEqualTo("0:4@ID1");
    }

    @Test
    void theEndOfAnEmptySnapshotIsTold() throws Exception {
        start();
        Following reader = follow("/v2/topics/prices/changes");

        reader.next("freshness");
        assertThat(reader.next("snapshot-begin").data().path("keys").asInt()).isZero();
        assertThat(reader.next("snapshot-end").data().path("keys").asInt()).isZero();
    }

    @Test
    void whoComesBackGetsWhatHeMissed() throws Exception {
        start();
        topic.put("a", "1");
        topic.put("b", "1");
        topic.put("c", "1");
        String place = "0:2@ID1";
        topic.put("b", null);
        topic.put("c", "2");
        topic.put("c", "3");

        Following reader = follow("/v2/topics/prices/changes", "Last-Event-ID", place);

        reader.next("freshness");
        Map<String, String> missed = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            Following.Event event = reader.next();
            missed.put(event.key(), event.type() + event.value());
        }
        assertThat(missed).isEqualTo(Map.of("b", "delete", "c", "value3"));
        topic.put("d", "1");
        Following.Event live = reader.next("value");
        assertThat(live.key()).isEqualTo("d");
        assertThat(live.id()).isEqualTo("0:6@ID1");
    }

    @Test
    void whoMissedNothingGetsNothing() throws Exception {
        start();
        topic.put("a", "1");
        Following reader = follow("/v2/topics/prices/changes?last-event-id=0:0@ID1");
        reader.next("freshness");
        topic.put("b", "2");

        assertThat(reader.next("value").key()).isEqualTo("b");
    }

    @Test
    void whoWasAwayForTooLongStartsAgain() throws Exception {
        PlayedTopic other = new PlayedTopic("other");
        other.put("gone", "1");
        other.put("gone", null);
        other.put("here", "1");
        other.ready();
        start(HttpSettings.loopback(), other);
        Following reader = follow("/v2/topics/other/changes", "Last-Event-ID", "0:0@ID1");

        reader.next("freshness");
        assertThat(reader.next("resync").data().path("why").asText()).isEqualTo("too-old");
        reader.next("snapshot-begin");
        assertThat(reader.next("value").key()).isEqualTo("here");
        assertThat(reader.next("snapshot-end").id()).isEqualTo("0:2@ID1");
    }

    @Test
    void whoKnowsTheTopicOfBeforeStartsAgain() throws Exception {
        start();
        topic.put("a", "1");
        topic.recreate("ID2", "b", "2");
        Following reader = follow("/v2/topics/prices/changes", "Last-Event-ID", "0:0@ID1");

        reader.next("freshness");
        assertThat(reader.next("resync").data().path("why").asText()).isEqualTo("recreated");
        reader.next("snapshot-begin");
        assertThat(reader.next("value").key()).isEqualTo("b");
        assertThat(reader.next("snapshot-end").id()).isEqualTo("0:0@ID2");
    }

    @Test
    void whoIsAheadOfThisServerGetsNothingOlderThanHeHas() throws Exception {
        start();
        topic.put("a", "1");
        Following reader = follow("/v2/topics/prices/changes", "Last-Event-ID", "0:2@ID1");
        reader.next("freshness");

        topic.put("a", "older");
        topic.put("a", "the one he has");
        topic.put("a", "newer");

        assertThat(reader.next("value").value()).isEqualTo("newer");
    }

    /** Else he would come back to a topic that he had followed all the time, and be told all of it again. */
    @Test
    void whoFollowsIntoANewTopicWithTheSameValuesLearnsHisNewPlace() throws Exception {
        start();
        topic.put("x", "0");
        topic.put("a", "1");
        Following reader = follow("/v2/topics/prices/changes");
        await().until(() -> reader.lastId().equals("0:1@ID1"));

        topic.recreate("ID2", "a", "1");

        await().until(() -> reader.lastId().equals("0:0@ID2"));
    }

    private static HttpSettings.Limits impatient() {
        HttpSettings.Limits usual = HttpSettings.Limits.USUAL;
        return new HttpSettings.Limits(
                usual.header(),
                usual.requestLine(),
                usual.body(),
                usual.connections(),
                usual.streamsPerClient(),
                usual.requestHead(),
                usual.idle(),
                usual.stall(),
                Duration.ofMillis(300));
    }

    @Test
    void whoKnowsMoreThanThereWillBeStartsAgain() throws Exception {
        start(HttpSettings.loopback().with(impatient()));
        topic.put("a", "1");
        Following reader = follow("/v2/topics/prices/changes", "Last-Event-ID", "0:99@ID1");

        reader.next("freshness");
        assertThat(reader.next("resync").data().path("why").asText()).isEqualTo("ahead");
        reader.next("snapshot-begin");
        assertThat(reader.next("value").key()).isEqualTo("a");
        assertThat(reader.next("snapshot-end").id()).isEqualTo("0:0@ID1");
        topic.put("a", "2");
        assertThat(reader.next("value").value()).isEqualTo("2");
    }

    /** Else he would come back with the older one, and be told again, or by another server, what is older than he has. */
    @Test
    void aPlaceNeverGoesBackForWhoIsAheadInOnePartition() throws Exception {
        start();
        topic.put("a", "1");
        Following reader = follow("/v2/topics/prices/changes", "Last-Event-ID", "0:5,1:0@ID1");
        reader.next("freshness");

        topic.put(1, bytes("b"), bytes("had"), List.of());
        topic.put(1, bytes("b"), bytes("new"), List.of());
        topic.put(0, bytes("a"), bytes("had"), List.of());
        topic.put(1, bytes("b"), bytes("newer"), List.of());

        assertThat(reader.next("value").id()).isEqualTo("0:5,1:1@ID1");
        assertThat(reader.next("value").id()).isEqualTo("0:5,1:2@ID1");
    }

    /** Offsets go back where brokers have lost their newest records, and the topic is still the same. */
    @Test
    void whoCameBackWithNothingMissedIsToldWhatIsDifferentAtLowerOffsetsToo() throws Exception {
        start();
        topic.put("a", "0");
        topic.put("a", "1");
        topic.put("a", "2");
        Following reader = follow("/v2/topics/prices/changes", "Last-Event-ID", "0:2@ID1");
        reader.next("freshness");
        topic.put("b", "sign of life");
        topic.put("b", null);
        reader.skipTo("delete");
        Following again = follow("/v2/topics/prices/changes", "Last-Event-ID", "0:4@ID1");
        again.next("freshness");
        assertThat(again.nothingWithin(200)).isTrue();

        Entry lost = new Entry(bytes("a"), bytes("1"), 0, 1, 0, List.of());
        topic.changes().append(lost, null, topic.now().position());
        topic.freshness(new Freshness.Live());

        assertThat(again.next("value").value()).isEqualTo("1");
    }

    @Test
    void aPlaceThatIsNoneIsRefused() throws Exception {
        start();
        assertThat(get("/v2/topics/prices/changes", "Last-Event-ID", "17").statusCode())
                .isEqualTo(400);
        assertThat(get("/v2/topics/prices/changes?where=x").statusCode()).isEqualTo(400);
    }

    @Test
    void aReaderOfSomeKeysGetsNoOthers() throws Exception {
        start();
        topic.put("a/1", "1");
        topic.put("b/1", "1");
        Following prefix = follow("/v2/topics/prices/changes?prefix=a%2F");
        Following keys = follow("/v2/topics/prices/changes?key=a/1&key=b%2F2");

        assertThat(prefix.skipTo("value").key()).isEqualTo("a/1");
        prefix.next("snapshot-end");
        assertThat(keys.skipTo("value").key()).isEqualTo("a/1");
        keys.next("snapshot-end");
        topic.put("b/1", "2");
        topic.put("b/2", "2");
        topic.put("a/2", "2");
        topic.put("b/1", null);
        topic.put("a/2", null);

        assertThat(prefix.next("value").key()).isEqualTo("a/2");
        assertThat(prefix.next("delete").key()).isEqualTo("a/2");
        assertThat(keys.next("value").key()).isEqualTo("b/2");
    }

    @Test
    void aReaderOfSomeKeysWhoComesBackGetsWhatHeMissedOfThem() throws Exception {
        start();
        topic.put("mine", "1");
        topic.put("also", "1");
        topic.put("other", "1");
        Following reader = follow("/v2/topics/prices/changes?key=mine&key=also");
        String place = reader.skipTo("snapshot-end").id();
        reader.close();
        topic.put("mine", null);
        topic.put("other", "2");

        Following again = follow("/v2/topics/prices/changes?key=mine&key=also", "Last-Event-ID", String.valueOf(place));
        assertThat(again.skipTo("delete").key()).isEqualTo("mine");
        topic.put("other", "3");
        topic.put("also", "2");
        assertThat(again.next("value").key()).isEqualTo("also");
    }

    @Test
    void aValueThatNoLongerMatchesLeaves() throws Exception {
        start();
        topic.put("a", "{\"state\":{\"open\":true}}");
        topic.put("b", "{\"state\":{\"open\":false}}");
        topic.put("c", "no json");
        Following reader = follow("/v2/topics/prices/changes?where=/state/open=true");

        assertThat(reader.skipTo("value").key()).isEqualTo("a");
        reader.next("snapshot-end");
        topic.put("b", "still none");
        topic.put("b", null);
        topic.put("a", "{\"state\":{\"open\":false}}");
        topic.put("a", "{}");
        topic.put("c", "{\"state\":{\"open\":true}}");
        topic.put("c", null);

        Following.Event leave = reader.next("leave");
        assertThat(leave.key()).isEqualTo("a");
        assertThat(leave.data().path("reason").asText()).isEqualTo("match");
        assertThat(reader.next("value").key()).isEqualTo("c");
        assertThat(reader.next("delete").key()).isEqualTo("c");
    }

    @Test
    void howFreshItIsIsToldWhenItChanges() throws Exception {
        start();
        Following reader = follow("/v2/topics/prices/changes");
        reader.skipTo("snapshot-end");

        topic.freshness(new Freshness.Resyncing(Instant.parse("2026-01-02T03:04:05Z"), "created anew"));

        Following.Event event = reader.next("freshness");
        assertThat(event.data().path("freshness").asText()).isEqualTo("resyncing");
        assertThat(event.data().path("since").asText()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void whatIsNoTextComesInBase64() throws Exception {
        start();
        topic.put(new byte[] {(byte) 0xff}, new byte[] {0, (byte) 0x80});
        topic.put("ü\n\"", "\u0001\\€");
        Following reader = follow("/v2/topics/prices/changes");
        reader.skipTo("snapshot-begin");

        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            Following.Event event = reader.next("value");
            values.put(
                    event.key() + event.data().path("keyBase64").asText(),
                    event.value() + event.data().path("valueBase64").asText());
        }
        assertThat(values).isEqualTo(Map.of("/w==", "AIA=", "ü\n\"", "\u0001\\€"));
    }
}
