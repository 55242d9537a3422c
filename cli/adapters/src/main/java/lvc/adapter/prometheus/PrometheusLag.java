package lvc.adapter.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import lvc.core.metric.Scrape;
import lvc.core.metric.Series;
import lvc.core.port.Lag;
import lvc.core.port.Pause;

/**
 * Reads {@code /public_metrics} of every broker at its own address of the Admin API. Metrics do not say whose they are,
 * so each broker is first asked for its node id ({@code /v1/node_config}). Nothing is repeated: a broker that does not
 * answer now is silent now, and the next look asks again.
 */
public final class PrometheusLag implements Lag {
    /** All series of transforms begin with this; the rest, thousands on a real broker, is dropped at once. */
    private static final String WANTED = "redpanda_transform_";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<URI> brokers;
    private final HttpClient http;
    private final Duration timeout;
    private final Optional<String> authorization;

    /**
     * Opens no connection yet.
     *
     * @param brokers base addresses of the Admin API, one for every broker, scheme included
     * @param basicAuth user and password joined by a colon
     * @param tls how to recognise the brokers; absent uses what the JDK trusts
     * @param timeout for every single request
     */
    public PrometheusLag(List<URI> brokers, Optional<String> basicAuth, Optional<SSLContext> tls, Duration timeout) {
        this.brokers = List.copyOf(brokers);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER);
        tls.ifPresent(builder::sslContext);
        this.http = builder.build();
        this.timeout = timeout;
        this.authorization = basicAuth.map(
                pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public List<Scrape> scrape() {
        return brokers.stream().map(this::scrape).toList();
    }

    private Scrape scrape(URI broker) {
        try {
            int node = node(get(broker, "/v1/node_config"));
            List<Series> series = Exposition.parse(get(broker, "/public_metrics"));
            return new Scrape.Answered(
                    node,
                    series.stream()
                            .filter(each -> each.name().startsWith(WANTED))
                            .toList());
        } catch (IOException e) {
            String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Scrape.Silent(broker.toString(), said);
        } catch (Exposition.Malformed e) {
            return new Scrape.Silent(broker.toString(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        }
    }

    private String get(URI broker, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(broker.resolve(path)).timeout(timeout).GET();
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode() + " from " + path);
        }
        return answer.body();
    }

    private static int node(String config) throws IOException {
        try {
            JsonNode id = JSON.readTree(config).path("node_id");
            if (id.isInt()) {
                return id.intValue();
            }
        } catch (JsonProcessingException e) {
            throw new IOException("no JSON from /v1/node_config", e);
        }
        throw new IOException("no node id from /v1/node_config");
    }
}
