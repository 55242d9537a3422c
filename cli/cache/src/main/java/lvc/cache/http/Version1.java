package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import lvc.cache.store.Entry;
import lvc.cache.store.Offsets;
import lvc.cache.topic.Served;
import org.jspecify.annotations.Nullable;

/** What clients of Yolean's kafka-keyvalue ask for. Its paths name no topic, so one topic is behind all of them. */
final class Version1 {
    private static final byte[] EVERYTHING = {};
    private static final String UNREADY = "Denied because cache is unready, check /health for status";

    private final Loop loop;
    private final Optional<String> setting;

    Version1(Loop loop, Optional<String> setting) {
        this.loop = loop;
        this.setting = setting;
    }

    void answer(Exchange exchange) {
        if (exchange.route == Route.V1_OFFSET) {
            offset(exchange);
            return;
        }
        TopicView view = view();
        if (view == null) {
            Answers.error(
                    exchange,
                    HttpResponseStatus.NOT_FOUND,
                    "not found",
                    "several topics are served and none is set to be the one of version 1",
                    "set serve.v1-topic, or use /v2/topics");
            return;
        }
        Served now = view.topic.now();
        if (!now.ready()) {
            exchange.response.putHeader(HttpHeaders.RETRY_AFTER, "1");
            Answers.text(exchange, HttpResponseStatus.SERVICE_UNAVAILABLE, UNREADY);
            return;
        }
        switch (exchange.route) {
            case V1_KEYS ->
                Listings.send(
                        loop,
                        exchange,
                        view,
                        Names.BYTES,
                        snapshot -> new AllPieces(snapshot, EVERYTHING, (to, entry) -> to.raw(entry.key())
                                .raw('\n')));
            case V1_VALUES ->
                Listings.send(
                        loop,
                        exchange,
                        view,
                        Names.TEXT,
                        snapshot -> new AllPieces(snapshot, EVERYTHING, Version1::value));
            default -> raw(exchange, view, now);
        }
    }

    private static void value(Output to, Entry entry) {
        byte[] value = entry.value();
        if (value != null) {
            to.raw(value).raw('\n');
        }
    }

    private @Nullable TopicView view() {
        if (setting.isPresent()) {
            return loop.topics().get(setting.get());
        }
        return loop.topics().size() == 1 ? loop.topics().values().iterator().next() : null;
    }

    private static void raw(Exchange exchange, TopicView view, Served now) {
        Offsets offsets = now.image().offsets();
        Entry entry = now.image().get(exchange.route.key(exchange.path));
        exchange.response.putHeader(Names.KKV_OFFSETS, view.kkv(offsets));
        byte[] value = entry == null ? null : entry.value();
        if (value == null) {
            Answers.text(exchange, HttpResponseStatus.NOT_FOUND, "");
        } else {
            Answers.send(exchange, HttpResponseStatus.OK, Names.BYTES, Buffer.buffer(value));
        }
    }

    /** Told before the topic is complete as well, as it always was. */
    private void offset(Exchange exchange) {
        String name = exchange.route.topic(exchange.path);
        String number = exchange.path.substring(exchange.path.lastIndexOf('/') + 1);
        TopicView view = loop.topics().get(name);
        if (!number.matches("\\d{1,9}")) {
            throw new BadRequest("'" + number + "' is no partition");
        }
        long last = view == null ? -1 : view.topic.now().image().offsets().last(Integer.parseInt(number));
        if (last < 0) {
            exchange.response
                    .setStatusCode(HttpResponseStatus.NO_CONTENT.code())
                    .end();
        } else {
            Answers.text(exchange, HttpResponseStatus.OK, Long.toString(last));
        }
    }
}
