package lvc.acceptance.recreate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A link that can be broken: a port on 127.0.0.1 that leads to another one. */
public final class Relay implements AutoCloseable {
    /** What the link does to those who use it, now and from now on. */
    public enum Way {
        /** All goes through. */
        PASS,
        /** Connections are reset, and so is every new one. */
        CUT,
        /** Nothing goes through and nothing ends; what was on its way arrives when the link passes again. */
        STALL,
        /** What is asked arrives and is done; instead of an answer comes the end of the stream. */
        HALF_CLOSE
    }

    private static final int BUFFER = 64 << 10;

    private final ServerSocket server;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private URI target = URI.create("tcp://127.0.0.1:0");
    private Way way = Way.PASS;

    private Relay(ServerSocket server) {
        this.server = server;
    }

    /** A link that leads nowhere yet. */
    public static Relay open() {
        try {
            Relay relay = new Relay(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
            start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    public int port() {
        return server.getLocalPort();
    }

    /**
     * Leads to somewhere else from now on.
     *
     * @param address {@code HOST:PORT}
     */
    public synchronized void leadTo(String address) {
        target = URI.create("tcp://" + address);
    }

    public synchronized void become(Way other) {
        way = other;
        pairs.forEach(pair -> pair.meet(other));
        notifyAll();
    }

    private synchronized Way way() {
        return way;
    }

    private synchronized URI target() {
        return target;
    }

    private synchronized void awaitPassage() throws InterruptedException {
        while (way == Way.STALL) {
            wait();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                Pair pair = new Pair(near, new Socket(target().getHost(), target().getPort()));
                pairs.add(pair);
                pair.meet(way());
                start(() -> pair.pump(near, pair.far));
                start(() -> pair.pump(pair.far, near));
            } catch (IOException e) {
                // Closed, or nobody listens there: whoever came meets a link that ends.
            }
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        become(Way.CUT);
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection of a client, and the one that was made for it. */
    private final class Pair {
        private final Socket near;
        private final Socket far;

        Pair(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void meet(Way now) {
            try {
                if (now == Way.CUT) {
                    near.setSoLinger(true, 0);
                    end();
                } else if (now == Way.HALF_CLOSE) {
                    near.shutdownOutput();
                }
            } catch (IOException e) {
                end();
            }
        }

        void pump(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    awaitPassage();
                    out.write(buffer, 0, read);
                }
                awaitPassage();
            } catch (IOException e) {
                // One of the two has ended, and so does the other.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (to == far || !near.isOutputShutdown()) {
                end();
            }
        }

        private void end() {
            pairs.remove(this);
            closeQuietly(near);
            closeQuietly(far);
        }

        private void closeQuietly(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use to anybody any more, closed or not.
            }
        }
    }
}
