package lvc.adapter.redpanda;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.report.BrokerSeen;
import lvc.core.report.Licence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Licence and brokers against a server that answers as it is told to. */
class RedpandaLicencesTest {
    private static final Instant END = Instant.parse("2026-02-01T00:00:00Z");

    @Test
    void the_licence_is_put_together_from_both_answers() throws IOException {
        Map<String, String> answers = Map.of(
                "/v1/features/license",
                "{\"loaded\":true,\"license\":{\"format_version\":0,\"org\":\"Built-In\",\"type\":\"free_trial\","
                        + "\"expires\":" + END.getEpochSecond() + ",\"sha256\":\"\"}}",
                "/v1/features/enterprise",
                "{\"license_status\":\"valid\",\"violation\":true,\"features\":[{\"name\":\"rbac\",\"enabled\":false},"
                        + "{\"name\":\"cloud_storage\",\"enabled\":true}]}");
        try (Served served = new Served(answers)) {
            Licence licence = served.licences().licence().orElseThrow();
            assertThat(licence)
                    .isEqualTo(new Licence(
                            true, "free_trial", "Built-In", Optional.of(END), true, List.of("cloud_storage")));
            assertThat(licence.trial()).isTrue();
            assertThat(licence.daysLeft(END.minus(Duration.ofDays(3)).minusSeconds(1)))
                    .contains(3L);
            assertThat(licence.daysLeft(END.plusSeconds(1))).contains(-1L);
        }
    }

    @Test
    void a_cluster_without_a_licence_has_none() throws IOException {
        try (Served served = new Served(Map.of("/v1/features/license", "{\"loaded\":false}"))) {
            assertThat(served.licences().licence())
                    .contains(new Licence(false, "", "", Optional.empty(), false, List.of()));
        }
    }

    @Test
    void a_cluster_that_knows_no_licences_tells_of_none() throws IOException {
        try (Served served = new Served(Map.of())) {
            assertThat(served.licences().licence()).isEmpty();
        }
    }

    @Test
    void a_licence_is_put_as_it_stands_in_its_file() throws IOException {
        try (FakeAdminApi api = new FakeAdminApi(200, "")) {
            new RedpandaLicences(api.client()).put("abc.def\n");
            assertThat(api.requests).containsExactly("PUT /v1/features/license abc.def");
        }
    }

    @Test
    void a_licence_that_is_not_taken_is_said_in_the_clusters_words() throws IOException {
        try (FakeAdminApi api = new FakeAdminApi(400, "{\"message\":\"License is expired\",\"code\":400}")) {
            Fault fault = catchThrowableOfType(Fault.class, () -> new RedpandaLicences(api.client()).put("abc.def"));
            assertThat(fault.exit()).isEqualTo(Exit.FAILED);
            assertThat(fault.what()).isEqualTo("licence not taken");
            assertThat(fault.why()).endsWith("said: License is expired");
        }
    }

    @Test
    void brokers_are_told_with_what_they_are_doing() throws IOException {
        try (FakeAdminApi api = new FakeAdminApi(
                200,
                "[{\"node_id\":1,\"version\":\"v26.2.1 - x\",\"is_alive\":false,\"membership_status\":\"active\","
                        + "\"maintenance_status\":{\"draining\":true}},{\"node_id\":2}]")) {
            assertThat(new RedpandaVitals(api.client()).brokers())
                    .containsExactly(
                            new BrokerSeen(1, "v26.2.1 - x", false, "active", true),
                            new BrokerSeen(2, "", true, "", false));
        }
    }

    /** A server that knows some paths. */
    private static final class Served implements AutoCloseable {
        private final HttpServer server;

        Served(Map<String, String> answers) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String answer = answers.get(exchange.getRequestURI().getPath());
                byte[] body = (answer == null ? "{\"message\":\"Not found\",\"code\":404}" : answer)
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        RedpandaLicences licences() {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            return new RedpandaLicences(new AdminApi(
                    new AdminApi.Connection(List.of(address), Optional.empty(), Optional.empty()),
                    Duration.ofSeconds(5)));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
