package lvc.cache.http;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Version1Test extends ServerTest {

    @Test
    void valuesComeAsTheClientKnowsThem() throws Exception {
        start();
        topic.put("a/b", "1");
        topic.put("gone", "x");
        topic.put("gone", null);

        HttpResponse<String> answer = get("/cache/v1/raw/a/b");

        assertThat(answer.body()).isEqualTo("1");
        assertThat(answer.headers().map())
                .containsEntry(
                        "x-kkv-last-seen-offsets", List.of("[{\"offset\":2,\"partition\":0,\"topic\":\"prices\"}]"))
                .containsEntry("content-type", List.of("application/octet-stream"));
        assertThat(get("/cache/v1/raw/a%2Fb").body()).isEqualTo("1");
        assertThat(get("/cache/v1/raw/gone").statusCode()).isEqualTo(404);
        assertThat(get("/cache/v1/raw/").statusCode()).isEqualTo(404);
    }

    @Test
    void listingsAreLinesWithoutWhatWasDeleted() throws Exception {
        start();
        topic.put("a", "1");
        topic.put("gone", "x");
        topic.put("gone", null);
        topic.put("b", "2");

        assertThat(get("/cache/v1/keys").body().lines()).containsExactlyInAnyOrder("a", "b");
        assertThat(get("/cache/v1/values").body().lines()).containsExactlyInAnyOrder("1", "2");
        assertThat(get("/cache/v1/values").body()).endsWith("\n");
        assertThat(get("/cache/v1/values").headers().firstValue("x-kkv-last-seen-offsets"))
                .contains("[{\"offset\":3,\"partition\":0,\"topic\":\"prices\"}]");
    }

    @Test
    void theOffsetOfAPartitionIsANumberOrNothing() throws Exception {
        start();
        topic.put("a", "1");

        assertThat(get("/cache/v1/offset/prices/0").body()).isEqualTo("0");
        assertThat(get("/cache/v1/offset/prices/3").statusCode()).isEqualTo(204);
        assertThat(get("/cache/v1/offset/other/0").statusCode()).isEqualTo(204);
        assertThat(get("/cache/v1/offset/prices/x").statusCode()).isEqualTo(400);
    }

    @Test
    void untilItIsCompleteNothingIsServedButOffsets() throws Exception {
        PlayedTopic late = new PlayedTopic("late");
        late.put("a", "1");
        start(HttpSettings.loopback().withV1(Optional.of("late"), false), late);

        HttpResponse<String> answer = get("/cache/v1/raw/a");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("Denied because cache is unready, check /health for status");
        assertThat(get("/cache/v1/keys").statusCode()).isEqualTo(503);
        assertThat(get("/cache/v1/offset/late/0").body()).isEqualTo("0");
        late.ready();
        assertThat(get("/cache/v1/raw/a").body()).isEqualTo("1");
    }

    @Test
    void ofSeveralTopicsOneHasToBeNamed() throws Exception {
        start(HttpSettings.loopback(), PlayedTopic.ready("other"));

        HttpResponse<String> answer = get("/cache/v1/keys");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("serve.v1-topic");
    }
}
