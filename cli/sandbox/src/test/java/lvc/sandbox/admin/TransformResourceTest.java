package lvc.sandbox.admin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.transform.TransformControl.Committed;
import lvc.sandbox.transform.TransformControl.Deployment;
import lvc.sandbox.transform.TransformControl.Refused;
import lvc.sandbox.transform.TransformControl.Report;
import lvc.sandbox.transform.TransformControl.Row;
import lvc.sandbox.transform.TransformControl.StartOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static lvc.sandbox.admin.AdminFixture.json;
import static lvc.sandbox.admin.AdminFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

class TransformResourceTest {

    private static final String SMALL = "{\"name\":\"f\",\"input_topic\":\"in\",\"output_topics\":[\"out\"]}";

    private AdminFixture admin;

    @BeforeEach
    void start() throws Exception {
        admin = new AdminFixture();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void deployTakesTheModuleFromTheByteAfterTheJsonObject() throws Exception {
        // Given
        byte[] module = new byte[300_000];
        new Random(7).nextBytes(module);
        String json = "{\"name\":\"f\",\"input_topic\":\"in\",\"output_topics\":[\"a\",\"b\"],"
                + "\"environment\":[{\"key\":\"K\",\"value\":\"v}\"},{\"key\":\"K\",\"value\":\"w\"}],"
                + "\"compression\":\"zstd\",\"offset\":{\"format\":\"from_start\",\"value\":0}}";

        // When
        HttpResponse<String> response = deploy(json, module);

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(admin.transforms.deployed)
                .containsExactly(new Deployment(
                        "f",
                        "in",
                        List.of("a", "b"),
                        Map.of("K", "w"),
                        "zstd",
                        Optional.of(new StartOffset("from_start", 0))));
        assertThat(admin.transforms.modules).singleElement().isEqualTo(module);
    }

    @Test
    void deployKeepsModuleBytesThatLookLikeWhitespaceOrJson() throws Exception {
        // Given
        byte[] module = "\n }{ \u0000asm".getBytes(StandardCharsets.UTF_8);

        // When
        deploy(SMALL, module);

        // Then
        assertThat(admin.transforms.modules).singleElement().isEqualTo(module);
        assertThat(admin.transforms.deployed)
                .containsExactly(new Deployment("f", "in", List.of("out"), Map.of(), "none", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|JSON parse error: 1",
                "nonsense|JSON parse error: 3",
                "{\"name\":|JSON parse error: 3",
                "[1]|invalid JSON request body: expected an object, got ARRAY",
                "{\"name\":\"f\",\"input_topic\":\"in\"}|invalid JSON request body: missing field 'output_topics'",
                "{\"name\":1,\"input_topic\":\"in\",\"output_topics\":[]}|invalid JSON request body: field 'name' must be a string",
                "{\"nam\":\"f\"}|invalid JSON request body: unknown field 'nam'",
            })
    void deployRefusesBodiesThatAreNotWhatTheSchemaSays(String body, String message) throws Exception {
        // When
        HttpResponse<String> response = deploy(body, new byte[0]);

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("code").asInt()).isEqualTo(400);
        assertThat(message(response)).isEqualTo(message);
        assertThat(admin.transforms.deployed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"format\":\"from_end\",\"value\":-1}|Bad offset: expected value >= 0, got -1",
                "{\"format\":\"timestamp\",\"value\":9223372036854775807}"
                        + "|Bad offset: Timestamp value out of range (9223372036854775807)",
                "{\"format\":\"from_start\",\"value\":92233720368547758070}"
                        + "|invalid JSON request body: field 'value' must be an integer",
                "{\"format\":\"now\",\"value\":0}"
                        + "|invalid JSON request body: field 'format' must be one of [from_end, from_start, timestamp]",
            })
    void deployRefusesBadOffsets(String offset, String message) throws Exception {
        // When
        HttpResponse<String> response = deploy(SMALL.replace("\"out\"]", "\"out\"],\"offset\":" + offset), new byte[8]);

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(message(response)).isEqualTo(message);
    }

    @Test
    void ofAModuleThatIsTooLargeOneByteTooManyIsKept() throws Exception {
        // Given
        admin.config.put("data_transforms_binary_max_size", 1 << 20);

        // When
        deploy(SMALL, new byte[3 << 20]);

        // Then
        assertThat(admin.transforms.modules).singleElement().satisfies(module -> assertThat(module)
                .hasSize((1 << 20) + 1));
    }

    @Test
    void whatTheEngineRefusesIsAnsweredWithItsStatusAndText() throws Exception {
        // Given
        admin.transforms.refused = new Refused(400, "Topic does not exists");

        // When
        HttpResponse<String> response = deploy(SMALL, new byte[8]);

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"message\":\"Topic does not exists\",\"code\":400}");
    }

