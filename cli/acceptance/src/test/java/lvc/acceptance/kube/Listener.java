package lvc.acceptance.kube;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port of the loopback interface where somebody listens who does with each connection what a test wants. */
final class Listener implements AutoCloseable {
    private final ServerSocket server;

    /** What is done with a connection; it ends when this returns. */
    interface Conversation {
        void hold(InputStream in, OutputStream out) throws IOException;
    }

    Listener(Conversation conversation) {
        this(0, conversation);
    }

    Listener(int port, Conversation conversation) {
        try {
            server = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(() -> accept(conversation));
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept(Conversation conversation) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                start(() -> converse(socket, conversation));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private static void converse(Socket socket, Conversation conversation) {
        try (socket) {
            conversation.hold(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            // The other side has had enough.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "listener");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
