package lvc.acceptance.recreate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lvc.acceptance.recreate.Lvc.Result;
import lvc.acceptance.sandbox.ChildSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** lvc serve as a person meets it. */
@Timeout(120)
class ServeCommandIT {
    private static final Lvc LVC = new Lvc(Map.of(
            "LVC_BROKERS", ChildSandbox.shared().brokers(),
            "LVC_ADMIN", ChildSandbox.shared().admin(),
            "LVC_SERVE_PORT", "0"));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void servesTheHotTopicOfACacheUntilCtrlC() throws Exception {
        assertThat(LVC.run("create-topics", "--cache", "web", "--approach", "b").exit())
                .isZero();
        Path images = folder.resolve("images");
        try (LvcProcess serve = LVC.start(
                "serve",
                "--cache",
                "web",
                "--approach",
                "b",
                "--writes",
                "--images",
                images.toString(),
                "-o",
                "json")) {
            serve.awaitOut(line -> line.contains("\"what\":\"ready\""));
            String address = address(serve);
            assertThat(post(address + "/topics/web-primary/messages?key=vienna&sync", "18")
                            .body())
                    .contains("\"offset\":");
            assertThat(get(address + "/v2/topics/web-primary/values/vienna?min-offsets=0:0")
                            .body())
                    .isEqualTo("18");
            assertThat(get(address + "/").headers().firstValue("content-type").orElse(""))
                    .startsWith("text/html");
            assertThat(get(address + "/metrics").body()).contains("lvc_cache_keys");

            serve.signal("INT");
            Result ended = serve.result();
            assertThat(ended.exit()).isEqualTo(130);
            assertThat(ended.err()).contains("interrupted: stopped as asked");
            assertThat(images.resolve("web-primary.image")).isNotEmptyFile();
        }
    }

    @Test
    void tokensAreReadFromFilesAndNeverShown() throws Exception {
        String topic = ChildSandbox.shared().topic(1, Map.of());
        Path token = Files.writeString(folder.resolve("token"), "very-secret\n");
        try (LvcProcess serve =
                LVC.with(Map.of("LVC_SERVE_READ_TOKEN_FILE", token.toString())).start("serve", topic, "-o", "json")) {
            serve.awaitOut(line -> line.contains("\"what\":\"ready\""));
            String address = address(serve);

            assertThat(get(address + "/v2/topics").statusCode()).isEqualTo(401);
            assertThat(get(address + "/v2/topics", "authorization", "Bearer very-secret")
                            .statusCode())
                    .isEqualTo(200);
            serve.signal("TERM");
            Result ended = serve.result();
            assertThat(ended.out() + ended.err()).doesNotContain("very-secret");
        }
    }

    @Test
    void whatCannotBeServedIsRefusedInThreeLines() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Result port = LVC.run("serve", "t", "--port", Integer.toString(taken.getLocalPort()));
            assertThat(port.exit()).isEqualTo(3);
            assertThat(port.err()).contains("error: values are not served").contains("Address already in use");
        }
        for (Map.Entry<String, String> wrong : List.of(
                Map.entry("LVC_SERVE_PORT", "http"),
                Map.entry("LVC_SERVE_QUIET", "often"),
                Map.entry("LVC_SERVE_WRITES", "maybe"),
                Map.entry("LVC_SERVE_CHANGES_MEMORY", "0"),
                Map.entry("LVC_SERVE_V1_TOPIC", "another"),
                Map.entry("LVC_SERVE_TLS_KEY_FILE", "/nowhere"),
                Map.entry("LVC_SERVE_READ_TOKEN_FILE", "/nowhere"),
                Map.entry("LVC_SERVE_PUSH_TARGETS", "somewhere"),
                Map.entry("LVC_SERVE_PUSH_SERVICE", "somewhere"),
                Map.entry("LVC_SERVE_PUSH_VERSION", "3"))) {
            Result refused = LVC.with(Map.of(wrong.getKey(), wrong.getValue())).run("serve", "t");
            assertThat(refused.exit()).as(wrong + " " + refused.err()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("error: ")
                    .contains("serve.")
                    .contains("why:")
                    .contains("next:");
        }
    }

    private static String address(LvcProcess serve) throws IOException {
        return new ObjectMapper()
                .readTree(serve.out().stream()
                        .filter(line -> line.contains("\"serving-began\""))
                        .findFirst()
                        .orElseThrow())
                .path("address")
                .asText();
    }

    private static HttpResponse<String> get(String address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String address, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
