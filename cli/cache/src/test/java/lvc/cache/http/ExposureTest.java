package lvc.cache.http;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What those get who mean no good, or do not know better. */
@Timeout(60)
class ExposureTest extends ServerTest {
    private static final String AUTHORIZATION = "Authorization";

    private static HttpSettings quick(int connections, int streams) {
        return HttpSettings.loopback()
                .with(new HttpSettings.Limits(
                        2048,
                        1024,
                        1000,
                        connections,
                        streams,
                        Duration.ofMillis(600),
                        Duration.ofMillis(900),
                        Duration.ofMillis(800),
                        Duration.ofSeconds(30)));
    }

    /** DNS rebinding: a browser takes what a page of that name gets for that page's own. */
    @Test
    void aNameThatLeadsToThisMachineIsAnsweredNothing() throws Exception {
        start();
        topic.put("a", "1");
        String value = "/v2/topics/prices/values/a";

        for (String name : List.of("evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", "a.b")) {
            assertThat(asked("GET", value, name)).as(name).contains(" 421 ");
            assertThat(asked("GET", "/cache/v1/raw/a", name)).as(name).contains(" 421 ");
            assertThat(asked("POST", "/topics/prices/messages?key=a", name))
                    .as(name)
                    .contains(" 421 ");
            assertThat(asked("GET", "/q/health/live", name)).as(name).contains(" 200 ");
        }
        for (String name : List.of("localhost", "LOCALHOST:1", "cache.localhost", "127.0.0.1:1", "[::1]:1")) {
            assertThat(asked("GET", value, name)).as(name).contains(" 200 ");
        }
    }

    @Test
    void whoBringsATokenMayUseAName() throws Exception {
        start(HttpSettings.loopback().withTokens(Optional.of("t"), Optional.of("t")));
        topic.put("a", "1");

        assertThat(asked("GET", "/v2/topics/prices/values/a", "cache.example\r\nAuthorization: Bearer t"))
                .contains(" 200 ");
    }

    private String asked(String method, String path, String host) throws IOException {
        try (Raw raw = new Raw(port())) {
            return raw.send(method + " " + path + " HTTP/1.1\r\nContent-Length: 0\r\nHost: " + host + "\r\n\r\n")
                    .line();
        }
    }

