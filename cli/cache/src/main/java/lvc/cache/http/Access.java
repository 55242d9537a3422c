package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may ask for what. */
final class Access {
    private static final String BEARER = "bearer ";
    private static final String LOCALHOST = "localhost";
    private static final String CHALLENGE = "Bearer";
    /** What everybody has: for what tells nothing of values. */
    private static final byte[] NOTHING = {};

    private final byte @Nullable [] read;
    private final byte @Nullable [] write;
    private final byte @Nullable [] readV1;
    private final boolean local;

    Access(HttpSettings settings) {
        this.read = bytes(settings.readToken());
        this.write = bytes(settings.writeToken());
        this.local = settings.onLoopback();
        this.readV1 = settings.v1Open() || local ? null : read;
    }

    private static byte @Nullable [] bytes(Optional<String> token) {
        return token.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    /** Whether the request may go on; otherwise it is answered. */
    boolean grants(Exchange exchange) {
        byte[] wanted =
                switch (exchange.route) {
                    case WRITE -> write;
                    case V1_RAW, V1_KEYS, V1_VALUES, V1_OFFSET -> readV1;
                    case TOPICS, VALUE, LISTING, CHANGES, METRICS, Q_METRICS -> read;
                    case OPENAPI, HEALTH, HEALTH_READY, HEALTH_LIVE, PAGE, NONE -> NOTHING;
                };
        if (wanted == null) {
            return isForThisServer(exchange);
        }
        if (wanted.length == 0 || brings(exchange, wanted)) {
            return true;
        }
        exchange.response.putHeader("www-authenticate", CHALLENGE);
        Answers.error(
                exchange,
                HttpResponseStatus.UNAUTHORIZED,
                "not allowed",
                "this needs the " + (exchange.route == Route.WRITE ? "write" : "read") + " token of this server",
                "send it as Authorization: Bearer TOKEN");
        return false;
    }

    /**
     * Where this machine is asked nothing but that it is this machine: a page of another site that has its own name lead
     * here would have a visitor's browser read and write (DNS rebinding). An address is no name that can be led anywhere.
     */
    private boolean isForThisServer(Exchange exchange) {
        String host = exchange.request.getHeader(HttpHeaders.HOST);
        if (!local || host == null || isOfThisMachine(host)) {
            return true;
        }
        Answers.error(
                exchange,
                HttpResponseStatus.MISDIRECTED_REQUEST,
                "not for this server",
                "it was asked for as " + host + ", and is there for its own machine",
                "ask for it as localhost or by its address; for a name it wants a token for what you do");
        return false;
    }

    private static boolean isOfThisMachine(String host) {
        if (host.startsWith("[")) {
            return true;
        }
        int port = host.indexOf(':');
        String name = port < 0 ? host : host.substring(0, port);
        return name.chars().allMatch(each -> each == '.' || (each >= '0' && each <= '9'))
                || name.equalsIgnoreCase(LOCALHOST)
                || name.toLowerCase(Locale.ROOT).endsWith("." + LOCALHOST);
    }

    private static boolean brings(Exchange exchange, byte[] wanted) {
        String header = exchange.request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null
                || header.length() < BEARER.length()
                || !header.substring(0, BEARER.length())
                        .toLowerCase(Locale.ROOT)
                        .equals(BEARER)) {
            return false;
        }
        byte[] brought = header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(brought, wanted);
    }

    /** Whether a page of another site had a browser send this. */
    static boolean fromElsewhere(Exchange exchange) {
        String origin = exchange.request.getHeader(HttpHeaders.ORIGIN);
        String host = exchange.request.getHeader(HttpHeaders.HOST);
        return origin != null && (host == null || !origin.endsWith("://" + host));
    }
}
