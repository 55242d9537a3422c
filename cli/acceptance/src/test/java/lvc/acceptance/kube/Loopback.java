package lvc.acceptance.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The interface of this machine that nobody else can reach: all real neighbours listen there. */
final class Loopback {
    static final String ADDRESS = "127.0.0.1";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Loopback() {}

    /** A port that nobody listens on. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nobody listens on a port. Connections that are still ending there count for nothing. */
    static boolean isFree(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host and port, as programs are told on their command lines. */
    static String at(int port) {
        return ADDRESS + ":" + port;
    }

    /** The address of what is at a port and speaks HTTP. */
    static URI http(int port) {
        return URI.create("http://" + at(port));
    }

    /** The HTTP status that an unnamed visitor is answered with. */
    static int status(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
