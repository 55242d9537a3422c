package lvc.acceptance.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The Admin API, spoken by hand: what a script with curl would do. Every request must be answered with 200. */
record AdminApi(String address) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Deploys a module from the start of its input. */
    void deploy(Path module, String name, String input, String output, Map<String, String> environment) {
        ObjectNode json = JSON.createObjectNode().put("name", name).put("input_topic", input);
        json.putArray("output_topics").add(output);
        ArrayNode variables = json.putArray("environment");
        environment.forEach(
                (key, value) -> variables.addObject().put("key", key).put("value", value));
        json.putObject("offset").put("format", "from_start").put("value", 0);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            body.write(json.toString().getBytes(UTF_8));
            body.write(Files.readAllBytes(module));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(request("/v1/transform/deploy").POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    /** Deletes a transform. */
    void delete(String name) {
        send(request("/v1/transform/" + name).DELETE());
    }

    /** The status of one partition of a transform; "absent" when it is not listed. */
    String status(String name, int partition) {
        for (JsonNode transform : read("/v1/transform")) {
            if (transform.path("name").asText().equals(name)) {
                return transform.path("status").path(partition).path("status").asText();
            }
        }
        return "absent";
    }

    /** Sets a cluster property. */
    void set(String property, Object value) {
        ObjectNode change = JSON.createObjectNode();
        change.putObject("upsert").set(property, JSON.valueToTree(value));
        change.putArray("remove");
        send(request("/v1/cluster_config").PUT(BodyPublishers.ofString(change.toString())));
    }

    /** Whether a change of the cluster's properties waits for a restart. */
    boolean needsRestart() {
        return read("/v1/cluster_config/status").path(0).path("restart").asBoolean();
    }

    /** A number of {@code /public_metrics}; empty when there is no such series. */
    OptionalDouble metric(String series) {
        return send(request("/public_metrics").GET())
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst();
    }

    /** How often the processors of a transform have failed. */
    double failures(String name) {
        return metric("redpanda_transform_failures{function_name=\"%s\"}".formatted(name))
                .orElse(0);
    }

    private JsonNode read(String path) {
        try {
            return JSON.readTree(send(request(path).GET()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }

    private static String send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode())
                    .as("%s: %s", request, response.body())
                    .isEqualTo(200);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + request, e);
        }
    }
}
