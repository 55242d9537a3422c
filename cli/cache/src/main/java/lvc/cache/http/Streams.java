package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import lvc.cache.store.Position;
import lvc.cache.topic.Served;
import org.jspecify.annotations.Nullable;

/** Lets clients follow what changes. */
final class Streams {
    private final Loop loop;
    private final StreamCounts counts;

    Streams(Loop loop, StreamCounts counts) {
        this.loop = loop;
        this.counts = counts;
    }

    void answer(Exchange exchange, TopicView view) {
        Query query = exchange.query();
        Filter filter = Filter.of(query);
        Position seen = seen(exchange, query);
        Served now = view.topic.now();
        if (!now.ready()) {
            view.notReady(exchange);
            return;
        }
        String client = exchange.request.remoteAddress().hostAddress();
        if (!counts.take(client)) {
            exchange.response.putHeader(HttpHeaders.RETRY_AFTER, "10");
            Answers.error(
                    exchange,
                    HttpResponseStatus.TOO_MANY_REQUESTS,
                    "too many",
                    "this address has as many streams open as it may",
                    "close one; one stream can follow many keys");
            return;
        }
        ChangeStream stream = new ChangeStream(loop, view, exchange, filter, seen);
        exchange.response.closeHandler(unused -> {
            counts.give(client);
            stream.closed();
        });
        view.describe(exchange.response, now, now.image().offsets());
        exchange.response
                .putHeader(HttpHeaders.CONTENT_TYPE, Names.EVENTS)
                .putHeader(HttpHeaders.CACHE_CONTROL, Names.NO_STORE)
                .putHeader(Names.CONTENT_TYPE_OPTIONS, Names.NO_SNIFF)
                .setChunked(true);
        stream.begin();
    }

    private static @Nullable Position seen(Exchange exchange, Query query) {
        String header = exchange.request.getHeader(Names.LAST_EVENT_ID);
        String text = header == null || header.isEmpty() ? query.text("last-event-id") : header;
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Position.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("last-event-id: " + e.getMessage());
        }
    }
}
