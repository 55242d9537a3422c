package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Leads requests to who answers them. */
final class Dispatch {
    private static final Logger LOG = Logger.getLogger(Dispatch.class.getName());

    private final Loop loop;
    private final Shared shared;
    private final Access access;
    private final Values values;
    private final Listings listings;
    private final Version1 version1;
    private final Streams streams;
    private final WriteRequests writes;
    private final Looks looks;

    Dispatch(Loop loop, Shared shared) {
        this.loop = loop;
        this.shared = shared;
        this.access = new Access(shared.settings());
        Waits waits = new Waits(loop);
        this.values = new Values(waits);
        this.listings = new Listings(loop, waits);
        this.version1 = new Version1(loop, shared.settings().v1Topic());
        this.streams = new Streams(loop, shared.streams());
        this.writes = new WriteRequests(loop, shared.writes());
        this.looks = new Looks(loop);
    }

    void handle(Exchange exchange, Connections.Held connection) {
        HttpServerResponse response = exchange.response;
        connection.answering();
        response.endHandler(unused -> {
            connection.answered(loop.now());
            shared.metrics().answered(exchange.route, response.getStatusCode());
        });
        if (response.writeQueueFull()) {
            // Asks for more without taking what there is: has to wait, and must not for ever.
            Stall stall = new Stall(loop, exchange.request);
            stall.begins();
            response.drainHandler(unused -> {
                stall.ends();
                answer(exchange);
            });
        } else {
            answer(exchange);
        }
    }

    private void answer(Exchange exchange) {
        try {
            if (allowed(exchange) && access.grants(exchange)) {
                route(exchange);
            }
        } catch (BadRequest e) {
            Answers.badRequest(exchange, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "cannot answer " + exchange.request.method() + " " + exchange.route.template(), e);
            fail(exchange);
        }
    }

    private static void fail(Exchange exchange) {
        if (exchange.response.headWritten()) {
            Cut.off(exchange.request.connection());
        } else {
            Answers.error(
                    exchange,
                    HttpResponseStatus.INTERNAL_SERVER_ERROR,
                    "failed",
                    "this is a fault of the server",
                    "see its log");
        }
    }

    private static boolean allowed(Exchange exchange) {
        Route route = exchange.route;
        if (route == Route.NONE
                || route.methods().contains(exchange.request.method().name())) {
            return true;
        }
        exchange.response.putHeader(HttpHeaders.ALLOW, String.join(", ", route.methods()));
        Answers.error(
                exchange,
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                "not allowed",
                exchange.request.method() + " means nothing here",
                "use " + String.join(" or ", route.methods()));
        return false;
    }

    private void route(Exchange exchange) {
        switch (exchange.route) {
            case VALUE -> withTopic(exchange, view -> values.answer(exchange, view));
            case LISTING -> withTopic(exchange, view -> listings.answer(exchange, view));
            case CHANGES -> withTopic(exchange, view -> streams.answer(exchange, view));
            case WRITE -> withTopic(exchange, view -> writes.answer(exchange, view));
            case V1_RAW, V1_KEYS, V1_VALUES, V1_OFFSET -> version1.answer(exchange);
            case TOPICS -> looks.topics(exchange);
            case HEALTH, HEALTH_READY -> looks.ready(exchange);
            case HEALTH_LIVE -> looks.live(exchange);
            case METRICS, Q_METRICS -> looks.metrics(exchange, shared.metrics().registry());
            case OPENAPI, PAGE, NONE -> shared.page().answer(exchange);
        }
    }

    /** What is done with a topic. */
    private interface WithTopic {
        void answer(TopicView view);
    }

    private void withTopic(Exchange exchange, WithTopic then) {
        String name = exchange.route.topic(exchange.path);
        @Nullable TopicView view = loop.topics().get(name);
        if (view == null) {
            noTopic(exchange, name);
        } else {
            then.answer(view);
        }
    }

    static void noTopic(Exchange exchange, String name) {
        Answers.error(
                exchange,
                HttpResponseStatus.NOT_FOUND,
                "not found",
                "topic '" + name + "' is not served here",
                "GET /v2/topics names those that are");
    }
}
