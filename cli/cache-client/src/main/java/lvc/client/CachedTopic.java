package lvc.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One topic of a cache. May be used by several threads. */
public final class CachedTopic {
    private static final int NOT_FOUND = 404;
    private static final int KIND = 100;
    private static final int SUCCESS = 2;
    /** What a cache grants, in milliseconds; it refuses to wait for longer. */
    private static final long LONGEST_WAIT = 30_000;

    private final Http http;
    private final Patience patience;
    private final String path;
    private final String writePath;
    private final String name;
    private final Set<Subscription> open;

    CachedTopic(Http http, Patience patience, String name, Set<Subscription> open) {
        this.http = http;
        this.patience = patience;
        this.name = name;
        this.path = "/v2/topics/" + Http.encoded(Bytes.of(name));
        this.writePath = "/topics/" + Http.encoded(Bytes.of(name)) + "/messages?sync&key=";
        this.open = open;
    }

    /**
     * The value of a key; empty when it has none.
     *
     * @throws CacheException when the cache answered something else: it may not be ready
     */
    public Optional<Value> get(String key) throws IOException, InterruptedException {
        return get(Bytes.of(key), "");
    }

    /** The same of a key that is no text. */
    public Optional<Value> get(Bytes key) throws IOException, InterruptedException {
        return get(key, "");
    }

    /**
     * The value of a key once the cache has what was written.
     *
     * @throws CacheException with status 412 when it has not in time
     */
    public Optional<Value> get(String key, Written atLeast) throws IOException, InterruptedException {
        return get(
                Bytes.of(key),
                "?min-offsets=" + atLeast.offsets() + "&timeout="
                        + Math.min(http.timeout().toMillis() / 2, LONGEST_WAIT) + "ms");
    }

    private Optional<Value> get(Bytes key, String query) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                http.request(path + "/values/" + Http.encoded(key) + query).build(), BodyHandlers.ofByteArray());
        HttpHeaders headers = answer.headers();
        if (answer.statusCode() == NOT_FOUND && headers.firstValue("lvc-topic").isPresent()) {
            return Optional.empty();
        }
        if (answer.statusCode() != Http.OK) {
            throw Http.refusal(answer.statusCode(), answer.body());
        }
        return Optional.of(new Value(
                Bytes.of(answer.body()),
                Integer.parseInt(headers.firstValue("lvc-partition").orElseThrow()),
                headers.firstValueAsLong("lvc-offset").orElseThrow(),
                headers.firstValue("lvc-timestamp").map(Instant::parse).orElse(Value.NO_TIME)));
    }

    /** Writes a value, if the cache takes writes, and returns where it is. */
    public Written put(String key, String value) throws IOException, InterruptedException {
        return put(Bytes.of(key), Bytes.of(value));
    }

    /** The same of bytes that are no text. */
    public Written put(Bytes key, Bytes value) throws IOException, InterruptedException {
        return write("POST", key, BodyPublishers.ofByteArray(value.toArray()));
    }

    /** Deletes a key, if the cache takes writes, and returns where the record is that says so. */
    public Written delete(Bytes key) throws IOException, InterruptedException {
        return write("DELETE", key, BodyPublishers.noBody());
    }

    private Written write(String method, Bytes key, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = http.writing(writePath + Http.encoded(key))
                .header("content-type", "application/octet-stream")
                .method(method, body)
                .build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() / KIND != SUCCESS) {
            throw Http.refusal(answer.statusCode(), answer.body());
        }
        JsonNode json = Http.JSON.readTree(answer.body());
        return new Written(json.path("partition").asInt(), json.path("offset").asLong());
    }

    /** Tells all values there are, and then what changes: without a gap, also when the cache is away for a while. */
    public Subscription snapshotAndSubscribe(Updates updates) {
        return subscribe("", updates, false);
    }

    /** The same of keys that begin so. */
    public Subscription snapshotAndSubscribe(String prefix, Updates updates) {
        return subscribe("?prefix=" + Http.encoded(Bytes.of(prefix)), updates, false);
    }

    /** Tells what changes from now on. Should the cache not know any more what has changed, it tells all values. */
    public Subscription onUpdate(Updates updates) {
        return subscribe("", updates, true);
    }

    /** Runs something once, when the topic is loaded. */
    public Subscription onReady(Runnable work) {
        return begun(new Subscription(patience, open, new ReadyWait(this::state, work)));
    }

    private Subscription subscribe(String query, Updates updates, boolean onlyChanges) {
        ChangeStream stream = new ChangeStream(http, path + "/changes" + query, updates);
        if (onlyChanges) {
            stream.from(this::state);
        }
        return begun(new Subscription(patience, open, stream));
    }

    private static Subscription begun(Subscription subscription) {
        subscription.begin();
        return subscription;
    }

    /** What the cache says about the topic. */
    private JsonNode state() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(http.request("/v2/topics").build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != Http.OK) {
            throw Http.refusal(answer.statusCode(), answer.body());
        }
        for (JsonNode topic : Http.JSON.readTree(answer.body()).path("topics")) {
            if (topic.path("topic").asText().equals(name)) {
                return topic;
            }
        }
        throw new CacheException(NOT_FOUND, "the cache serves no topic '" + name + "'");
    }
}
