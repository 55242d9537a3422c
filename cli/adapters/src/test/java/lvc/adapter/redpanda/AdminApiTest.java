package lvc.adapter.redpanda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.port.Transforms.Uncertain;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The Admin API's client against a server that answers as it is told to. */
class AdminApiTest {
    private static final TransformSpec SPEC =
            new TransformSpec("t 1", "in", List.of("out"), Map.of("K", "v"), "zstd", Optional.of(StartFrom.BEGINNING));

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void a_deploy_is_the_description_and_right_behind_it_the_module() throws Exception {
        URI server = server(answers(200, ""));

        transforms(server).deploy(SPEC, new byte[] {0, 'a', 's', 'm'});

        assertThat(requests)
                .containsExactly("POST /v1/transform/deploy {\"name\":\"t 1\",\"input_topic\":\"in\","
                        + "\"output_topics\":[\"out\"],\"environment\":[{\"key\":\"K\",\"value\":\"v\"}],"
                        + "\"compression\":\"zstd\",\"offset\":{\"format\":\"from_start\",\"value\":0}}\0asm");
    }

    @Test
    void a_503_on_deploy_leaves_open_what_happened_and_is_sent_once() throws Exception {
        URI server = server(answers(503, "{\"message\":\"Service unavailable (no leader)\",\"code\":503}"));

        Uncertain uncertain =
                catchThrowableOfType(Uncertain.class, () -> transforms(server).deploy(SPEC, new byte[] {0}));

        assertThat(uncertain).hasMessage("Service unavailable (no leader)");
        assertThat(requests).hasSize(1);
    }

    @Test
    void an_answer_that_never_comes_leaves_open_what_happened() throws Exception {
        URI server = server(HttpExchange::close);

        assertThat(catchThrowableOfType(
                        Uncertain.class, () -> transforms(server).deploy(SPEC, new byte[] {0})))
                .isNotNull();
    }

    @Test
    void a_400_on_deploy_is_the_clusters_no_in_its_own_words() throws Exception {
        URI server = server(answers(400, "{\"message\":\"Topic does not exists\",\"code\":400}"));

        Fault fault = catchThrowableOfType(Fault.class, () -> transforms(server).deploy(SPEC, new byte[] {0}));

        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
        assertThat(fault.why()).contains("Topic does not exists");
    }

    @Test
    void a_listing_is_read_and_an_unknown_status_is_no_status() throws Exception {
        URI server = server(answers(
                200,
                "[{\"name\":\"t\",\"input_topic\":\"in\",\"output_topics\":[\"out\"],\"status\":["
                        + "{\"node_id\":1,\"partition\":0,\"status\":\"running\",\"lag\":7},"
                        + "{\"node_id\":2,\"partition\":1,\"status\":\"dancing\",\"lag\":0}],"
                        + "\"environment\":[{\"key\":\"LVC_MODULE\",\"value\":\"abc\"}],\"compression\":\"none\"}]"));

        List<TransformState> listed = transforms(server).list();

        assertThat(listed).singleElement().satisfies(t -> {
            assertThat(t.environment()).containsEntry("LVC_MODULE", "abc");
            assertThat(t.rows()).extracting(TransformState.Row::status).containsExactly(Status.RUNNING, Status.UNKNOWN);
            assertThat(t.rows().get(0).lag()).isEqualTo(7);
        });
    }

    @Test
    void a_list_that_fails_is_a_fault_and_never_an_empty_list() throws Exception {
        URI server = server(answers(500, "{\"message\":\"one broker did not report\",\"code\":500}"));

        Fault fault = catchThrowableOfType(Fault.class, () -> transforms(server).list());

        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
        assertThat(fault.why()).contains("one broker did not report");
    }

    @Test
    void reading_is_repeated_while_brokers_are_busy() throws Exception {
        URI server = server(exchange -> answer(exchange, requests.size() < 3 ? 503 : 200, "[]"));

        assertThat(transforms(server).list()).isEmpty();
        assertThat(requests).hasSize(3);
    }

    @Test
    void a_redirect_leads_to_the_leader_with_the_whole_body() throws Exception {
        URI leader = server(answers(200, ""));
        URI follower = server(exchange -> redirect(exchange, leader + "/v1/transform/deploy?redirect=1"));

        transforms(follower).deploy(SPEC, new byte[] {'x'});

        assertThat(requests).hasSize(2);
        assertThat(requests.get(1))
                .startsWith("POST /v1/transform/deploy?redirect=1 {")
                .endsWith("}x");
    }

    @Test
    void redirects_in_a_circle_end() throws Exception {
        URI[] two = new URI[2];
        two[0] = server(exchange -> redirect(exchange, two[1] + "/v1/transform"));
        two[1] = server(exchange -> redirect(exchange, two[0] + "/v1/transform"));

        Fault fault = catchThrowableOfType(Fault.class, () -> transforms(two[0]).list());

        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(fault.why()).contains("circle");
    }

    @Test
    void a_broker_that_takes_its_own_address_for_the_leaders_is_passed_over() throws Exception {
        URI[] self = new URI[1];
        self[0] = server(exchange -> redirect(exchange, self[0] + "/v1/transform?redirect=1"));
        URI leader = server(answers(200, "[]"));

        assertThat(new RedpandaTransforms(api(Optional.empty(), self[0], leader)).list())
                .isEmpty();
        assertThat(requests).hasSize(2);
    }

