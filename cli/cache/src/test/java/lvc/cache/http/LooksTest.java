package lvc.cache.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LooksTest extends ServerTest {

    @Test
    void whatGoesOnIsMeasured() throws Exception {
        start();
        topic.put("a", "1");
        Following reader = follow("/v2/topics/prices/changes");
        reader.skipTo("snapshot-end");
        HttpResponse<String> found = get("/v2/topics/prices/values/a");
        HttpResponse<String> missing = get("/v2/topics/prices/values/b");

        String page = get("/q/metrics").body();

        assertThat(found.statusCode() + missing.statusCode()).isEqualTo(200 + 404);
        assertThat(page.lines())
                .contains(
                        "lvc_cache_requests_total{route=\"value\",status=\"200\"} 1.0",
                        "lvc_cache_requests_total{route=\"value\",status=\"404\"} 1.0",
                        "lvc_cache_streams 1.0",
                        "lvc_cache_keys{topic=\"prices\"} 1.0",
                        "lvc_cache_offset{partition=\"0\",topic=\"prices\"} 0.0",
                        "lvc_cache_null_keys{topic=\"prices\"} 0.0",
                        "lvc_cache_freshness{freshness=\"live\",topic=\"prices\"} 1.0",
                        "lvc_cache_freshness{freshness=\"resyncing\",topic=\"prices\"} 0.0");
    }

    @Test
    void topicsAndHealthAreJson() throws Exception {
        start();
        topic.put("a", "1");
        ObjectMapper json = new ObjectMapper();

        var first = json.readTree(get("/v2/topics").body()).path("topics").path(0);
        var health = json.readTree(get("/q/health").body());

        assertThat(first.path("topic").asText()).isEqualTo("prices");
        assertThat(first.path("keys").asInt()).isEqualTo(1);
        assertThat(first.path("position").asText()).isEqualTo("0:0@ID1");
        assertThat(first.path("ready").asBoolean()).isTrue();
        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.path("checks").path(0).path("status").asText()).isEqualTo("UP");
    }

    @Test
    void filesComeWithAPolicyAndATag() throws Exception {
        start();

        HttpResponse<String> file = get("/v2/openapi.yaml");
        String tag = file.headers().firstValue("etag").orElseThrow();

        assertThat(file.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(file.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(get("/v2/openapi.yaml", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }
}