    @Test
    void withTransformsDisabledEveryRequestSaysHowToEnableThem() throws Exception {
        // Given
        admin.config.put("data_transforms_enabled", false);

        // Then
        String text = "data transforms disabled - use `rpk cluster config set data_transforms_enabled true` to enable";
        assertThat(message(deploy(SMALL, new byte[8]))).isEqualTo(text);
        assertThat(message(admin.get("/v1/transform"))).isEqualTo(text);
        assertThat(message(admin.delete("/v1/transform/f"))).isEqualTo(text);
        assertThat(message(admin.get("/v1/transform/debug/committed_offsets"))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/transform", "/v1/transform/"})
    void theListIsTheSameWithAndWithoutATrailingSlash(String path) throws Exception {
        // Given
        admin.transforms.reports = List.of(
                new Report("f", "in", List.of("out"), List.of(new Row(1, 0, "running", 12)), Map.of("K", "v"), "none"));

        // Then
        assertThat(admin.get(path).body())
                .isEqualTo("[{\"name\":\"f\",\"input_topic\":\"in\",\"output_topics\":[\"out\"],"
                        + "\"status\":[{\"node_id\":1,\"partition\":0,\"status\":\"running\",\"lag\":12}],"
                        + "\"environment\":[{\"key\":\"K\",\"value\":\"v\"}],\"compression\":\"none\"}]");
    }

    @Test
    void lagAndOffsetsWrapAt32BitsWhileTheSwitchSaysSo() throws Exception {
        // Given
        long fourGig = 1L << 32;
        admin.transforms.reports = List.of(
                new Report("f", "in", List.of("out"), List.of(new Row(1, 0, "running", fourGig)), Map.of(), "none"));
        admin.transforms.committed = List.of(new Committed("f", 0, fourGig + 5));

        // Then
        assertThat(lagOfFirst()).isEqualTo(fourGig);
        admin.faults.set(Fault.WRAP_32_BIT, "true");
        assertThat(lagOfFirst()).isZero();
        assertThat(admin.getJson("/v1/transform/debug/committed_offsets")
                        .at("/0/offset")
                        .asLong())
                .isEqualTo(5);
    }

    private long lagOfFirst() throws Exception {
        return admin.getJson("/v1/transform").at("/0/status/0/lag").asLong();
    }

    @Test
    void deleteDecodesTheNameAndIsIdempotent() throws Exception {
        // When
        int first = admin.delete("/v1/transform/a%2Fb%20c+d").statusCode();
        int second = admin.delete("/v1/transform/a%2Fb%20c+d").statusCode();

        // Then
        assertThat(List.of(first, second)).containsExactly(200, 200);
        assertThat(admin.transforms.calls).containsExactly("delete a/b c+d", "delete a/b c+d");
    }

    @Test
    void nothingWrittenBeforeOffsetZeroPrintsAsZero() throws Exception {
        // Given
        admin.transforms.committed = List.of(new Committed("f", 3, Long.MIN_VALUE));

        // When
        String body = admin.get("/v1/transform/debug/committed_offsets?show_unknown=true")
                .body();

        // Then
        assertThat(body).isEqualTo("[{\"transform_name\":\"f\",\"partition\":3,\"offset\":0}]");
        assertThat(admin.transforms.calls).containsExactly("committed true");
    }

    @Test
    void garbageIsCollectedOnRequest() throws Exception {
        // When
        int status = admin.post("/v1/transform/debug/committed_offsets/garbage_collect")
                .statusCode();

        // Then
        assertThat(status).isEqualTo(200);
        assertThat(admin.transforms.calls).containsExactly("collectGarbage");
    }

    @Test
    void metaChangesOnlyWhatIsNamed() throws Exception {
        // When
        HttpResponse<String> response =
                admin.put("/v1/transform/f/meta", "{\"is_paused\":true,\"env\":[{\"key\":\"K\",\"value\":\"v\"}]}");

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(admin.transforms.calls)
                .containsExactly("update f Change[environment=Optional[{K=v}], paused=Optional[true],"
                        + " compression=Optional.empty]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|Request body is not a JSON object",
                "{\"is_paused\":1}|invalid JSON request body: field 'is_paused' must be a boolean",
                "{\"paused\":true}|invalid JSON request body: unknown field 'paused'",
                "{|JSON parse error: 3",
                "{} {}|JSON parse error: 2",
            })
    void metaRefusesWhatTheSchemaDoesNotAllow(String body, String message) throws Exception {
        // When
        HttpResponse<String> response = admin.put("/v1/transform/f/meta", body);

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(message(response)).isEqualTo(message);
    }

    @Test
    void metaOfAnUnknownTransformIsRefused() throws Exception {
        // Given
        admin.transforms.refused = new Refused(400, "Transform does not exist");

        // Then
        HttpResponse<String> response = admin.put("/v1/transform/nope/meta", "{}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(message(response)).isEqualTo("Transform does not exist");
    }

    /** Sends without a length, so in chunks, as rpk does. */
    private HttpResponse<String> deploy(String json, byte[] module) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(json.getBytes(StandardCharsets.UTF_8));
        body.write(module);
        return admin.send(admin.request("/v1/transform/deploy")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.toByteArray()))));
    }
}
