package lvc.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Speaks HTTP with the cache. */
final class Http {
    static final ObjectMapper JSON = new ObjectMapper();
    static final int OK = 200;
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~";

    private final URI base;
    private final Duration timeout;
    private final Supplier<Optional<String>> token;
    private final Supplier<Optional<String>> writeToken;
    private final HttpClient http;

    /**
     * Connects when something is asked for.
     *
     * @param token asked for with every read
     * @param writeToken asked for with every write; the one for reads is shown where there is none
     */
    Http(URI base, Duration timeout, Supplier<Optional<String>> token, Supplier<Optional<String>> writeToken) {
        this.base = base;
        this.timeout = timeout;
        this.token = token;
        this.writeToken = writeToken;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /** A request that knows where to, who asks and when to give up. */
    HttpRequest.Builder request(String pathAndQuery) {
        return request(pathAndQuery, token.get());
    }

    /** The same for a write. */
    HttpRequest.Builder writing(String pathAndQuery) {
        return request(pathAndQuery, writeToken.get().or(token));
    }

    private HttpRequest.Builder request(String pathAndQuery, Optional<String> shown) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root() + pathAndQuery)).timeout(timeout);
        shown.ifPresent(secret -> request.header("authorization", "Bearer " + secret));
        return request;
    }

    private String root() {
        String text = base.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    Duration timeout() {
        return timeout;
    }

    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return http.send(request, body);
    }

    /** What an answer that is none means: the cache's own words, if it has some. */
    static CacheException refusal(int status, byte[] body) {
        String words = new String(body, StandardCharsets.UTF_8);
        try {
            JsonNode json = JSON.readTree(body);
            if (json.has("error")) {
                words = json.path("error").asText() + ": " + json.path("why").asText();
            }
        } catch (IOException e) {
            words = words.strip(); // Somebody else's words, who is on the way to the cache.
        }
        String what = words.isEmpty() ? "" : ": " + words;
        return new CacheException(status, "the cache answered " + status + what);
    }

    /** All bytes but letters, digits, and {@code - _ ~} as {@code %XX}; dots too where they would be a way upwards. */
    static String encoded(Bytes key) {
        byte[] bytes = key.toArray();
        boolean dots = key.text().equals(".") || key.text().equals("..");
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte one : bytes) {
            if (PLAIN.indexOf(one) >= 0 || (one == '.' && !dots)) {
                text.append((char) one);
            } else {
                text.append('%')
                        .append(Character.forDigit((one >> 4) & 0xf, 16))
                        .append(Character.forDigit(one & 0xf, 16));
            }
        }
        return text.toString();
    }
}
