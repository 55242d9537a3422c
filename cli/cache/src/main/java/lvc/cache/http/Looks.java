package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import lvc.cache.topic.Served;

/** How it goes: topics, health, what is measured. */
final class Looks {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    private final Loop loop;

    Looks(Loop loop) {
        this.loop = loop;
    }

    void topics(Exchange exchange) {
        Query unused = exchange.query();
        Output body = new Output().raw("{\"topics\":[");
        String comma = "";
        for (TopicView view : views()) {
            Served now = view.topic.now();
            body.raw(comma).raw("{\"topic\":").json(view.topic.name());
            body.raw(",\"keys\":").number(now.ready() ? now.image().size() : 0);
            body.raw(",\"position\":").json(now.position().toString()).raw(',');
            Fresh.fields(body, now.freshness()).raw(",\"ready\":").raw(Boolean.toString(now.ready()));
            body.raw(",\"nullKeys\":").number(now.image().nullKeys()).raw('}');
            comma = ",";
        }
        Answers.json(exchange, body.raw("]}\n"));
    }

    /** Up once every topic was complete; brokers that go away do not change that. */
    void ready(Exchange exchange) {
        boolean all = views().stream().allMatch(view -> view.topic.now().ready());
        Output body = status(all).raw(",\"checks\":[");
        String comma = "";
        for (TopicView view : views()) {
            Served now = view.topic.now();
            body.raw(comma).raw("{\"name\":").json("topic " + view.topic.name());
            body.raw(",\"status\":").json(now.ready() ? UP : DOWN).raw(",\"data\":{");
            Fresh.fields(body, now.freshness()).raw("}}");
            comma = ",";
        }
        health(exchange, all, body);
    }

    /** Up as long as there is somebody to say so: to start anew would not bring the brokers back. */
    void live(Exchange exchange) {
        health(exchange, true, status(true).raw(",\"checks\":["));
    }

    private static Output status(boolean up) {
        return new Output().raw("{\"status\":").json(up ? UP : DOWN);
    }

    private static void health(Exchange exchange, boolean up, Output body) {
        exchange.response.putHeader(HttpHeaders.CACHE_CONTROL, Names.NO_STORE);
        HttpResponseStatus status = up ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
        Answers.send(exchange, status, Names.JSON, body.raw("]}\n").buffer());
    }

    void metrics(Exchange exchange, PrometheusRegistry registry) {
        loop.context()
                .executeBlocking(() -> print(registry), false)
                .onSuccess(page ->
                        Answers.send(exchange, HttpResponseStatus.OK, PrometheusTextFormatWriter.CONTENT_TYPE, page))
                .onFailure(
                        failure -> new Stall(loop, exchange.request).abort("the metrics cannot be printed", failure));
    }

    private static Buffer print(PrometheusRegistry registry) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(page, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(page.toByteArray());
    }

    private Collection<TopicView> views() {
        return loop.topics().values();
    }
}
