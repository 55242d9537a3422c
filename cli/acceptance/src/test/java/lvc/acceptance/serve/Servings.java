package lvc.acceptance.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lvc.cache.ServeSettings;
import lvc.cache.Serving;

import static org.assertj.core.api.Assertions.assertThat;

/** A cache that is served within this process, on a free port. */
public final class Servings {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private Servings() {}

    /**
     * Starts one.
     *
     * @param connection what a Kafka client needs
     * @param settings that have other values than the built-in ones, by key
     */
    public static Serving start(Map<String, Object> connection, Map<String, String> settings, String... topics) {
        return start(connection, settings, Map.of(), topics);
    }

    /** The same in an environment: a pod finds there how it comes to the API server. */
    static Serving start(
            Map<String, Object> connection,
            Map<String, String> settings,
            Map<String, String> environment,
            String... topics) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("serve.port", "0");
        return Serving.start(
                ServeSettings.of(setting -> all.getOrDefault(setting.key(), setting.fallback())),
                List.of(topics),
                new Serving.Brokers(connection, ANSWER, topic -> ""),
                environment);
    }

    /** All values, as the listing has them. */
    public static Map<String, String> values(Serving serving, String topic) {
        Map<String, String> values = new TreeMap<>();
        try {
            String lines = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(serving.address() + "/v2/topics/" + topic + "/values"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            for (String line : lines.lines().toList()) {
                JsonNode value = new ObjectMapper().readTree(line);
                assertThat(values.put(
                                value.path("key").asText(), value.path("value").asText()))
                        .as("the same key again")
                        .isNull();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return values;
    }
}