    @Test
    void whoReadsHasToBringTheTokenForReading() throws Exception {
        HttpSettings open = HttpSettings.loopback().withTokens(Optional.of("read me"), Optional.of("write me"));
        start(new HttpSettings(
                "0.0.0.0", 0, open.readToken(), open.writeToken(), open.tls(), open.v1Topic(), false, open.limits()));
        topic.put("a", "1");
        for (String path : List.of(
                "/v2/topics",
                "/v2/topics/prices/values/a",
                "/v2/topics/prices/values",
                "/v2/topics/prices/changes",
                "/cache/v1/raw/a",
                "/cache/v1/keys",
                "/cache/v1/values",
                "/cache/v1/offset/prices/0",
                "/metrics",
                "/q/metrics")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(get(path).body()).as(path).doesNotContain("read me");
            assertThat(get(path, AUTHORIZATION, "Bearer write me").statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(get(path, AUTHORIZATION, "Bearer read m").statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(get(path, AUTHORIZATION, "Basic read me").statusCode())
                    .as(path)
                    .isEqualTo(401);
            if (!path.endsWith("changes")) {
                assertThat(get(path, AUTHORIZATION, "bearer read me").statusCode())
                        .as(path)
                        .isEqualTo(200);
            }
        }
        for (String path : List.of("/q/health", "/q/health/ready", "/q/health/live", "/v2/openapi.yaml")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void whoWritesHasToBringTheTokenForWriting() throws Exception {
        start(HttpSettings.loopback().withTokens(Optional.of("read me"), Optional.of("write me")));
        String path = "/topics/prices/messages?key=a";

        assertThat(send("DELETE", path).statusCode()).isEqualTo(401);
        assertThat(send("DELETE", path, AUTHORIZATION, "Bearer read me").statusCode())
                .isEqualTo(401);
        assertThat(send("DELETE", path, AUTHORIZATION, "Bearer write me").statusCode())
                .isEqualTo(200);
        assertThat(get("/cache/v1/keys").statusCode())
                .as("version 1 on loopback needs none")
                .isEqualTo(200);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(HttpSettings.loopback().withTokens(Optional.of("read me"), Optional.of("write me")))
                .asString()
                .doesNotContain("me,")
                .doesNotContain("read me")
                .doesNotContain("write me");
        assertThatThrownBy(() -> HttpSettings.loopback().withTokens(Optional.of(" "), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPageOfAnotherSiteCannotWrite() throws Exception {
        start();
        String head = "POST /topics/prices/messages?key=a HTTP/1.1\r\nHost: localhost:1\r\nContent-Length: 1\r\n";
        try (Raw elsewhere = new Raw(port());
                Raw here = new Raw(port())) {
            assertThat(elsewhere.send(head + "Origin: http://evil\r\n\r\n1").line())
                    .contains(" 403 ");
            assertThat(here.send(head + "Origin: http://localhost:1\r\n\r\n1").line())
                    .contains(" 200 ");
        }
    }

    @Test
    void whatIsWrittenIsBounded() throws Exception {
        start(quick(100, 10));
        String path = "/topics/prices/messages?key=a%2Fb&sync";

        HttpResponse<String> fits = post(path, "x".repeat(1000));
        HttpResponse<String> tooLong = post(path, "y".repeat(1001));

        assertThat(fits.body()).isEqualTo("{\"offset\":0,\"partition\":0}\n");
        assertThat(get("/v2/topics/prices/values/a/b").body()).hasSize(1000);
        assertThat(tooLong.statusCode()).isEqualTo(413);
        try (Raw chunked = new Raw(port())) {
            chunked.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            chunked.send("400\r\n" + "z".repeat(1024) + "\r\n");
            assertThat(chunked.line()).contains(" 413 ");
        }
        assertThat(get("/v2/topics/prices/values/a/b").body()).startsWith("x");
        assertThat(post("/topics/prices/messages", "x").statusCode()).isEqualTo(400);
        assertThat(post("/topics/nix/messages?key=a", "x").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(request("GET", path).uri())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aBodyThatNeverComesIsNotWaitedFor() throws Exception {
        start(quick(100, 10));
        try (Raw raw = new Raw(port())) {
            raw.send("POST /topics/prices/messages?key=a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(raw.rest()).isEmpty();
        }
        assertThat(get("/v2/topics/prices/values/a").statusCode()).isEqualTo(404);
    }

    @Test
    void headsAreBounded() throws Exception {
        start(quick(100, 10));
        String longKey = "k".repeat(1100);
        try (Raw line = new Raw(port());
                Raw header = new Raw(port())) {
            assertThat(line.send("GET /v2/topics/prices/values/" + longKey + " HTTP/1.1\r\n\r\n")
                            .line())
                    .contains(" 414 ");
            assertThat(header.send("GET /q/health HTTP/1.1\r\nX: " + "x".repeat(3000) + "\r\n\r\n")
                            .line())
                    .contains(" 431 ");
        }
    }

    @Test
    void whoDripsAHeadIsClosed() throws Exception {
        start(quick(100, 10));
        long begin = System.nanoTime();
        try (Raw silent = new Raw(port());
                Raw dripping = new Raw(port())) {
            Thread drip = new Thread(() -> drip(dripping));
            drip.start();
            assertThat(silent.rest()).isEmpty();
            assertThat(dripping.rest()).isEmpty();
            drip.join();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    private static void drip(Raw raw) {
        try {
            raw.send("GET /q/health HTTP/1.1\r\nX: ");
            Object tick = new Object();
            synchronized (tick) {
                for (int i = 0; i < 1000; i++) {
                    raw.send("x");
                    tick.wait(20);
                }
            }
        } catch (IOException | InterruptedException e) {
            // Closed by the server: what is wanted.
        }
    }

    @Test
    void whoDripsASecondHeadIsClosed() throws Exception {
        start(quick(100, 10));
        try (Raw raw = new Raw(port())) {
            assertThat(raw.send("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .line())
                    .contains(" 200 ");
            Thread drip = new Thread(() -> drip(raw));
            drip.start();
            raw.rest();
            drip.join();
        }
    }

    @Test
    void thereAreOnlySoManyConnections() throws Exception {
        start(quick(3, 10));
        List<Raw> all = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                Raw raw = new Raw(port());
                all.add(raw);
                assertThat(raw.send("GET /v2/topics/prices/changes HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .line())
                        .contains(" 200 ");
            }
            try (Raw raw = new Raw(port())) {
                assertThat(raw.rest()).isEmpty();
            }
        } finally {
            for (Raw raw : all) {
                raw.close();
            }
        }
        await().untilAsserted(() -> {
            try (Raw raw = new Raw(port())) {
                assertThat(raw.send("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .line())
                        .contains(" 200 ");
            }
        });
    }

    @Test
    void anAddressHasOnlySoManyStreams() throws Exception {
        start(quick(100, 2));
        Following first = follow("/v2/topics/prices/changes");
        Following second = follow("/v2/topics/prices/changes");

        HttpResponse<String> third = get("/v2/topics/prices/changes");

        assertThat(List.of(first.status(), second.status())).containsOnly(200);
        assertThat(third.statusCode()).isEqualTo(429);
        first.close();
        await().untilAsserted(() ->
                assertThat(follow("/v2/topics/prices/changes").status()).isEqualTo(200));
    }

    @Test
    void nonsenseIsRefused() throws Exception {
        start();
        for (String path : List.of(
                "/v2/topics/prices/values/%",
                "/v2/topics/prices/values/%4",
                "/v2/topics/prices/values/%GG",
                "/v2/topics/%zz/values",
                "/cache/v1/raw/%+1",
                "/topics/prices/messages?key=%",
                "/v2/topics?x")) {
            String method = path.startsWith("/topics") ? "DELETE" : "GET";
            try (Raw raw = new Raw(port())) {
                assertThat(raw.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .line())
                        .as(path)
                        .contains(" 400 ");
            }
        }
        for (String path : List.of(
                "/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "//v2/topics",
                "/v2/topics/",
                "/v2/topics/prices",
                "/v2/topics/prices/valuesx",
                "/_admin/v1/shutdown",
                "/files.txt",
                "*")) {
            try (Raw raw = new Raw(port())) {
                assertThat(raw.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .line())
                        .as(path)
                        .contains(" 404 ");
            }
        }
        try (Raw raw = new Raw(port())) {
            assertThat(raw.send("nonsense\r\n\r\n").line()).contains(" 400 ");
        }
    }
}
