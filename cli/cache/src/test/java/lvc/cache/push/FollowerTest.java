package lvc.cache.push;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lvc.cache.store.Entry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FollowerTest {
    private static final int KILOBYTE = 1 << 10;

    @Test
    void whoWasOvertakenIsToldTheKeysThatChangedDeletedOnesIncluded() {
        PlayedTopic topic = new PlayedTopic(10 * KILOBYTE);
        topic.put("untouched", "1");
        topic.put("gone", "1");
        Follower follower = begun(topic.complete(), true);

        topic.put("gone", null);
        topic.put("changed", "x".repeat(20 * KILOBYTE));
        topic.put("last", "1");

        List<String> keys = new ArrayList<>();
        Batch batch = follower.next();
        assertThat(batch.offsets()).containsEntry(0, 4L);
        for (; batch.moved(); batch = follower.next()) {
            keys.addAll(keys(batch));
        }
        assertThat(keys).containsExactlyInAnyOrder("gone", "changed", "last");
        topic.put("next", "1");
        assertThat(keys(follower.next())).containsExactly("next");
    }

    @Test
    void whatDidNotArriveIsToldOnceMore() {
        PlayedTopic topic = new PlayedTopic();
        Follower follower = begun(topic.complete(), true);
        topic.put("a", "1");
        assertThat(keys(follower.next())).containsExactly("a");
        topic.put("b", "1");
        assertThat(keys(follower.next())).containsExactly("b");

        follower.back();
        topic.put("c", "1");

        assertThat(keys(follower.next())).containsExactly("b", "c");
        assertThat(follower.next().moved()).isFalse();
    }

    @Test
    void whoDidNotGetAPartOfWhatHeWasOvertakenByIsToldAllOfItOnceMore() {
        PlayedTopic topic = new PlayedTopic(10 * KILOBYTE);
        Follower follower = begun(topic.complete(), true);
        for (int i = 0; i < 12_000; i++) {
            topic.put("k" + i, "v");
        }
        assertThat(keys(follower.next())).hasSize(10_000);
        assertThat(keys(follower.next())).hasSize(2_000);

        follower.back();

        assertThat(keys(follower.next())).hasSize(10_000);
        assertThat(keys(follower.next())).hasSize(2_000);
        assertThat(follower.next().moved()).isFalse();
    }

    @Test
    void whoWasOvertakenByManyIsToldThemInSeveralParts() {
        PlayedTopic topic = new PlayedTopic(10 * KILOBYTE);
        Follower follower = begun(topic.complete(), true);

        for (int i = 0; i < 12_000; i++) {
            topic.put("k" + i, "v");
        }

        assertThat(keys(follower.next())).hasSize(10_000);
        assertThat(keys(follower.next())).hasSize(2_000);
        assertThat(follower.next().moved()).isFalse();
    }

    @Test
    void whoIsSentValuesIsOnlyToldThatHeWasOvertaken() {
        PlayedTopic topic = new PlayedTopic(KILOBYTE);
        Follower follower = begun(topic.complete(), false);

        topic.put("a", "x".repeat(KILOBYTE));
        topic.put("b", "x".repeat(KILOBYTE));

        Batch batch = follower.next();
        assertThat(batch.resyncs()).isTrue();
        assertThat(batch.newest()).isEmpty();
        assertThat(batch.position()).hasToString("0:1@first");
        assertThat(follower.next().moved()).isFalse();
    }

    @Test
    void whoWasOvertakenByAnotherTopicIsToldAllKeys() {
        PlayedTopic topic = new PlayedTopic(KILOBYTE);
        topic.put("a", "1");
        topic.put("b", "1");
        Follower follower = begun(topic.complete(), true);

        topic.createdAnew("a", "2");
        topic.put("c", "x".repeat(2 * KILOBYTE));

        List<String> keys = new ArrayList<>(keys(follower.next()));
        assertThat(keys).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void largeValuesAreToldInSeveralParts() {
        PlayedTopic topic = new PlayedTopic();
        Follower follower = begun(topic.complete(), false);
        topic.put("a", "x".repeat(KILOBYTE * KILOBYTE));
        topic.put("b", "1");

        assertThat(keys(follower.next())).containsExactly("a");
        assertThat(keys(follower.next())).containsExactly("b");
    }

    private static Follower begun(PlayedTopic topic, boolean namesKeysAgain) {
        Follower follower = new Follower(topic, namesKeysAgain);
        follower.begin();
        return follower;
    }

    private static List<String> keys(Batch batch) {
        return batch.newest().stream()
                .map(Entry::key)
                .map(key -> new String(key, StandardCharsets.UTF_8))
                .toList();
    }
}
