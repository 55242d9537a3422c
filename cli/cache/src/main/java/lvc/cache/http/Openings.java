package lvc.cache.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import lvc.cache.topic.Opening;
import lvc.cache.topic.ServedTopic;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots of a topic by a worker. Whoever asks while one is being taken gets the next one, together with all
 * others who ask meanwhile: never one that began before he asked, for that may be older than what he has seen. Only for
 * one event loop.
 */
final class Openings {
    private final ServedTopic topic;
    private final Context loop;
    private @Nullable Promise<Opening> current;
    private @Nullable Promise<Opening> following;

    Openings(ServedTopic topic, Context loop) {
        this.topic = topic;
        this.loop = loop;
    }

    Future<Opening> open() {
        if (current == null) {
            Promise<Opening> promise = Promise.promise();
            current = promise;
            take(promise);
            return promise.future();
        }
        Promise<Opening> next = following;
        if (next == null) {
            next = Promise.promise();
            following = next;
        }
        return next.future();
    }

    /** A snapshot of some keys takes so little that nobody has to share it. */
    Future<Opening> open(List<byte[]> keys) {
        return keys.isEmpty() ? open() : loop.executeBlocking(() -> topic.open(keys), false);
    }

    private void take(Promise<Opening> promise) {
        loop.executeBlocking(topic::open, false).onComplete(taken -> {
            Promise<Opening> next = following;
            current = next;
            following = null;
            if (next != null) {
                take(next);
            }
            promise.handle(taken);
        });
    }
}
