package lvc.cache.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One event loop: takes its share of the connections, and does not share anything that changes with the other ones. */
final class Loop extends VerticleBase {
    private static final long TICK_MILLIS = 250;
    private static final long KEEP_ALIVE_MILLIS = 15_000;

    private final Shared shared;
    private final HttpServerOptions options;
    private final Map<String, TopicView> topics = new LinkedHashMap<>();
    private final Set<Stall> stalls = new HashSet<>();
    private final Connections connections;
    private final Dispatch dispatch;
    private HttpServer server;
    private long now;

    @SuppressWarnings("NullAway.Init") // the server is there once it has started
    Loop(Shared shared, HttpServerOptions options) {
        this.shared = shared;
        this.options = options;
        this.connections =
                new Connections(shared.connections(), shared.settings().limits());
        this.dispatch = new Dispatch(this, shared);
    }

    @Override
    public Future<?> start() {
        shared.topics().forEach(topic -> topics.put(topic.name(), new TopicView(topic, context)));
        tick();
        vertx.setPeriodic(TICK_MILLIS, unused -> {
            tick();
            connections.check(now);
            List.copyOf(stalls).forEach(Stall::check);
        });
        vertx.setPeriodic(KEEP_ALIVE_MILLIS, unused -> topics.values().forEach(TopicView::keepAlive));
        server = vertx.createHttpServer(options)
                .connectionHandler(connection -> connections.opened(connection, now))
                .exceptionHandler(unused -> {})
                .requestHandler(this::handle);
        return server.listen().onSuccess(listening -> shared.listening(listening.actualPort()));
    }

    @Override
    public Future<?> stop() {
        topics.values().forEach(TopicView::close);
        return server.close();
    }

    private void tick() {
        now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void handle(HttpServerRequest request) {
        dispatch.handle(new Exchange(request), connections.asked(request.connection(), now));
    }

    /** Milliseconds of a clock that never goes back; a quarter of a second exact. */
    long now() {
        return now;
    }

    Context context() {
        return context;
    }

    Map<String, TopicView> topics() {
        return topics;
    }

    HttpSettings.Limits limits() {
        return shared.settings().limits();
    }

    HttpMetrics metrics() {
        return shared.metrics();
    }

    void watch(Stall stall) {
        stalls.add(stall);
    }

    void unwatch(Stall stall) {
        stalls.remove(stall);
    }

    /** Runs something later, by this loop; the number is for {@link #cancel}. */
    long later(long millis, Runnable work) {
        return vertx.setTimer(Math.max(1, millis), unused -> work.run());
    }

    void cancel(long timer) {
        vertx.cancelTimer(timer);
    }
}