    @Test
    void a_broker_that_is_down_is_passed_over() throws Exception {
        URI up = server(answers(200, "[]"));

        List<TransformState> listed =
                new RedpandaTransforms(api(Optional.empty(), URI.create("http://127.0.0.1:1"), up)).list();

        assertThat(listed).isEmpty();
    }

    @Test
    void a_broker_that_breaks_off_is_passed_over_where_asking_twice_does_no_harm() throws Exception {
        URI broken = server(HttpExchange::close);
        URI up = server(answers(200, "[]"));
        RedpandaTransforms transforms = new RedpandaTransforms(api(Optional.empty(), broken, up));

        assertThat(catchThrowableOfType(Uncertain.class, () -> transforms.deploy(SPEC, new byte[] {0})))
                .isNotNull();
        assertThat(transforms.list()).isEmpty();

        requests.clear();
        transforms.deploy(SPEC, new byte[] {0});
        assertThat(requests).as("to the one that answered last").hasSize(1);
    }

    @Test
    void behind_port_forwards_the_leader_is_looked_for_among_the_addresses() throws Exception {
        URI astray = server(answers(200, "[]"));
        URI[] self = new URI[1];
        self[0] = server(exchange -> redirect(exchange, self[0] + "/v1/transform?redirect=1"));
        URI named = server(exchange -> redirect(exchange, astray + "/v1/transform?redirect=1"));
        URI leader = server(answers(200, "[]"));

        assertThat(new RedpandaTransforms(forwarded(self[0], named, leader)).list())
                .isEmpty();

        assertThat(requests).hasSize(3).allMatch(request -> request.equals("GET /v1/transform"));
    }

    @Test
    void behind_port_forwards_to_no_leader_nothing_is_done() throws Exception {
        URI[] self = new URI[1];
        self[0] = server(exchange -> redirect(exchange, self[0] + "/v1/transform/deploy?redirect=1"));

        assertThat(catchThrowableOfType(
                        Uncertain.class, () -> new RedpandaTransforms(forwarded(self)).deploy(SPEC, new byte[] {0})))
                .hasMessageContaining("leader");
        assertThat(requests).hasSize(1);
    }

    @Test
    void user_and_password_are_sent_and_a_refusal_names_the_setting() throws Exception {
        String right = "Basic " + Base64.getEncoder().encodeToString("admin:secret".getBytes(StandardCharsets.UTF_8));
        URI server = server(exchange -> answer(
                exchange, right.equals(exchange.getRequestHeaders().getFirst("Authorization")) ? 200 : 401, "[]"));

        assertThat(new RedpandaTransforms(api(Optional.of("admin:secret"), server)).list())
                .isEmpty();
        Fault fault = catchThrowableOfType(Fault.class, () -> transforms(server).list());
        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(fault.next()).contains("admin.password-file");
    }

    @Test
    void an_answer_that_is_no_json_is_said() throws Exception {
        URI server = server(answers(200, "<html>"));

        Fault fault = catchThrowableOfType(Fault.class, () -> transforms(server).list());

        assertThat(fault.why()).contains("JSON");
    }

    @Test
    void only_certificates_in_the_given_file_are_believed() throws Exception {
        Path store = directory.resolve("server.p12");
        Path pem = directory.resolve("server.pem");
        keytool("-genkeypair", "-keystore", store.toString(), "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1");
        keytool("-exportcert", "-rfc", "-keystore", store.toString(), "-file", pem.toString());
        URI server = secure(store);

        AdminApi believing = new AdminApi(
                new AdminApi.Connection(List.of(server), Optional.empty(), Optional.of(Trust.in(pem))),
                Duration.ofSeconds(5));
        assertThat(new RedpandaTransforms(believing).list()).isEmpty();

        Fault fault = catchThrowableOfType(Fault.class, () -> new RedpandaTransforms(new AdminApi(
                        new AdminApi.Connection(List.of(server), Optional.empty(), Optional.empty()),
                        Duration.ofSeconds(1)))
                .list());
        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(fault.why()).contains("PKIX");
    }

    @Test
    void a_file_without_certificates_is_a_usage_fault() throws IOException {
        Path pem = Files.writeString(directory.resolve("empty.pem"), "");

        assertThat(catchThrowableOfType(Fault.class, () -> Trust.in(pem)).exit())
                .isEqualTo(Exit.USAGE);
    }

    private static RedpandaTransforms transforms(URI server) {
        return new RedpandaTransforms(api(Optional.empty(), server));
    }

    private static AdminApi api(Optional<String> user, URI... servers) {
        return new AdminApi(new AdminApi.Connection(List.of(servers), user, Optional.empty()), Duration.ofSeconds(5));
    }

    private static AdminApi forwarded(URI... servers) {
        return new AdminApi(
                new AdminApi.Connection(List.of(servers), Optional.empty(), Optional.empty(), true),
                Duration.ofSeconds(5));
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        answer(exchange, 307, "");
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private static Handler answers(int status, String body) {
        return exchange -> answer(exchange, status, body);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private URI server(Handler handler) throws IOException {
        return serve(HttpServer.create(loopback(), 0), "http", handler);
    }

    private URI secure(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return serve(server, "https", answers(200, "[]"));
    }

    private URI serve(HttpServer server, String scheme, Handler handler) {
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
            handler.handle(exchange);
        });
        server.start();
        servers.add(server);
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", "changeit", "-alias", "a"));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }
}
