package lvc.adapter.prometheus;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.metric.Scrape;
import lvc.core.metric.Series;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Scrapes of servers that answer as they are told to. */
class PrometheusLagTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");
    private static final String LAG = "other 1\nredpanda_transform_lag{function_name=\"t\"} 3\n";
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void every_broker_is_asked_and_says_who_it_is() throws IOException {
        URI one = broker("{\"node_id\":1}", 200, LAG);
        URI seven = broker("{\"node_id\":7}", 200, "other 1\n");

        assertThat(lag(one, seven).scrape())
                .containsExactly(
                        new Scrape.Answered(
                                1, List.of(new Series("redpanda_transform_lag", Map.of("function_name", "t"), 3))),
                        new Scrape.Answered(7, List.of()));
    }

    @Test
    void one_that_does_not_answer_is_silent_and_the_others_are_not() throws IOException {
        URI good = broker("{\"node_id\":1}", 200, LAG);
        URI busy = broker("{\"node_id\":2}", 503, "busy");
        URI nameless = broker("{}", 200, LAG);
        URI page = broker("<html>", 200, LAG);
        URI torn = broker("{\"node_id\":3}", 200, "redpanda_transform_lag{function_name=\"t");

        List<Scrape> scrapes = lag(NOBODY, busy, nameless, page, torn, good).scrape();

        assertThat(scrapes).hasSize(6);
        assertThat(scrapes.get(0)).isInstanceOfSatisfying(Scrape.Silent.class, silent -> assertThat(silent.broker())
                .isEqualTo(NOBODY.toString()));
        assertThat(scrapes.subList(1, 5))
                .containsExactly(
                        new Scrape.Silent(busy.toString(), "status 503 from /public_metrics"),
                        new Scrape.Silent(nameless.toString(), "no node id from /v1/node_config"),
                        new Scrape.Silent(page.toString(), "no JSON from /v1/node_config"),
                        new Scrape.Silent(
                                torn.toString(),
                                "line 1 of its metrics is not understood: redpanda_transform_lag{function_name=\"t"));
        assertThat(scrapes.get(5)).isInstanceOf(Scrape.Answered.class);
    }

    @Test
    void user_and_password_are_sent() throws IOException {
        List<String> seen = new ArrayList<>();
        URI broker = broker("{\"node_id\":1}", 200, "");
        servers.get(0).createContext("/v1/node_config", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });

        List<Scrape> scrapes = new PrometheusLag(
                        List.of(broker), Optional.of("admin:secret"), Optional.empty(), Duration.ofSeconds(5))
                .scrape();

        assertThat(seen).containsExactly("Basic YWRtaW46c2VjcmV0");
        assertThat(scrapes).containsExactly(new Scrape.Silent(broker.toString(), "status 401 from /v1/node_config"));
    }

    private static PrometheusLag lag(URI... brokers) {
        return new PrometheusLag(List.of(brokers), Optional.empty(), Optional.empty(), Duration.ofSeconds(5));
    }

    private URI broker(String config, int status, String metrics) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean asked = exchange.getRequestURI().getPath().equals("/public_metrics");
            byte[] body = (asked ? metrics : config).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(asked ? status : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
