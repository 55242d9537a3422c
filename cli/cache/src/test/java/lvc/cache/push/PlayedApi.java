package lvc.cache.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** An API server that knows one Service. */
final class PlayedApi implements AutoCloseable {
    private static final String END = "";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Path token;
    private volatile String slices = "";
    private volatile int status = 200;
    private volatile boolean stalls;

    PlayedApi(Path folder) throws IOException {
        token = folder.resolve("token");
        Files.writeString(token, "secret\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        requests.add(exchange.getRequestHeaders().getFirst("authorization") + " " + exchange.getRequestURI());
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (query.contains("watch=1")) {
                for (String event = take(); !event.equals(END); event = take()) {
                    write(out, event + "\n");
                }
            } else if (stalls) {
                write(out, "{\"metadata\":");
                take();
            } else {
                write(out, "{\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[" + slices + "]}");
            }
        }
    }

    private String take() throws IOException {
        try {
            return events.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    KubernetesApi api() {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new KubernetesApi(base, token, HttpClient.newHttpClient());
    }

    /** A slice with one pod on this machine. */
    static String slice(String name, int port, String conditions) {
        return ("{\"metadata\":{\"name\":\"%s\"},\"ports\":[{\"port\":%d}],"
                        + "\"endpoints\":[{\"addresses\":[\"127.0.0.1\"],\"conditions\":%s}]}")
                .formatted(name, port, conditions);
    }

    /** What is listed from now on. */
    void has(String... all) {
        slices = String.join(",", all);
    }

    void answers(int newStatus) {
        status = newStatus;
    }

    /** Whether lists begin and do not go on, from now on. */
    void stalls(boolean newStalls) {
        stalls = newStalls;
    }

    void happens(String type, String object) {
        events.add("{\"type\":\"" + type + "\",\"object\":" + object + "}");
    }

    void endsTheWatch() {
        events.add(END);
    }

    void replacesToken(String text) throws IOException {
        Files.writeString(token, text);
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        endsTheWatch();
        server.stop(0);
        threads.shutdownNow();
    }
}
