package lvc.adapter.redpanda;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A server that gives one answer to everything, or one for each path, and remembers what it was asked. */
final class FakeAdminApi implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    FakeAdminApi(int status, String body) throws IOException {
        this(status, path -> body);
    }

    /** @param bodies by path */
    FakeAdminApi(Map<String, String> bodies) throws IOException {
        this(200, path -> bodies.getOrDefault(path, ""));
    }

    private FakeAdminApi(int status, UnaryOperator<String> bodies) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = bodies.apply(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + asked).strip());
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    AdminApi client() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new AdminApi(
                new AdminApi.Connection(List.of(address), Optional.empty(), Optional.empty()), Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
