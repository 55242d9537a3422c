package lvc.adapter.redpanda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;

/**
 * Speaks HTTP with Redpanda's Admin API: tries one broker after the other, follows 307 to the controller leader, and
 * repeats what may be repeated. Errors come as {@code {"message":"...","code":n}}.
 */
public final class AdminApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REDIRECTS = 5;
    private static final int TRIES = 3;

    private final List<URI> brokers;
    private final boolean forwarded;
    private final AtomicInteger first = new AtomicInteger();
    private final HttpClient http;
    private final Duration timeout;
    private final Optional<String> authorization;

    /**
     * Where and as whom.
     *
     * @param brokers base addresses, scheme included
     * @param basicAuth user and password joined by a colon
     * @param tls how to recognise the brokers; absent uses what the JDK trusts
     * @param forwarded whether the addresses lead to brokers that know each other by other names
     */
    public record Connection(
            List<URI> brokers, Optional<String> basicAuth, Optional<SSLContext> tls, boolean forwarded) {

        /** To brokers that know each other by these addresses. */
        public Connection(List<URI> brokers, Optional<String> basicAuth, Optional<SSLContext> tls) {
            this(brokers, basicAuth, tls, false);
        }

        @Override
        public String toString() {
            return brokers.toString();
        }
    }

    /** Opens no connection yet. */
    public AdminApi(Connection connection, Duration timeout) {
        this.brokers = List.copyOf(connection.brokers());
        this.forwarded = connection.forwarded();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER);
        connection.tls().ifPresent(builder::sslContext);
        this.http = builder.build();
        this.timeout = timeout;
        this.authorization = connection
                .basicAuth()
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** The addresses, for messages. */
    public String where() {
        return String.join(",", brokers.stream().map(URI::toString).toList());
    }

    /** An answer of whatever status, read completely. */
    record Answer(int status, String body) {

        boolean ok() {
            return status / 100 == 2;
        }

        /** Whether asking again later may help: throttled, no leader, timed out. */
        boolean transientRefusal() {
            return status == 429 || status == 503 || status == 504;
        }

        JsonNode json(String what) {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw Fault.failed(
                                what, "the Admin API did not answer with JSON", "is this address an Admin API? --admin")
                        .causedBy(e);
            }
        }

        /** The text the broker gave for a refusal; cluster properties are refused by {@code {"name":"reason"}}. */
        String message() {
            try {
                JsonNode json = JSON.readTree(body);
                if (json.path("message").isTextual()) {
                    return json.path("message").textValue();
                }
                String reasons = json.properties().stream()
                        .filter(reason -> reason.getValue().isTextual())
                        .map(reason ->
                                reason.getKey() + ": " + reason.getValue().textValue())
                        .collect(Collectors.joining("; "));
                return reasons.isEmpty() ? "status " + status : reasons;
            } catch (JsonProcessingException e) {
                return "status " + status;
            }
        }
    }

    /** Reads; repeated as long as brokers are busy, at most for the timeout. */
    JsonNode get(String path, String what) {
        return demandOk(repeated("GET", path, Optional.empty(), what), what).json(what);
    }

    /** Reads a list; whatever else is answered, such as nothing at all, is no empty list. */
    JsonNode list(String path, String what) {
        JsonNode answer = get(path, what);
        if (!answer.isArray()) {
            throw Fault.failed(
                    what,
                    "the Admin API at " + where() + " did not answer with a list: " + answer,
                    "is this address an Admin API? --admin");
        }
        return answer;
    }

    /** Reads what this cluster may not know: empty on 404. */
    Optional<JsonNode> find(String path, String what) {
        Answer answer = repeated("GET", path, Optional.empty(), what);
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(demandOk(answer, what).json(what));
    }

    /** Sends what may safely be sent twice. */
    void send(String method, String path, Optional<JsonNode> body, String what) {
        Optional<byte[]> bytes = body.map(node -> node.toString().getBytes(StandardCharsets.UTF_8));
        demandOk(repeated(method, path, bytes, what), what);
    }

    /** Sends a body that is no JSON, and may safely be sent twice. */
    void sendText(String method, String path, byte[] body, String what) {
        demandOk(repeated(method, path, Optional.of(body), what), what);
    }

    /** Puts what may safely be put twice and reads the answer. */
    JsonNode put(String path, JsonNode body, String what) {
        return demandOk(putAnswer(path, body, what), what).json(what);
    }

    /** Puts what may safely be put twice, for those who want to know more of a refusal. */
    Answer putAnswer(String path, JsonNode body, String what) {
        return repeated("PUT", path, Optional.of(body.toString().getBytes(StandardCharsets.UTF_8)), what);
    }

    /**
     * Sends once, whatever happens.
     *
     * @throws IOException when it is not known what became of the request
     */
    Answer once(String method, String path, byte[] body, String what) throws IOException {
        return exchange(method, path, Optional.of(body), what, false);
    }

    /** Turns a refusal into a fault. */
    Answer demandOk(Answer answer, String what) {
        if (answer.ok()) {
            return answer;
        }
        if (answer.status() == 401 || answer.status() == 403) {
            throw Fault.unreachable(
                    what,
                    "the Admin API at " + where() + " refuses it to this user: " + answer.message(),
                    "set admin.user and admin.password-file in config.properties");
        }
        if (answer.transientRefusal()) {
            throw Fault.unreachable(what, "the Admin API at " + where() + " said: " + answer.message(), "lvc status");
        }
        throw Fault.failed(what, "the Admin API at " + where() + " said: " + answer.message(), "lvc status");
    }

    private Answer repeated(String method, String path, Optional<byte[]> body, String what) {
        RetryPolicy<Answer> policy = RetryPolicy.<Answer>builder()
                .handle(IOException.class)
                .handleResultIf(Answer::transientRefusal)
                .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .withMaxDuration(timeout)
                .withMaxRetries(-1)
                .build();
        try {
            return Failsafe.with(policy).get(() -> exchange(method, path, body, what, true));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new Pause.Interrupted();
            }
            throw unreachable(what, e.getCause() == null ? e : e.getCause());
        }
    }

    private Fault unreachable(String what, Throwable cause) {
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return Fault.unreachable(
                        what,
                        "no answer from the Admin API at " + where() + ": " + said,
                        "is the address right and the broker up? --admin, --timeout")
                .causedBy(cause);
    }

    /**
     * One request: to the first broker that answers, from there to whomever it names as leader.
     *
     * <p>Behind port-forwards names lead nowhere, or astray: a broker that is asked as 127.0.0.1, as it tells its own
     * clients, says that the leader is there too, at the port that was asked
     * (https://github.com/redpanda-data/redpanda, src/v/redpanda/admin/server.cc, redirect_to_leader). Then the other
     * addresses are asked, one after the other.
     *
     * @param again whether a broker that broke off may have done what was asked, and the next one is asked all the same
     */
    private Answer exchange(String method, String path, Optional<byte[]> body, String what, boolean again)
            throws IOException {
        Deque<URI> targets = new ArrayDeque<>(inTurn(path));
        Set<URI> redirects = new HashSet<>();
        IOException last = new IOException("no address given");
        // What may be asked again is: a connection whose other end has gone without a word ends nothing.
        Duration patience = again ? timeout.dividedBy(TRIES) : timeout;
        while (!targets.isEmpty()) {
            URI target = targets.pop();
            HttpResponse<String> response;
            try {
                response = http.send(request(method, target, body, patience), BodyHandlers.ofString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Pause.Interrupted();
            } catch (IOException e) {
                boolean unheard = e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
                if (!unheard && !again) {
                    throw e;
                }
                last = unheard ? new IOException("cannot connect to " + target.getAuthority(), e) : e;
                continue;
            }
            Optional<URI> leader = redirected(response, target);
            if (leader.isEmpty()) {
                prefer(target);
                return new Answer(response.statusCode(), response.body());
            }
            if (forwarded || leader.get().getAuthority().equals(target.getAuthority())) {
                last = new IOException("no broker that answers is the leader; are these the addresses of all of them?");
            } else if (redirects.size() < REDIRECTS && redirects.add(leader.get())) {
                targets.push(leader.get());
            } else {
                throw Fault.unreachable(
                        what, "the brokers send each other's requests round in a circle: " + redirects, "lvc status");
            }
        }
        throw last;
    }

    /** All addresses, the one first that answered last. */
    private List<URI> inTurn(String path) {
        int begin = first.get();
        return IntStream.range(0, brokers.size())
                .mapToObj(i -> brokers.get((begin + i) % brokers.size()).resolve(path))
                .toList();
    }

    private void prefer(URI answered) {
        for (int i = 0; i < brokers.size(); i++) {
            if (brokers.get(i).getAuthority().equals(answered.getAuthority())) {
                first.set(i);
            }
        }
    }

    private static Optional<URI> redirected(HttpResponse<String> response, URI asked) {
        return response.statusCode() == 307
                ? response.headers().firstValue("Location").map(asked::resolve)
                : Optional.empty();
    }

    private HttpRequest request(String method, URI target, Optional<byte[]> body, Duration patience) {
        BodyPublisher publisher = body.map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody());
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(patience)
                .header("Accept", "application/json")
                .method(method, publisher);
        body.ifPresent(bytes -> request.header("Content-Type", "application/json"));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }
}
