package lvc.cache.push;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class PushTest {
    private static final PushSettings HASTY =
            new PushSettings(Duration.ofMillis(500), 2, Duration.ofMillis(1), Duration.ofMillis(5));

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Push push = new Push(HASTY, new PushMetrics(registry));
    private final PlayedTopic topic = new PlayedTopic();
    private PlayedTarget target;

    @BeforeEach
    void open() throws IOException {
        target = new PlayedTarget();
    }

    @AfterEach
    void close() {
        push.close();
        target.close();
    }

    @Test
    void keysAreToldAsKafkaKeyvalueTellsThem() {
        topic.put("old", "1");
        push.to(topic.complete(), new Target(target.at(Target.KKV_PATH), PushFormat.KKV));

        topic.put("new", "1");

        await().untilAsserted(() -> assertThat(target.posts()).hasSize(1));
        PlayedTarget.Post post = target.posts().get(0);
        assertThat(post.path()).isEqualTo("/kafka-keyvalue/v1/updates");
        assertThat(post.body())
                .isEqualTo("{\"v\":1,\"topic\":\"prices\",\"offsets\":{\"0\":1},\"updates\":{\"new\":{}}}");
        assertThat(post.headers().getFirst("content-type")).isEqualTo("application/json");
        assertThat(post.headers().getFirst("x-kkv-topic")).isEqualTo("prices");
        assertThat(post.headers().getFirst("x-kkv-offsets")).isEqualTo("{\"0\":1}");
        await().untilAsserted(() -> assertThat(count("lvc_push_ok")).isEqualTo(1));
    }

    @Test
    void everyKeyOfABurstArrivesWithoutAFurtherRecord() {
        push.to(topic.complete(), new Target(target.at("/"), PushFormat.KKV));

        IntStream.range(0, 1000).forEach(i -> topic.put("k" + i, "v"));

        Set<String> all = IntStream.range(0, 1000).mapToObj(i -> "k" + i).collect(Collectors.toSet());
        await().untilAsserted(() -> assertThat(target.keys()).isEqualTo(all));
    }

    @Test
    void whatChangesWhileATargetIsBusyIsMergedIntoOneUpdate() {
        push.to(topic.complete(), new Target(target.at("/"), PushFormat.VALUES));
        target.hangs();
        topic.put("first", "1");
        await().until(() -> target.posts().size() == 1);

        topic.put("a", "1");
        topic.put("b", "1");
        topic.put("a", "2");
        target.goesOn();

        await().until(() -> target.posts().size() == 2);
        assertThat(target.posts().get(1).body())
                .isEqualTo(
                        "{\"v\":2,\"topic\":\"prices\",\"position\":\"0:3@first\",\"changes\":["
                                + "{\"key\":\"a\",\"value\":\"2\",\"offset\":3,\"partition\":0,\"timestamp\":\"1970-01-01T00:00:00.003Z\"},"
                                + "{\"key\":\"b\",\"value\":\"1\",\"offset\":2,\"partition\":0,\"timestamp\":\"1970-01-01T00:00:00.002Z\"}]}");
    }

    @Test
    void theSameValueAgainIsNotToldButCounted() {
        topic.put("k", "same");
        push.to(topic.complete(), new Target(target.at("/"), PushFormat.KKV));

        topic.put("k", "same");
        topic.put("never was", null);
        topic.put("other", "1");

        await().until(() -> target.posts().size() == 1);
        assertThat(target.keys()).containsExactly("other");
        assertThat(count("lvc_push_suppressed")).isEqualTo(2);
    }

    @Test
    void deletionsAndBytesThatAreNoTextAreTold() {
        topic.put("gone", "1");
        push.to(topic.complete(), new Target(target.at("/"), PushFormat.VALUES));
        target.hangs();
        topic.put("first", "1");
        await().until(() -> target.posts().size() == 1);

        topic.put("gone", null);
        topic.put(new byte[] {(byte) 0xff}, new byte[] {(byte) 0xfe, 0});
        topic.put("empty", "");
        topic.putWithoutTime("timeless", "1");
        target.goesOn();

        await().until(() -> target.posts().size() == 2);
        assertThat(target.posts().get(1).body())
                .contains("{\"key\":\"gone\",\"deleted\":true,\"offset\":2")
                .contains("{\"keyBase64\":\"/w==\",\"valueBase64\":\"/gA=\",\"offset\":3")
                .contains("{\"key\":\"empty\",\"value\":\"\",\"offset\":4")
                .contains("{\"key\":\"timeless\",\"value\":\"1\",\"offset\":5,\"partition\":0,\"timestamp\":null}");
    }

    @Test
    void versionOneCountsTheKeysItCannotName() {
        push.to(topic.complete(), new Target(target.at("/"), PushFormat.KKV));

        topic.put(new byte[] {(byte) 0xff}, new byte[] {1});
        topic.put("text", "1");

        await().untilAsserted(() -> assertThat(target.keys()).containsExactly("text"));
        assertThat(count("lvc_push_skipped_keys")).isEqualTo(1);
    }

    @Test
    void refusalsAreTriedAgainThenCountedAndTheNextUpdateGoesOn() {
        push.to(topic.complete(), new Target(target.at("/"), PushFormat.KKV));
        target.answers(500);
        topic.put("refused", "1");
        await().untilAsserted(() -> assertThat(count("lvc_push_dead_letters")).isEqualTo(1));
        assertThat(target.posts()).hasSize(3);
        assertThat(count("lvc_push_failed")).isEqualTo(3);
        assertThat(count("lvc_push_ok")).isZero();

        target.answers(200);
        topic.put("accepted", "1");

        await().untilAsserted(() -> assertThat(count("lvc_push_ok")).isEqualTo(1));
        assertThat(target.posts().get(3).keys()).containsExactly("accepted");
    }

    @Test
    void whoeverMissedAnUpdateIsToldToReadAllAgain() {
        push.to(topic.complete(), new Target(target.at("/"), PushFormat.VALUES));
        target.answers(302);
        topic.put("refused", "1");
        await().untilAsserted(() -> assertThat(count("lvc_push_dead_letters")).isEqualTo(1));

        target.answers(200);
        topic.put("accepted", "1");
        await().until(() -> target.posts().size() == 4);
        topic.put("next", "1");
        await().until(() -> target.posts().size() == 5);

        assertThat(target.posts().get(3).json().path("resync").asBoolean()).isTrue();
        assertThat(target.posts().get(3).json().at("/changes/0/key").asText()).isEqualTo("accepted");
        assertThat(target.posts().get(4).json().has("resync")).isFalse();
    }

    @Test
    void anAnswerThatNeverEndsIsNoAnswer() {
        push.to(topic.complete(), new Target(target.at("/"), PushFormat.KKV));
        target.answersWithoutEnd();

        topic.put("k", "1");

        await().untilAsserted(() -> assertThat(count("lvc_push_dead_letters")).isEqualTo(1));
        await().untilAsserted(() -> assertThat(target.leftAlone()).isEqualTo(3));
    }

    @Test
    void aTargetThatHangsDelaysNobodyElse() throws IOException {
        try (PlayedTarget other = new PlayedTarget()) {
            push.to(topic.complete(), new Target(target.at("/"), PushFormat.KKV));
            push.to(topic, new Target(other.at("/"), PushFormat.KKV));
            target.hangs();
            topic.put("first", "1");
            await().until(() -> target.posts().size() == 1);

            topic.put("second", "1");

            await().untilAsserted(() -> assertThat(other.keys()).containsExactly("first", "second"));
            assertThat(target.keys()).containsExactly("first");
        }
    }

    @Test
    void beforeTheTopicIsCompleteNothingIsToldAndThenAllThatChanges() {
        push.to(topic, new Target(target.at("/"), PushFormat.KKV));
        topic.put("loading", "1");

        topic.complete();
        topic.put("live", "1");

        await().untilAsserted(() -> assertThat(target.keys()).isNotEmpty());
        assertThat(target.keys()).containsExactly("live");
    }

    @Test
    void aTopicThatIsCreatedAnewIsFollowedFromItsBeginning() {
        push.to(topic.complete(), new Target(target.at("/"), PushFormat.VALUES));
        target.hangs();
        topic.put("first", "1");
        await().until(() -> target.posts().size() == 1);
        topic.put("of the old one", "1");

        topic.createdAnew("of the new one", "1");
        target.goesOn();

        await().until(() -> target.posts().size() == 2);
        assertThat(target.posts().get(1).body())
                .contains("of the old one")
                .contains("of the new one")
                .contains("0:0@second")
                .doesNotContain("resync");
    }

    @Test
    void nobodyIsToldAfterTheEnd() {
        push.to(topic.complete(), new Target(target.at("/"), PushFormat.KKV));
        push.close();

        topic.put("late", "1");

        assertThat(target.posts()).isEmpty();
    }

    @Test
    void anAddressThatNothingCanBePostedToIsRefused() {
        assertThatThrownBy(() -> new Target(URI.create("ftp://host/"), PushFormat.KKV))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target(URI.create("/path"), PushFormat.KKV))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target(URI.create("http://user:secret@host/"), PushFormat.KKV))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    /** Of all topics and targets. */
    private double count(String name) {
        return registry.scrape(name::equals).stream()
                .flatMap(found -> ((CounterSnapshot) found).getDataPoints().stream())
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }
}
