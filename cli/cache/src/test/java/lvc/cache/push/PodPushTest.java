package lvc.cache.push;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lvc.cache.topic.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static lvc.cache.push.PlayedApi.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PodPushTest {
    private static final String READY = "{\"ready\":true}";
    private static final String UNREADY = "{\"ready\":false}";
    private static final PushSettings HASTY =
            new PushSettings(Duration.ofSeconds(5), 2, Duration.ofMillis(1), Duration.ofMillis(5));
    private static final PodTargets PODS = new PodTargets("shop", "readers", 0, Target.KKV_PATH, PushFormat.KKV);

    @TempDir
    Path folder;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Push push = new Push(HASTY, new PushMetrics(registry));
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private final PlayedTopic topic = new PlayedTopic().complete();
    private PlayedApi api;
    private PlayedTarget one;
    private PlayedTarget two;

    @BeforeEach
    void open() throws IOException {
        api = new PlayedApi(folder);
        one = new PlayedTarget();
        two = new PlayedTarget();
    }

    @AfterEach
    void close() {
        push.close();
        one.close();
        two.close();
        api.close();
    }

    @Test
    void everyReadyPodIsToldAtThePortOfItsService() {
        api.has(slice("a", one.port(), READY), slice("b", two.port(), "{}"));
        begin(2);

        topic.put("k", "1");

        await().untilAsserted(() -> assertThat(one.keys()).containsExactly("k"));
        await().untilAsserted(() -> assertThat(two.keys()).containsExactly("k"));
        assertThat(one.posts().get(0).path()).isEqualTo(Target.KKV_PATH);
        assertThat(api.requests().get(0))
                .isEqualTo("Bearer secret /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices"
                        + "?labelSelector=kubernetes.io%2Fservice-name%3Dreaders");
        assertThat(api.requests().get(1)).contains("&watch=1&").endsWith("&resourceVersion=7");
    }

    @Test
    void whatHappensWhileAPodIsNotReadyIsMergedAndToldOnceWhenItIs() {
        api.has(slice("a", one.port(), UNREADY));
        begin(1);
        topic.put("a", "1");
        topic.put("b", "1");
        topic.put("a", "2");
        assertThat(one.posts()).isEmpty();

        api.happens("MODIFIED", slice("a", one.port(), READY));

        await().untilAsserted(() -> assertThat(one.posts()).hasSize(1));
        assertThat(one.posts().get(0).body())
                .isEqualTo("{\"v\":1,\"topic\":\"prices\",\"offsets\":{\"0\":2},\"updates\":{\"a\":{},\"b\":{}}}");
        topic.put("c", "1");
        await().untilAsserted(() -> assertThat(one.posts()).hasSize(2));
    }

    @Test
    void whatAPodDidNotTakeBeforeItTurnedUnreadyIsToldWhenItIsReadyAgain() {
        api.has(slice("a", one.port(), READY));
        begin(1);
        one.answers(500);
        one.hangs();
        topic.put("k", "1");
        await().until(() -> one.posts().size() == 1);
        api.happens("MODIFIED", slice("a", one.port(), UNREADY));
        api.happens("ADDED", slice("b", two.port(), READY));
        await().until(() -> followed() == 2);

        one.goesOn();
        await().until(() -> one.posts().size() == 3);
        one.answers(204);
        topic.put("l", "1");
        await().untilAsserted(() -> assertThat(two.keys()).containsExactly("l"));
        api.happens("MODIFIED", slice("a", one.port(), READY));

        await().until(() -> one.posts().size() == 4);
        assertThat(one.posts().get(3).keys()).containsExactly("k", "l");
        assertThat(deadLetters()).isZero();
    }

    @Test
    void aPodThatIsGoneIsForgottenWithWhatWaitsForIt() {
        api.has(slice("a", one.port(), UNREADY), slice("b", two.port(), READY));
        begin(2);
        topic.put("missed", "1");

        api.happens("DELETED", slice("a", one.port(), UNREADY));
        await().until(() -> followed() == 1);
        api.happens("ADDED", slice("c", one.port(), READY));
        await().until(() -> followed() == 2);
        topic.put("after", "1");

        await().untilAsserted(() -> assertThat(one.keys()).containsExactly("after"));
        await().untilAsserted(() -> assertThat(two.keys()).containsExactly("after", "missed"));
    }

    @Test
    void aPodThatTwoSlicesNameIsToldOnce() {
        api.has(slice("a", one.port(), READY), slice("b", one.port(), UNREADY));
        begin(1);

        topic.put("k", "1");
        await().until(() -> one.posts().size() == 1);
        topic.put("l", "1");

        await().until(() -> one.posts().size() == 2);
        assertThat(one.posts().get(1).keys()).containsExactly("l");
    }

    @Test
    void aWatchThatEndsBeginsAnewWithAListAndTheTokenOfThen() throws IOException {
        api.has(slice("a", one.port(), READY));
        begin(1);
        api.has(slice("a", one.port(), READY), slice("b", two.port(), READY));
        api.replacesToken("newer");

        api.endsTheWatch();

        await().until(() -> followed() == 2);
        assertThat(api.requests().get(2)).startsWith("Bearer newer ").doesNotContain("watch");
    }

    @Test
    void aVersionThatIsTooOldIsAnsweredWithAList() {
        api.has(slice("a", one.port(), READY));
        begin(1);
        api.has(slice("b", two.port(), READY), slice("a", one.port(), READY));

        api.happens("BOOKMARK", "{\"metadata\":{\"resourceVersion\":\"8\"}}");
        api.happens("ERROR", "{\"code\":410}");
        api.endsTheWatch();

        await().until(() -> followed() == 2);
    }

    @Test
    void whileTheApiServerIsAwayThePodsAreThoseOfBefore() {
        api.has(slice("a", one.port(), READY));
        begin(1);
        api.answers(500);
        api.endsTheWatch();
        await().untilAsserted(() -> assertThat(failures()).isPositive());

        topic.put("k", "1");

        await().untilAsserted(() -> assertThat(one.keys()).containsExactly("k"));
    }

    @Test
    void anApiServerThatDoesNotAnswerIsSaidAndSoIsThatItDoesAgain() {
        api.answers(403);
        push.toPods(List.of(topic), PODS, api.api(), notices::add);
        await().until(() -> !notices.isEmpty());
        assertThat(notices)
                .containsExactly(new Notice(
                        "shop/readers",
                        "cannot be watched",
                        "the API server answered 403 to /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices"));

        api.answers(200);

        await().until(() -> notices.size() > 1);
        assertThat(notices).last().extracting(Notice::what).isEqualTo("is watched again");
    }

    @Test
    void aPortThatIsGivenAndAnAddressOfVersionSixAreHonoured() {
        PodTargets given = new PodTargets("shop", "readers", 8080, "/p", PushFormat.KKV);

        assertThat(given.address(new PodAddress("10.0.0.1", 99))).hasToString("http://10.0.0.1:8080/p");
        assertThat(given.address(new PodAddress("fd00::1", 99))).hasToString("http://[fd00::1]:8080/p");
    }

    private void begin(int pods) {
        push.toPods(List.of(topic), PODS, api.api(), notices::add);
        await().until(() -> followed() == pods && api.requests().size() == 2);
    }

    private double failures() {
        return sum("lvc_push_watch_failures");
    }

    private double deadLetters() {
        return sum("lvc_push_dead_letters");
    }

    private double sum(String counter) {
        return registry.scrape(counter::equals).stream()
                .flatMap(found -> ((CounterSnapshot) found).getDataPoints().stream())
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    private int followed() {
        return registry.scrape("lvc_push_ok"::equals).stream()
                .mapToInt(found -> ((CounterSnapshot) found).getDataPoints().size())
                .sum();
    }
}
