package lvc.cache.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who is told, and answers as the test says. */
final class PlayedTarget implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PLENTY = 1 << 20;

    /** What came in. */
    record Post(String path, Headers headers, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }

        Set<String> keys() {
            Set<String> keys = new TreeSet<>();
            json().path("updates").fieldNames().forEachRemaining(keys::add);
            return keys;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore answers = new Semaphore(PLENTY);
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private volatile boolean endless;
    private final AtomicInteger leftAlone = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    PlayedTarget() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        posts.add(new Post(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
        answers.acquireUninterruptibly();
        if (endless) {
            exchange.sendResponseHeaders(200, 0);
            trickle(exchange.getResponseBody());
        } else {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }

    private void trickle(OutputStream answer) {
        try {
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                answer.write(' ');
                answer.flush();
            }
        } catch (IOException e) {
            leftAlone.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many of its endless answers nobody listens to any more. */
    int leftAlone() {
        return leftAlone.get();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.getAddress().getPort();
    }

    void answers(int newStatus) {
        status = newStatus;
    }

    /** Answers begin and never end. */
    void answersWithoutEnd() {
        endless = true;
    }

    /** Nobody is answered until {@link #goesOn}. */
    void hangs() {
        answers.drainPermits();
    }

    void goesOn() {
        answers.release(PLENTY);
    }

    List<Post> posts() {
        return posts;
    }

    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        posts.forEach(post -> keys.addAll(post.keys()));
        return keys;
    }

    @Override
    public void close() {
        goesOn();
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
