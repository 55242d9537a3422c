package lvc.cache.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the server is told when it starts.
 *
 * @param host to listen on
 * @param port to listen on; 0 for any that is free
 * @param readToken that whoever reads has to bring
 * @param writeToken that whoever writes has to bring
 * @param tls how it shows who it is; absent to speak plain HTTP
 * @param v1Topic which topic the paths of version 1 are of; needed only when several are served
 * @param v1Open whether version 1, whose clients cannot bring a token, needs none even where others reach it
 * @param limits that keep one client from harming the others
 */
public record HttpSettings(
        String host,
        int port,
        Optional<String> readToken,
        Optional<String> writeToken,
        Optional<Tls> tls,
        Optional<String> v1Topic,
        boolean v1Open,
        Limits limits) {
    private static final int LAST_PORT = 65_535;

    /**
     * PEM files.
     *
     * @param certificate chain, its own first
     * @param key of the certificate
     */
    public record Tls(Path certificate, Path key) {}

    /**
     * What one request, one client and all of them together may take.
     *
     * @param header bytes of all headers of a request
     * @param requestLine bytes of the first line of a request, the key included
     * @param body bytes of a value that is written
     * @param connections at a time
     * @param streamsPerClient changes that one address may follow at a time
     * @param requestHead how long a new connection may take to send the head of its first request
     * @param idle how long a connection may be without a whole request
     * @param stall how long a reader may take nothing of what is ready for it
     * @param patience how long a request may ask to wait for offsets
     */
    public record Limits(
            int header,
            int requestLine,
            int body,
            int connections,
            int streamsPerClient,
            Duration requestHead,
            Duration idle,
            Duration stall,
            Duration patience) {
        /** What is enough for most. */
        public static final Limits USUAL = new Limits(
                16 << 10,
                16 << 10,
                1 << 20,
                20_000,
                200,
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));

        /** Refuses what could not work. */
        public Limits {
            positive("header", header);
            positive("request line", requestLine);
            positive("body", body);
            positive("connections", connections);
            positive("streams of a client", streamsPerClient);
            positive("time for a request's head", requestHead.toMillis());
            positive("time without a request", idle.toMillis());
            positive("time without progress", stall.toMillis());
            positive("time to wait for offsets", patience.toMillis());
        }

        private static void positive(String what, long value) {
            if (value <= 0) {
                throw new IllegalArgumentException("limit of " + what + " must be more than 0, not " + value);
            }
        }
    }

    /** Refuses what could not work. */
    public HttpSettings {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("port must be 0 to " + LAST_PORT + ", not " + port);
        }
        if (readToken.filter(String::isBlank).isPresent()
                || writeToken.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("a token must not be blank");
        }
    }

    /** On this machine only, without tokens. */
    public static HttpSettings loopback() {
        return new HttpSettings(
                "127.0.0.1",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Limits.USUAL);
    }

    /** The same with other limits. */
    public HttpSettings with(Limits others) {
        return new HttpSettings(host, port, readToken, writeToken, tls, v1Topic, v1Open, others);
    }

    /** The same with tokens. */
    public HttpSettings withTokens(Optional<String> read, Optional<String> write) {
        return new HttpSettings(host, port, read, write, tls, v1Topic, v1Open, limits);
    }

    /** The same over TLS. */
    public HttpSettings with(Tls files) {
        return new HttpSettings(host, port, readToken, writeToken, Optional.of(files), v1Topic, v1Open, limits);
    }

    /** The same with a topic for version 1, and whether it is open. */
    public HttpSettings withV1(Optional<String> topic, boolean open) {
        return new HttpSettings(host, port, readToken, writeToken, tls, topic, open, limits);
    }

    /** Whether only this machine can reach it. */
    public boolean onLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("cannot listen on " + host + ": no such host", e);
        }
    }

    @Override
    public String toString() {
        return "HttpSettings[" + host + ":" + port + ", readToken=" + (readToken.isPresent() ? "set" : "none")
                + ", writeToken=" + (writeToken.isPresent() ? "set" : "none") + ", tls=" + tls + ", v1Topic=" + v1Topic
                + ", v1Open=" + v1Open + ", " + limits + "]";
    }
}
