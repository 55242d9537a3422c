package lvc.acceptance.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that asks at a fixed rate, whether answers come or not, and counts from when a question was due: a server that
 * stops for a while is not spared the questions it kept waiting. Prints how long answers took.
 */
final class OpenLoop {
    private static final long SECOND = 1_000_000_000;
    private static final int WARM_SECONDS = 3;
    private static final int SECONDS = 10;

    private final Deque<Long>[] due;
    private final NetSocket[] sockets;
    private final long[] took;
    private int answered;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of queues, one for each connection
    private OpenLoop(int connections, int questions) {
        this.due = new Deque[connections];
        this.sockets = new NetSocket[connections];
        this.took = new long[questions];
    }

    static List<String> command(String address, String path, int keys, int connections, int rate) {
        return List.of(
                Child.java(),
                "-XX:+UseG1GC",
                "-cp",
                Child.path("cli", "acceptance", "target", "test-classes")
                        + System.getProperty("path.separator")
                        + Child.path("cli", "app", "target", "lib", "*"),
                OpenLoop.class.getName(),
                address,
                path,
                Integer.toString(keys),
                Integer.toString(connections),
                Integer.toString(rate));
    }

    /**
     * Measures.
     *
     * @param args address, path before the key, number of keys, of connections, and questions a second
     */
    public static void main(String[] args) {
        int rate = Integer.parseInt(args[4]);
        int connections = Integer.parseInt(args[3]);
        OpenLoop loop = new OpenLoop(connections, rate * (WARM_SECONDS + SECONDS));
        loop.run(URI.create(args[0]), args[1], Integer.parseInt(args[2]), rate);
    }

    private void run(URI server, String path, int keys, int rate) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        for (int i = 0; i < sockets.length; i++) {
            int own = i;
            due[i] = new ArrayDeque<>();
            sockets[i] = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true))
                    .connect(server.getPort(), server.getHost())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            sockets[i].handler(part -> hear(own, part));
        }
        long begin = System.nanoTime();
        for (int i = 0; i < took.length; i++) {
            long at = begin + i * SECOND / rate;
            while (System.nanoTime() < at) {
                LockSupport.parkNanos(20_000);
            }
            int socket = i % sockets.length;
            synchronized (due[socket]) {
                due[socket].add(at);
            }
            String key = String.format(
                    Locale.ROOT, "u%07d.com", ThreadLocalRandom.current().nextInt(keys));
            sockets[socket].write("GET " + path + key + " HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        while (answered() < took.length) {
            LockSupport.parkNanos(1_000_000);
        }
        long[] sorted = Arrays.copyOfRange(took, rate * WARM_SECONDS, took.length);
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms%n",
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[(int) (sorted.length * 0.999)] / 1e6);
        System.exit(0);
    }

    private synchronized int answered() {
        return answered;
    }

    /** Every answer begins once with its status line, and no value has one in it. */
    private void hear(int socket, Buffer part) {
        String text = part.toString(StandardCharsets.ISO_8859_1);
        long now = System.nanoTime();
        for (int at = text.indexOf("HTTP/1.1 200"); at >= 0; at = text.indexOf("HTTP/1.1 200", at + 1)) {
            long asked;
            synchronized (due[socket]) {
                asked = due[socket].remove();
            }
            synchronized (this) {
                took[answered++] = now - asked;
            }
        }
    }
}
