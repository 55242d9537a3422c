package lvc.cache.http;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import lvc.cache.topic.ServedTopic;

/** Serves topics over HTTP until it is closed. */
public final class CacheServer implements AutoCloseable {
    private static final int WORKERS = 4;
    /** Ask Vert.x for any free port, the same one for all event loops. */
    private static final int ANY_SHARED_PORT = -1;

    private final Vertx vertx;
    private final int port;

    private CacheServer(Vertx vertx, int port) {
        this.vertx = vertx;
        this.port = port;
    }

    /**
     * Starts to listen; returns when it does.
     *
     * @param writes how values are written; absent when they may not be
     * @param registry that what is measured is put into; served whole
     * @throws IllegalStateException when it cannot listen
     */
    public static CacheServer start(
            HttpSettings settings, List<ServedTopic> topics, Optional<Writes> writes, PrometheusRegistry registry) {
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setWorkerPoolSize(WORKERS)
                .setDisableTCCL(true));
        AtomicInteger connections = new AtomicInteger();
        Shared shared = new Shared(
                settings,
                List.copyOf(topics),
                writes,
                new HttpMetrics(registry, topics, connections),
                connections,
                new StreamCounts(settings.limits().streamsPerClient()),
                PageFiles.load(),
                new AtomicInteger());
        try {
            HttpServerOptions options = options(settings);
            vertx.deployVerticle(() -> new Loop(shared, options), new DeploymentOptions().setInstances(loops))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new CacheServer(vertx, shared.port().get());
        } catch (CompletionException e) {
            close(vertx);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": " + cause.getMessage(), cause);
        }
    }

    private static HttpServerOptions options(HttpSettings settings) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? ANY_SHARED_PORT : settings.port())
                .setTcpNoDelay(true)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxHeaderSize(settings.limits().header())
                .setMaxInitialLineLength(settings.limits().requestLine());
        settings.tls().ifPresent(files -> options.setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(files.certificate().toString())
                        .setKeyPath(files.key().toString())));
        return options;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Ends all connections and listens no more. */
    @Override
    public void close() {
        close(vertx);
    }

    private static void close(Vertx vertx) {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
