package lvc.cache.http;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lvc.cache.topic.ServedTopic;
import org.junit.jupiter.api.AfterEach;

/** A server on a free port of this machine, and a client. */
abstract class ServerTest {
    final PlayedTopic topic = PlayedTopic.ready("prices");
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int port;

    void start() {
        start(HttpSettings.loopback());
    }

    void start(HttpSettings settings, PlayedTopic... others) {
        List<ServedTopic> topics = new ArrayList<>(List.of(others));
        topics.add(0, topic);
        Writes writes = (name, key, value) -> {
            topic.put(key, value);
            return CompletableFuture.completedFuture(
                    new Writes.Written(0, topic.now().image().offsets().last(0)));
        };
        CacheServer server =
                CacheServer.start(settings, List.copyOf(topics), Optional.of(writes), new PrometheusRegistry());
        open.add(server);
        port = server.port();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    int port() {
        return port;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(method, path, headers), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest request(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        return headers.length == 0 ? request.build() : request.headers(headers).build();
    }

    /** Follows a stream until the test is over. */
    Following follow(String path, String... headers) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(request("GET", path, headers), HttpResponse.BodyHandlers.ofInputStream());
        Following following = new Following(answer);
        open.add(0, following);
        return following;
    }
}
