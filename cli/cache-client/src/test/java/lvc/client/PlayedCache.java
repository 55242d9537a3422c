package lvc.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers as a cache does, with what the test says. */
final class PlayedCache implements AutoCloseable {
    private static final String END = "END";

    /** What came in. */
    record Request(String method, String uri, String body, Map<String, List<String>> headers) {
        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    /** What goes out. */
    record Answer(int status, Map<String, String> headers, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<String> stream = new LinkedBlockingQueue<>();

    PlayedCache() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String uri = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(exchange.getRequestMethod(), uri, body, exchange.getRequestHeaders()));
        if (uri.contains("/changes")) {
            exchange.sendResponseHeaders(200, 0);
            play(exchange.getResponseBody());
            exchange.close();
            return;
        }
        Answer answer = answers.getOrDefault(uri, new Answer(404, Map.of(), ""));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void play(OutputStream out) throws IOException {
        try {
            for (String text = stream.take(); !text.equals(END); text = stream.take()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    void answers(String uri, Answer answer) {
        answers.put(uri, answer);
    }

    /** Goes to whoever reads the stream, or will. */
    void streams(String... events) {
        stream.addAll(List.of(events));
    }

    void endsTheStream() {
        stream.add(END);
    }

    List<Request> requests() {
        return requests;
    }

    static String value(String key, String value, int offset) {
        return "event: value\nid: 0:" + offset + "@A\ndata: {\"key\":\"" + key + "\",\"value\":\"" + value
                + "\",\"offset\":" + offset + ",\"partition\":0,\"timestamp\":\"2026-01-02T03:04:05.006Z\"}\n\n";
    }

    static String inSnapshot(String key, String value) {
        return value(key, value, 0).replace("id: 0:0@A\n", "");
    }

    static String begin() {
        return "event: snapshot-begin\ndata: {\"position\":\"0:9@A\",\"keys\":1}\n\n";
    }

    static String end(String position) {
        return "event: snapshot-end\nid: " + position + "\ndata: {\"position\":\"" + position + "\"}\n\n";
    }

    @Override
    public void close() {
        endsTheStream();
        server.stop(0);
        threads.shutdownNow();
    }
}
