package lvc.adapter.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A port on 127.0.0.1 that leads to a port of a pod. Every connection is led there by itself, so that the port outlives the
 * pod when another one takes its name, and the API server when it comes back. Only closing ends it.
 */
final class PodPort implements AutoCloseable {
    private static final long AGAIN_MILLIS = 100;

    private final Way way;
    private final Executor threads;
    private final Consumer<String> broken;
    private final Set<Tunnel> tunnels = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Void> accepted = new CompletableFuture<>();
    private volatile @Nullable ServerSocketChannel server;

    /** Leads a socket to the pod. */
    interface Way {
        Tunnel open(SocketChannel socket, BiConsumer<Tunnel, String> ended);
    }

    /** @param broken told why a connection did not get to the pod or did not stay there */
    PodPort(Way way, Executor threads, Consumer<String> broken) {
        this.way = way;
        this.threads = threads;
        this.broken = broken;
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for any that is free
     * @return the port; empty when somebody else listens there
     */
    Optional<Integer> listen(int port) {
        Optional<ServerSocketChannel> bound = bind(port);
        bound.ifPresent(own -> {
            server = own;
            threads.execute(() -> {
                try {
                    accept(own);
                } finally {
                    accepted.complete(null);
                }
            });
        });
        return bound.map(own -> own.socket().getLocalPort());
    }

    /** Begins to listen as soon as whoever has the port lets go of it. */
    void listenOnceFree(int port) {
        threads.execute(() -> {
            while (!pausedUntilClosed() && listen(port).isEmpty()) {
                // Nobody tells when a port gets free.
            }
            if (closed.getCount() == 0) {
                close();
            }
        });
    }

    private static Optional<ServerSocketChannel> bind(int port) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                return Optional.of(channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            } catch (BindException taken) {
                channel.close();
                return Optional.empty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocketChannel own) {
        while (own.isOpen()) {
            try {
                SocketChannel socket = own.accept();
                Tunnel tunnel = way.open(socket, this::ended);
                tunnels.add(tunnel);
                if (tunnel.isOver()) {
                    tunnels.remove(tunnel);
                }
            } catch (IOException e) {
                // Closed; or this process has no sockets left, which passes.
                if (pausedUntilClosed()) {
                    return;
                }
            }
        }
    }

    private void ended(Tunnel tunnel, String why) {
        tunnels.remove(tunnel);
        if (!why.isEmpty()) {
            broken.accept(why);
        }
    }

    private boolean pausedUntilClosed() {
        try {
            return closed.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** When it returns, nobody can connect any more. */
    @Override
    public void close() {
        closed.countDown();
        ServerSocketChannel own = server;
        if (own != null) {
            try {
                own.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            // The system goes on to take connections for as long as a thread waits for one.
            accepted.join();
        }
        tunnels.forEach(Tunnel::close);
    }
}
