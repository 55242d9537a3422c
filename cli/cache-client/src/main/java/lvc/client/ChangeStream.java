package lvc.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a topic. Remembers which keys were told, so that after a snapshot that had to be read again it can say
 * which of them are gone.
 */
final class ChangeStream implements Attempt {
    private final Http http;
    private final String path;
    private final Updates updates;
    private ReadyWait.@Nullable State start;
    private String position = "";
    private Set<Bytes> known = new HashSet<>();
    private @Nullable Set<Bytes> snapshot;

    ChangeStream(Http http, String path, Updates updates) {
        this.http = http;
        this.path = path;
        this.updates = updates;
    }

    /** Leaves out what is there when it begins. */
    void from(ReadyWait.State state) {
        start = state;
    }

    @Override
    public boolean run(Life life) throws IOException, InterruptedException {
        if (position.isEmpty() && start != null) {
            JsonNode state = start.ask();
            if (!state.path("ready").asBoolean()) {
                throw new IOException("not loaded yet");
            }
            position = state.path("position").asText();
        }
        HttpRequest.Builder request = http.request(path).header("accept", "text/event-stream");
        if (!position.isEmpty()) {
            request.header("last-event-id", position);
        }
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            if (answer.statusCode() != Http.OK) {
                throw Http.refusal(answer.statusCode(), in.readAllBytes());
            }
            life.holds(in);
            new ServerSentEvents().read(in, life::sign, this::take);
        } catch (UncheckedIOException e) {
            throw new IOException("the stream is not understood", e);
        } finally {
            if (snapshot != null) {
                known.addAll(snapshot);
                snapshot = null;
            }
        }
        throw new IOException("the cache ended the stream");
    }

    @Override
    public void failed(IOException why) {
        updates.disconnected(why);
    }

    private void take(ServerSentEvents.Event event) {
        if (!event.data().isEmpty()) {
            take(event.type(), parsed(event.data()));
        }
        if (!event.id().isEmpty()) {
            position = event.id();
        }
    }

    private void take(String type, JsonNode data) {
        switch (type) {
            case "snapshot-begin" -> snapshot = new HashSet<>();
            case "snapshot-end" -> complete();
            case "value" -> value(data);
            case "delete", "leave" -> deleted(bytes(data, "key"));
            case "freshness" -> updates.freshness(data.path("freshness").asText());
            default -> {
                // "resync" is followed by a snapshot, "conflated" by the newest values: both are told as what they are.
            }
        }
    }

    private void value(JsonNode data) {
        Bytes key = bytes(data, "key");
        (snapshot == null ? known : snapshot).add(key);
        updates.value(
                key,
                new Value(
                        bytes(data, "value"),
                        data.path("partition").asInt(),
                        data.path("offset").asLong(),
                        timestamp(data)));
    }

    private void deleted(Bytes key) {
        known.remove(key);
        updates.deleted(key);
    }

    private void complete() {
        if (snapshot != null) {
            Set<Bytes> gone = known;
            known = snapshot;
            snapshot = null;
            gone.removeAll(known);
            gone.forEach(updates::deleted);
        }
        updates.complete();
    }

    private static Instant timestamp(JsonNode data) {
        if (data.path("timestamp").isNull()) {
            return Value.NO_TIME;
        }
        try {
            return Instant.parse(data.path("timestamp").asText());
        } catch (DateTimeException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return Http.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes bytes(JsonNode data, String name) {
        JsonNode encoded = data.path(name + "Base64");
        try {
            return encoded.isMissingNode() ? Bytes.of(data.path(name).asText()) : Bytes.of(encoded.binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
