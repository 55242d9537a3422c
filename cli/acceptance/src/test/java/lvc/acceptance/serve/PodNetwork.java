package lvc.acceptance.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The network of pods that are only played. The API server takes no loopback address for a pod, and nobody listens at the
 * one that it has; so HTTP clients that are made while this is open find a proxy on the way to the pods' port, which
 * answers for all pods. It keeps what each of them was told.
 */
final class PodNetwork extends ProxySelector implements AutoCloseable {
    /** Where pods listen. */
    static final int PORT = 8080;

    private final ObjectMapper json = new ObjectMapper();
    private final ProxySelector others = ProxySelector.getDefault();
    private final HttpServer server;
    private final List<Post> posts = new CopyOnWriteArrayList<>();

    /** What a pod was told in one update. */
    record Post(URI address, JsonNode body) {
        /** The values by key, in the order of the keys. */
        Map<String, String> changes() {
            Map<String, String> changes = new TreeMap<>();
            body.path("changes")
                    .forEach(each -> changes.put(
                            each.path("key").asText(), each.path("value").asText()));
            return changes;
        }
    }

    PodNetwork() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.start();
        ProxySelector.setDefault(this);
    }

    private void take(HttpExchange exchange) throws IOException {
        posts.add(new Post(exchange.getRequestURI(), json.readTree(exchange.getRequestBody())));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Override
    public List<Proxy> select(URI address) {
        return address.getPort() == PORT
                ? List.of(new Proxy(Proxy.Type.HTTP, server.getAddress()))
                : others.select(address);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException why) {
        others.connectFailed(address, proxy, why);
    }

    /** What a pod was told, oldest first. */
    List<Post> to(String ip) {
        return posts.stream()
                .filter(post -> post.address().getHost().equals(ip))
                .toList();
    }

    /** What a pod knows by that. */
    Map<String, String> values(String ip) {
        Map<String, String> values = new TreeMap<>();
        to(ip).forEach(post -> values.putAll(post.changes()));
        return values;
    }

    @Override
    public void close() {
        ProxySelector.setDefault(others);
        server.stop(0);
    }
}
