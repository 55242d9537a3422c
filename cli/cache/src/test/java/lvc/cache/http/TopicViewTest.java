package lvc.cache.http;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

class TopicViewTest {

    /** The thread that feeds a topic is not to end because a server could not listen, or is being stopped. */
    @Test
    void aLoopThatHasEndedDoesNotDisturbWhoFeedsTheTopic() {
        PlayedTopic topic = PlayedTopic.ready("prices");
        Vertx vertx = Vertx.vertx();
        TopicView view = new TopicView(topic, vertx.getOrCreateContext());

        vertx.close().toCompletionStage().toCompletableFuture().join();

        assertThatCode(() -> topic.put("a", "1")).doesNotThrowAnyException();
        view.close();
    }
}
