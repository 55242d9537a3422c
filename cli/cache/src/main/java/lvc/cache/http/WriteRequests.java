package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes values to the brokers, when that is allowed. What is too long is not even read. */
final class WriteRequests {
    private static final String CONTINUE = "100-continue";

    private final Loop loop;
    private final Optional<Writes> writes;

    WriteRequests(Loop loop, Optional<Writes> writes) {
        this.loop = loop;
        this.writes = writes;
    }

    void answer(Exchange exchange, TopicView view) {
        if (writes.isEmpty()) {
            refuse(
                    exchange,
                    "writing is off here",
                    "start the server with serve.writes=true (lvc serve --writes), or write to the brokers");
            return;
        }
        if (Access.fromElsewhere(exchange)) {
            refuse(exchange, "a page of another site sent this", "send it without an Origin header");
            return;
        }
        byte[] key = exchange.query().bytes("key");
        if (key == null) {
            throw new BadRequest("key: a record without a key cannot be found again");
        }
        if (HttpMethod.DELETE.equals(exchange.request.method())) {
            write(exchange, view, key, null);
        } else {
            read(exchange, view, key);
        }
    }

    private static void refuse(Exchange exchange, String why, String next) {
        Answers.error(exchange, HttpResponseStatus.FORBIDDEN, "not allowed", why, next);
    }

    private void read(Exchange exchange, TopicView view, byte[] key) {
        int most = loop.limits().body();
        if (announced(exchange) > most) {
            tooLong(exchange);
            return;
        }
        if (CONTINUE.equalsIgnoreCase(exchange.request.getHeader(HttpHeaders.EXPECT))) {
            exchange.response.writeContinue();
        }
        Buffer body = Buffer.buffer();
        long timer = loop.later(loop.limits().stall().toMillis(), () -> Cut.off(exchange.request.connection()));
        exchange.response.closeHandler(unused -> loop.cancel(timer));
        exchange.request.handler(part -> {
            if (exchange.response.ended()) {
                return;
            }
            if (body.length() + part.length() > most) {
                loop.cancel(timer);
                tooLong(exchange);
            } else {
                body.appendBuffer(part);
            }
        });
        exchange.request.endHandler(unused -> {
            loop.cancel(timer);
            if (!exchange.response.ended()) {
                write(exchange, view, key, body.getBytes());
            }
        });
    }

    private static long announced(Exchange exchange) {
        String length = exchange.request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            throw new BadRequest("content-length is no number");
        }
    }

    private void tooLong(Exchange exchange) {
        exchange.response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        exchange.response.endHandler(
                unused -> loop.metrics().answered(exchange.route, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.code()));
        Answers.error(
                exchange,
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "too long",
                "a value may have " + loop.limits().body() + " bytes",
                "write it to the brokers");
        exchange.request.connection().shutdown();
    }

    private void write(Exchange exchange, TopicView view, byte[] key, byte @Nullable [] value) {
        Context context = loop.context();
        writes.orElseThrow()
                .write(view.topic.name(), key, value)
                .whenComplete((written, failure) -> context.runOnContext(unused -> {
                    if (failure == null) {
                        Output body = new Output().raw("{\"offset\":").number(written.offset());
                        Answers.json(
                                exchange,
                                body.raw(",\"partition\":")
                                        .number(written.partition())
                                        .raw("}\n"));
                    } else {
                        Answers.error(
                                exchange,
                                HttpResponseStatus.SERVICE_UNAVAILABLE,
                                "not written",
                                String.valueOf(failure.getMessage()),
                                "write it again");
                    }
                }));
    }
}
