package lvc.acceptance.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at served values over HTTP in two ways at once, one key after the other and as one who follows all changes, and
 * writes down what must not be: a value older than one that was seen, and a key gone that nobody has deleted. What a
 * {@link Writer} writes counts up.
 */
final class Onlooker implements AutoCloseable {
    private static final int MOST = 20;
    private static final int OK = 200;
    private static final int ABSENT = 404;
    private static final long REST_NANOS = 1_000_000;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String topic;
    private final int keys;
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final Set<String> freshness = ConcurrentHashMap.newKeySet();
    private final Set<String> events = ConcurrentHashMap.newKeySet();
    private final Map<String, String> followed = new ConcurrentHashMap<>();
    private final Map<String, Long> seenFollowing = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final InputStream stream;
    private final List<Thread> threads = List.of(new Thread(this::look), new Thread(this::follow));

    /**
     * Begins to look.
     *
     * @param topic address of a topic, as in {@code http://127.0.0.1:8080/v2/topics/primary}
     * @param keys how many keys there are that begin with {@code stay-}, which nobody deletes
     */
    Onlooker(String topic, int keys) {
        this.topic = topic;
        this.keys = keys;
        this.stream = get("/changes", BodyHandlers.ofInputStream()).body();
        threads.forEach(Thread::start);
    }

    /** What must not be. */
    List<String> wrong() {
        return wrong;
    }

    /** All that answers said of how fresh they are. */
    Set<String> freshness() {
        return freshness;
    }

    /** Kinds of the events that one was sent who follows. */
    Set<String> events() {
        return events;
    }

    /** What one has who follows all changes. */
    Map<String, String> followed() {
        return new TreeMap<>(followed);
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(topic + path)).build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void look() {
        Map<String, Long> seen = new HashMap<>();
        Random dice = new Random(1);
        while (open()) {
            String key = (dice.nextBoolean() ? "stay-" : "one-") + dice.nextInt(keys);
            HttpResponse<String> answer = get("/values/" + key, BodyHandlers.ofString());
            freshness.add(
                    answer.headers().firstValue("lvc-freshness").orElse("none").split(";", -1)[0]);
            if (answer.statusCode() == OK) {
                note("looked at", seen, key, answer.body());
            } else if (answer.statusCode() != ABSENT || key.startsWith("stay-")) {
                wrong("looked at " + key + " and got " + answer.statusCode() + " " + answer.body());
            }
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private void follow() {
        String event = "";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    event = line.substring("event:".length()).strip();
                    events.add(event);
                } else if (line.startsWith("data:")) {
                    told(event, json.readTree(line.substring("data:".length())));
                }
            }
            wrong("the stream ended");
        } catch (IOException e) {
            if (open()) {
                wrong("the stream broke: " + e);
            }
        }
    }

    private void told(String event, JsonNode data) {
        String key = data.path("key").asText();
        if (event.equals("value")) {
            String value = data.path("value").asText();
            note("followed", seenFollowing, key, value);
            followed.put(key, value);
        } else if (event.equals("delete")) {
            followed.remove(key);
            if (key.startsWith("stay-")) {
                wrong("followed: " + key + " was deleted");
            }
        }
    }

    private void note(String how, Map<String, Long> seen, String key, String value) {
        long number = Long.parseLong(value.substring(1));
        Long before = seen.put(key, number);
        if (before != null && number < before) {
            wrong(how + ": " + key + " was v" + before + " and then v" + number);
        }
    }

    private void wrong(String what) {
        if (open() && wrong.size() < MOST) {
            wrong.add(what);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            stream.close();
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
