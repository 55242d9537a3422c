package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import lvc.cache.store.Entry;
import lvc.cache.store.Offsets;
import lvc.cache.topic.Served;
import lvc.core.record.Header;

/** One value. Everything happens in the event loop, for looking it up takes less than handing it over. */
final class Values {
    /** Of a record's headers, in characters: many clients take no more than 16 KiB of all headers of an answer. */
    private static final int MOST_OF_HEADERS = 8 << 10;

    private final Waits waits;
    private final Output text = new Output();

    Values(Waits waits) {
        this.waits = waits;
    }

    void answer(Exchange exchange, TopicView view) {
        byte[] key = exchange.route.key(exchange.path);
        if (exchange.plain()) {
            Served now = view.topic.now();
            if (now.ready()) {
                answer(exchange, view, now, key);
            } else {
                view.notReady(exchange);
            }
        } else {
            waits.reach(exchange, view, exchange.query(), now -> answer(exchange, view, now, key));
        }
    }

    private void answer(Exchange exchange, TopicView view, Served now, byte[] key) {
        // In this order: the value is at least as new as the offsets say.
        Offsets offsets = now.image().offsets();
        Entry entry = now.image().get(key);
        view.describe(exchange.response, now, offsets);
        byte[] value = entry == null ? null : entry.value();
        if (entry == null || value == null) {
            Answers.error(
                    exchange,
                    HttpResponseStatus.NOT_FOUND,
                    "not found",
                    "the key has no value, or was deleted",
                    "GET /v2/topics/" + view.topic.name() + "/values?keys=only lists the keys");
            return;
        }
        HttpServerResponse response = exchange.response;
        CharSequence tag = tag(now.incarnation(), entry);
        response.putHeader(HttpHeaders.ETAG, tag).putHeader(HttpHeaders.CACHE_CONTROL, Names.NO_CACHE);
        where(response, entry);
        if (Tags.match(exchange.request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.setStatusCode(HttpResponseStatus.NOT_MODIFIED.code()).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, Names.BYTES).putHeader(Names.CONTENT_TYPE_OPTIONS, Names.NO_SNIFF);
        Answers.end(exchange, Buffer.buffer(value));
    }

    private CharSequence tag(String incarnation, Entry entry) {
        text.clear().raw('"').raw(incarnation).raw('/').number(entry.partition());
        return text.raw('/').number(entry.offset()).raw('"').header();
    }

    private void where(HttpServerResponse response, Entry entry) {
        response.putHeader(Names.OFFSET, text.clear().number(entry.offset()).header())
                .putHeader(
                        Names.PARTITION, text.clear().number(entry.partition()).header());
        if (entry.timestamp() >= 0) {
            response.putHeader(
                    Names.TIMESTAMP, text.clear().time(entry.timestamp()).header());
        }
        int room = MOST_OF_HEADERS;
        int omitted = 0;
        for (Header header : entry.headers()) {
            byte[] value = header.value();
            String line = Percent.encode(header.key().getBytes(StandardCharsets.UTF_8))
                    + (value == null ? "" : "=" + Percent.encode(value));
            room -= line.length();
            if (room >= 0) {
                response.headers().add(Names.HEADER, line);
            } else {
                omitted++;
            }
        }
        if (omitted > 0) {
            response.putHeader(Names.HEADERS_OMITTED, Integer.toString(omitted));
        }
    }
}
