package lvc.adapter.kube;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One forwarded connection, between a real socket and a WebSocket that is as touchy as that of the JDK. */
class TunnelTest {
    private static final int SECONDS = 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final BusyWeb web = new BusyWeb();
    private SocketChannel client;
    private SocketChannel inside;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            client = SocketChannel.open(server.getLocalAddress());
            inside = server.accept();
        }
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        inside.close();
        threads.shutdownNow();
    }

    @Test
    void whatIsWrittenFasterThanItIsSentArrivesWhole() throws Exception {
        byte[] much = new byte[1 << 20];
        new Random(1).nextBytes(much);
        open();

        ByteBuffer buffer = ByteBuffer.wrap(much);
        while (buffer.hasRemaining()) {
            client.write(buffer);
        }
        client.close();

        assertThat(ended.get(SECONDS, TimeUnit.SECONDS)).isEmpty();
        assertThat(web.sent.toByteArray()).isEqualTo(much);
        assertThat(web.closed.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(1000);
    }

    @Test
    void numbersOfPortsAreNoDataAndWhatGoesWrongIsSaid() throws Exception {
        Tunnel tunnel = open();

        tunnel.onMessage(web, message(0, "pp"));
        tunnel.onMessage(web, message(1, "pp"));
        tunnel.onMessage(web, message(0, "hello"));
        ByteBuffer read = ByteBuffer.allocate(5);
        while (read.hasRemaining() && client.read(read) >= 0) {
            // All of it is awaited.
        }
        tunnel.onMessage(web, message(1, "connection refused\n"));

        assertThat(new String(read.array(), StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(ended.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("connection refused");
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void apiServerThatIsAwayEndsIt() throws Exception {
        Tunnel.open(
                listener -> CompletableFuture.failedFuture(new ConnectException("Connection refused")),
                inside,
                threads,
                (tunnel, why) -> ended.complete(why));

        assertThat(ended.get(SECONDS, TimeUnit.SECONDS))
                .isEqualTo("the API server did not answer: ConnectException: Connection refused");
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    private Tunnel open() {
        Tunnel tunnel = Tunnel.open(
                listener -> CompletableFuture.completedFuture(web),
                inside,
                threads,
                (self, why) -> ended.complete(why));
        tunnel.onOpen(web);
        return tunnel;
    }

    private static ByteBuffer message(int channel, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + bytes.length)
                .put((byte) channel)
                .put(bytes)
                .flip();
    }

    /** Takes a message only when the one before is gone, and is busy with each for a while. */
    private static final class BusyWeb implements WebSocket {
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private long looks;
        private int waiting;

        @Override
        public boolean send(ByteBuffer message) {
            if (waiting > 0) {
                return false;
            }
            assertThat(message.get()).isZero();
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            sent.writeBytes(bytes);
            waiting = bytes.length;
            return true;
        }

        @Override
        public long queueSize() {
            looks++;
            if (looks % 3 == 0) {
                waiting = 0;
            }
            return waiting;
        }

        @Override
        public boolean sendClose(int code, String reason) {
            return closed.complete(code);
        }

        @Override
        public void request() {
            // Messages come when the test says so.
        }
    }
}
