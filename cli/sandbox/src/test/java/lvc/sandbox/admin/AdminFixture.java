package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Faults;

/** A running Admin API over fakes, and a client for it. */
final class AdminFixture implements AutoCloseable {

    final Instant created = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final ObjectMapper JSON = new ObjectMapper();

    final FakeTransforms transforms = new FakeTransforms();
    final FakeLogs logs = new FakeLogs();
    final Faults faults = new Faults();
    final ClusterConfig config = new ClusterConfig(faults);
    final AdminServer server;

    AdminFixture() throws IOException {
        this(AdminOptions.open(0));
    }

    AdminFixture(AdminOptions options) throws IOException {
        Node node = new Node(1, "0f4a", created, 9092, Path.of("."));
        server = AdminServer.bind(options, config, faults);
        server.serve(transforms, logs, (topic, partition) -> 640, node);
    }

    static AdminFixture withUser() throws IOException {
        return new AdminFixture(new AdminOptions(0, Optional.of(new AdminOptions.User("ada", "pass")), false));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    JsonNode getJson(String path) throws Exception {
        return json(get(path));
    }

    HttpResponse<String> put(String path, String body) throws Exception {
        return send(request(path).PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> post(String path) throws Exception {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.uri() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    static String message(HttpResponse<String> response) throws IOException {
        return json(response).path("message").asText();
    }

    @Override
    public void close() {
        server.close();
    }
}
