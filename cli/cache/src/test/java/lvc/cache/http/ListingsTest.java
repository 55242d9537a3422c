package lvc.cache.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListingsTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<JsonNode> lines(HttpResponse<String> answer) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.body().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static List<String> keys(HttpResponse<String> answer) throws Exception {
        return lines(answer).stream().map(line -> line.path("key").asText()).toList();
    }

    @Test
    void allValuesAreListedButNotWhatWasDeleted() throws Exception {
        start();
        topic.put("a", "1");
        topic.put("gone", "x");
        topic.put("gone", null);
        topic.put("b", "two\n\"lines\"");

        HttpResponse<String> answer = get("/v2/topics/prices/values");

        assertThat(answer.headers().firstValue("lvc-position")).contains("0:3@ID1");
        assertThat(answer.headers().firstValue("content-type")).contains("application/x-ndjson");
        assertThat(answer.body().lines())
                .containsExactlyInAnyOrder(
                        "{\"key\":\"a\",\"value\":\"1\",\"offset\":0,\"partition\":0,"
                                + "\"timestamp\":\"2023-11-14T22:13:20.000Z\"}",
                        "{\"key\":\"b\",\"value\":\"two\\n\\\"lines\\\"\",\"offset\":3,\"partition\":0,"
                                + "\"timestamp\":\"2023-11-14T22:13:20.003Z\"}");
    }

    @Test
    void pagesFollowTheOrderOfBytes() throws Exception {
        start();
        List<String> all = List.of("", "a", "a/1", "a/10", "a/2", "b", "ä");
        for (String key : List.of("b", "a/2", "ä", "", "a/10", "a", "a/1")) {
            topic.put(key, "v");
        }
        List<String> seen = new ArrayList<>(keys(get("/v2/topics/prices/values?limit=2")));
        for (int i = 0; i < 3; i++) {
            String last = Percent.encode(seen.get(seen.size() - 1).getBytes(StandardCharsets.UTF_8));
            seen.addAll(keys(get("/v2/topics/prices/values?limit=2&after=" + last)));
        }

        assertThat(seen).isEqualTo(all);
        assertThat(keys(get("/v2/topics/prices/values?prefix=a/&after=a/1"))).containsExactly("a/10", "a/2");
        assertThat(keys(get("/v2/topics/prices/values?prefix=a%2F"))).containsOnly("a/1", "a/10", "a/2");
        assertThat(lines(get("/v2/topics/prices/values?keys=only&after=a/2&limit=1"))
                        .get(0)
                        .has("value"))
                .isFalse();
    }

    @Test
    void whatIsNotUnderstoodIsRefused() throws Exception {
        start();
        for (String bad : List.of("limit=0", "limit=x", "limit=1000000", "keys=all", "prefix=%zz", "prefix=%1")) {
            assertThat(get0("/v2/topics/prices/values?" + bad)).as(bad).contains(" 400 ");
        }
    }

    /** As it is: the client of the JDK would not send what is wrong. */
    private String get0(String path) throws Exception {
        try (Raw raw = new Raw(port())) {
            return raw.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .line();
        }
    }

    @Test
    void aListingIsOfOneMomentWhileKeysArrive() throws Exception {
        start();
        topic.batch(() -> {
            for (int i = 0; i < 50_000; i++) {
                topic.record(bytes("key" + i), bytes("value"));
            }
        });
        Semaphore listings = new Semaphore(0);
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 10_000; i++) {
                if (i % 1000 == 0) {
                    listings.acquireUninterruptibly();
                }
                topic.put("new" + i, "value");
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 10; i++) {
                listings.release();
                HttpResponse<String> answer = get("/v2/topics/prices/values?keys=only");
                String position = answer.headers().firstValue("lvc-position").orElseThrow();
                int last = Integer.parseInt(position.substring(2, position.indexOf('@')));
                Set<Integer> offsets = new TreeSet<>();
                for (JsonNode line : lines(answer)) {
                    offsets.add(line.path("offset").asInt());
                }
                assertThat(offsets).hasSize(last + 1).contains(0, last);
            }
        } finally {
            listings.release(10);
            writer.join();
        }
    }

    @Test
    void headTellsThePositionOnly() throws Exception {
        start();
        topic.put("a", "1");

        HttpResponse<String> answer = send("HEAD", "/v2/topics/prices/values");

        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("lvc-position")).contains("0:0@ID1");
    }

    @Test
    void aListingWaitsForOffsetsToo() throws Exception {
        start();
        topic.put("a", "1");
        var waiting = client.sendAsync(
                request("GET", "/v2/topics/prices/values?min-offsets=0:1@ID1"), HttpResponse.BodyHandlers.ofString());
        topic.put("b", "1");

        assertThat(keys(waiting.get())).containsOnly("a", "b");
        assertThat(get("/v2/topics/prices/values?min-offsets=0:9&timeout=10ms").statusCode())
                .isEqualTo(412);
    }
}
