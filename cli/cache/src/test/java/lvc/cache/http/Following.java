package lvc.cache.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** A reader of a stream of events: written from the specification of EventSource, not from the server. */
final class Following implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Event END = new Event("end", null, JSON.createObjectNode());

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final HttpResponse<InputStream> answer;
    private volatile String lastId = "";

    /** One event. */
    record Event(String type, @Nullable String id, JsonNode data) {
        String key() {
            return data.path("key").asText();
        }

        String value() {
            return data.path("value").asText();
        }
    }

    Following(HttpResponse<InputStream> answer) {
        this.answer = answer;
        Thread reader = new Thread(this::read, "reader of events");
        reader.setDaemon(true);
        reader.start();
    }

    int status() {
        return answer.statusCode();
    }

    /** What the reader would come back with. */
    String lastId() {
        return lastId;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String type = "message";
            String id = null;
            String data = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    lastId = id == null ? lastId : id;
                    if (data != null) {
                        events.add(new Event(type, id, JSON.readTree(data)));
                    }
                    type = "message";
                    id = null;
                    data = null;
                } else if (line.startsWith("event: ")) {
                    type = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    data = line.substring("data: ".length());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The stream was cut: the end is told below.
        }
        events.add(END);
    }

    Event next() throws InterruptedException {
        Event event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("an event within ten seconds").isNotNull();
        return event;
    }

    /** The next one, which has to be of a type. */
    Event next(String type) throws InterruptedException {
        Event event = next();
        assertThat(event.type()).as("type of %s", event).isEqualTo(type);
        return event;
    }

    /** The next one of a type, whatever comes before. */
    Event skipTo(String type) throws InterruptedException {
        Event event = next();
        while (!event.type().equals(type)) {
            assertThat(event).as("still waiting for " + type).isNotSameAs(END);
            event = next();
        }
        return event;
    }

    boolean nothingWithin(long millis) throws InterruptedException {
        return events.poll(millis, TimeUnit.MILLISECONDS) == null;
    }

    @Override
    public void close() throws IOException {
        answer.body().close();
    }
}
