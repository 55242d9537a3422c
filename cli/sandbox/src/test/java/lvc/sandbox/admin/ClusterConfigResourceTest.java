package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import lvc.sandbox.config.Faults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static lvc.sandbox.admin.AdminFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

class ClusterConfigResourceTest {

    private static final String FENCE = "{\"upsert\":{\"kafka_noproduce_topics\":[\"primary\"]},\"remove\":[]}";

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
    void showsEverythingOrOnlyWhatWasSetOrOneKey() throws Exception {
        // When
        JsonNode all = admin.getJson("/v1/cluster_config");
        JsonNode set = admin.getJson("/v1/cluster_config?include_defaults=false");
        JsonNode one = admin.getJson("/v1/cluster_config?key=wasm_per_core_memory_reservation");

        // Then
        assertThat(all.path("data_transforms_commit_interval_ms").asLong()).isEqualTo(3000);
        assertThat(all.path("cloud_storage_bucket").isNull()).isTrue();
        assertThat(set.toString()).isEqualTo("{\"data_transforms_enabled\":true}");
        assertThat(one.toString()).isEqualTo("{\"data_transforms_per_core_memory_reservation\":20971520}");
        assertThat(admin.get("/v1/cluster_config?key=nope").statusCode()).isEqualTo(400);
    }

    @Test
    void aChangeAnswersItsVersionAndTheStatusReachesIt() throws Exception {
        // When
        HttpResponse<String> response = admin.put("/v1/cluster_config", FENCE);

        // Then
        assertThat(response.body()).isEqualTo("{\"config_version\":2}");
        assertThat(admin.get("/v1/cluster_config/status").body())
                .isEqualTo("[{\"node_id\":1,\"restart\":false,\"config_version\":2,\"invalid\":[],\"unknown\":[]}]");
        assertThat(admin.config.list("kafka_noproduce_topics")).containsExactly("primary");
    }

    @Test
    void theStatusLagsBehindWhileTheDelaySwitchIsOn() throws Exception {
        // Given
        admin.put("/sandbox/faults", "{\"CONFIG_DELAY_MS\":600000}");

        // When
        admin.put("/v1/cluster_config", FENCE);

        // Then
        assertThat(admin.faults.on(Fault.CONFIG_DELAY_MS)).isTrue();
        assertThat(admin.getJson("/v1/cluster_config/status")
                        .at("/0/config_version")
                        .asLong())
                .isEqualTo(1);
        assertThat(admin.getJson("/v1/cluster_config?key=kafka_noproduce_topics")
                        .toString())
                .isEqualTo("{\"kafka_noproduce_topics\":[\"primary\"]}");
        assertThat(admin.config.list("kafka_noproduce_topics")).isEmpty();
    }

    @Test
    void aChangeOfATransformLimitAsksForARestart() throws Exception {
        // When
        admin.put(
                "/v1/cluster_config",
                "{\"upsert\":{\"data_transforms_per_function_memory_limit\":100000000},\"remove\":[]}");

        // Then
        assertThat(admin.getJson("/v1/cluster_config/status").at("/0/restart").asBoolean())
                .isTrue();
    }

    @Test
    void errorsComeByKeyAndWithoutTheUsualFrame() throws Exception {
        // When
        HttpResponse<String> response = admin.put(
                "/v1/cluster_config", "{\"upsert\":{\"nope\":1,\"log_segment_ms\":\"x\"},\"remove\":[\"neither\"]}");

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"log_segment_ms\":\"expected type integer\",\"neither\":\"Unknown property\","
                        + "\"nope\":\"Unknown property\"}");
    }

    @Test
    void dryRunChangesNothingAndForceStoresWhatIsWrong() throws Exception {
        // Given
        String wrong = "{\"upsert\":{\"nope\":1},\"remove\":[]}";

        // When
        String dry = admin.put("/v1/cluster_config?dry_run=true", FENCE).body();
        String forced = admin.put("/v1/cluster_config?force=true", wrong).body();

        // Then
        assertThat(dry).isEqualTo("{\"config_version\":1}");
        assertThat(forced).isEqualTo("{\"config_version\":2}");
        assertThat(admin.getJson("/v1/cluster_config/status").at("/0/unknown/0").asText())
                .isEqualTo("nope");
    }

    @Test
    void bothPartsOfAChangeAreRequired() throws Exception {
        assertThat(message(admin.put("/v1/cluster_config", "{\"upsert\":{}}")))
                .isEqualTo("invalid JSON request body: missing field 'remove'");
        assertThat(message(admin.put("/v1/cluster_config", "{\"upsert\":[],\"remove\":[]}")))
                .isEqualTo("invalid JSON request body: field 'upsert' must be an object");
        assertThat(message(admin.put("/v1/cluster_config", "no json"))).isEqualTo("JSON parse error: 3");
        assertThat(message(admin.put("/v1/cluster_config", ""))).isEqualTo("JSON parse error: 1");
    }

    @Test
    void nobodyLocksHimselfOut() throws Exception {
        // When
        HttpResponse<String> response =
                admin.put("/v1/cluster_config", "{\"upsert\":{\"admin_api_require_auth\":true},\"remove\":[]}");

        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"superusers\":\"No superusers defined\"}");
        assertThat(admin.config.flag("admin_api_require_auth")).isFalse();
    }

    @Test
    void theSchemaSaysTypeAndRestartOfEveryProperty() throws Exception {
        // When
        JsonNode properties = admin.getJson("/v1/cluster_config/schema").path("properties");

        // Then
        assertThat(properties.size()).isEqualTo(admin.config.properties().size());
        assertThat(properties.at("/kafka_noproduce_topics/type").asText()).isEqualTo("array");
        assertThat(properties.at("/kafka_noproduce_topics/items/type").asText()).isEqualTo("string");
        assertThat(properties.at("/kafka_noproduce_topics/needs_restart").asBoolean())
                .isFalse();
        assertThat(properties.at("/data_transforms_enabled/needs_restart").asBoolean())
                .isTrue();
        assertThat(properties.at("/data_transforms_commit_interval_ms/units").asText())
                .isEqualTo("ms");
        assertThat(properties
                        .at("/data_transforms_per_core_memory_reservation/aliases/0")
                        .asText())
                .isEqualTo("wasm_per_core_memory_reservation");
        assertThat(properties.findValues("description"))
                .allSatisfy(text -> assertThat(text.asText()).isNotBlank());
    }
}
