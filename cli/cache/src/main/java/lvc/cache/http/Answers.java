package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Whole answers: what was asked for is small, or there is nothing to be had. */
final class Answers {
    private Answers() {}

    /** Says what went wrong, why, and what to do now. */
    static void error(Exchange exchange, HttpResponseStatus status, String what, String why, String next) {
        Output body = new Output();
        body.raw("{\"error\":").json(what).raw(",\"why\":").json(why);
        body.raw(",\"next\":").json(next).raw("}\n");
        send(exchange, status, Names.JSON, body.buffer());
    }

    static void badRequest(Exchange exchange, String why) {
        error(exchange, HttpResponseStatus.BAD_REQUEST, "not understood", why, "see /v2/openapi.yaml");
    }

    static void json(Exchange exchange, Output body) {
        exchange.response.putHeader(HttpHeaders.CACHE_CONTROL, Names.NO_STORE);
        send(exchange, HttpResponseStatus.OK, Names.JSON, body.buffer());
    }

    static void text(Exchange exchange, HttpResponseStatus status, String body) {
        send(exchange, status, Names.TEXT, Buffer.buffer(body));
    }

    static void send(Exchange exchange, HttpResponseStatus status, CharSequence type, Buffer body) {
        HttpServerResponse response = exchange.response;
        response.setStatusCode(status.code())
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(Names.CONTENT_TYPE_OPTIONS, Names.NO_SNIFF);
        end(exchange, body);
    }

    /** Ends with a body; who asked for the head only gets its length. */
    static void end(Exchange exchange, Buffer body) {
        HttpServerResponse response = exchange.response;
        if (exchange.head()) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            response.end();
        } else {
            response.end(body);
        }
    }
}
