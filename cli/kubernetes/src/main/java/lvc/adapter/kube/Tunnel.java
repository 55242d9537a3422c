package lvc.adapter.kube;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a port of a pod: a socket of this machine, and a WebSocket to the API server, which leads it on to the
 * pod's node. When one of the two ends, so does the other.
 *
 * <p>The client library has its own of these. Together with the HTTP client of the JDK it drops without a word what is
 * written while the network is busy, and it keeps the WebSocket when the socket has ended.
 *
 * <p>The subprotocol puts the number of a channel before every message: 0 is for data, 1 for what went wrong. The first
 * message of each channel is the number of the port.
 */
final class Tunnel implements WebSocket.Listener, AutoCloseable {
    private static final String PROTOCOL = "v4.channel.k8s.io";
    private static final byte DATA = 0;
    private static final int GREETINGS = 2;
    private static final int CHUNK = 32 << 10;
    private static final long BUSY_NANOS = 200_000;
    private static final int NORMAL = 1000;

    private final SocketChannel socket;
    private final Executor threads;
    private final BiConsumer<Tunnel, String> ended;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable WebSocket web;
    private int greetings;

    private Tunnel(SocketChannel socket, Executor threads, BiConsumer<Tunnel, String> ended) {
        this.socket = socket;
        this.threads = threads;
        this.ended = ended;
    }

    /**
     * Begins to lead a socket to a pod; what is written to it meanwhile waits.
     *
     * @param port opens the WebSocket
     * @param ended told once, with what went wrong, or with nothing when one side had simply had enough
     */
    static Tunnel open(
            Function<WebSocket.Listener, CompletableFuture<WebSocket>> port,
            SocketChannel socket,
            Executor threads,
            BiConsumer<Tunnel, String> ended) {
        Tunnel tunnel = new Tunnel(socket, threads, ended);
        CompletableFuture<WebSocket> unused = port.apply(tunnel).whenComplete((opened, failure) -> {
            if (failure != null) {
                tunnel.end(reason(failure));
            }
        });
        return tunnel;
    }

    /** How the WebSocket to a port of a pod is opened. */
    static Function<WebSocket.Listener, CompletableFuture<WebSocket>> to(HttpClient http, URI port) {
        return tunnel ->
                http.newWebSocketBuilder().uri(port).subprotocol(PROTOCOL).buildAsync(tunnel);
    }

    @Override
    public void onOpen(WebSocket opened) {
        web = opened;
        if (over.get()) {
            opened.sendClose(NORMAL, "");
            return;
        }
        threads.execute(() -> pump(opened));
    }

    private void pump(WebSocket to) {
        ByteBuffer buffer = ByteBuffer.allocate(1 + CHUNK);
        try {
            while (!over.get()) {
                buffer.clear().put(DATA);
                if (socket.read(buffer) < 0) {
                    end("");
                } else {
                    buffer.flip();
                    send(to, buffer);
                }
            }
        } catch (IOException e) {
            end("");
        }
    }

    /** One message at a time: what is sent before the last one is gone is lost, and nobody tells when it is gone. */
    private void send(WebSocket to, ByteBuffer message) {
        while (to.queueSize() > 0 && !over.get()) {
            LockSupport.parkNanos(BUSY_NANOS);
        }
        if (!to.send(message)) {
            end("the API server ended the connection");
        }
    }

    @Override
    public void onMessage(WebSocket from, ByteBuffer message) {
        if (greetings < GREETINGS) {
            greetings++;
            from.request();
        } else if (message.get() == DATA) {
            // The next one is asked for when this one is written: messages stay in order, and no more than one waits.
            threads.execute(() -> write(from, message));
        } else {
            byte[] text = new byte[message.remaining()];
            message.get(text);
            end(new String(text, StandardCharsets.UTF_8).strip());
        }
    }

    private void write(WebSocket from, ByteBuffer message) {
        try {
            while (message.hasRemaining()) {
                socket.write(message);
            }
            from.request();
        } catch (IOException e) {
            end("");
        }
    }

    @Override
    public void onClose(WebSocket from, int code, String said) {
        end("");
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        end(reason(failure));
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof WebSocketHandshakeException refused)) {
            return "the API server did not answer: " + KubeFaults.cause(cause);
        }
        int status = refused.getResponse().code();
        return switch (status) {
            case KubeFaults.NOT_FOUND -> "there is no such pod";
            case KubeFaults.UNAUTHORIZED, KubeFaults.FORBIDDEN -> "this user has no right to pods/portforward";
            default -> "the API server refused with status " + status;
        };
    }

    boolean isOver() {
        return over.get();
    }

    /** Ends it from this side. */
    @Override
    public void close() {
        end("");
    }

    private void end(String why) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        // Whoever sees the socket end can already know why.
        ended.accept(this, why);
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use to anybody any more, closed or not.
        }
        WebSocket opened = web;
        if (opened != null) {
            opened.sendClose(NORMAL, "");
        }
    }
}
