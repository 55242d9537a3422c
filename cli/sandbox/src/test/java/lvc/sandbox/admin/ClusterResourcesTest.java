package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import lvc.sandbox.config.Faults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static lvc.sandbox.admin.AdminFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

class ClusterResourcesTest {

    private AdminFixture admin;

    @BeforeEach
    void start() throws Exception {
        admin = new AdminFixture();
        admin.logs.partitions.put("prices", 2);
        admin.logs.ids.put("prices", "a-first-id");
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void theBrokerIsReadyAndTheClusterHealthy() throws Exception {
        assertThat(admin.get("/v1/status/ready").body()).isEqualTo("{\"status\":\"ready\"}");
        JsonNode health = admin.getJson("/v1/cluster/health_overview");
        assertThat(health.path("is_healthy").asBoolean()).isTrue();
        assertThat(health.path("controller_id").asInt()).isEqualTo(1);
        assertThat(health.path("all_nodes").toString()).isEqualTo("[1]");
        assertThat(health.path("leaderless_partitions").isArray()).isTrue();
    }

    @Test
    void theBrokerIsListedAloneAndById() throws Exception {
        // When
        JsonNode brokers = admin.getJson("/v1/brokers");

        // Then
        assertThat(brokers).hasSize(1);
        assertThat(brokers.at("/0/node_id").asInt()).isEqualTo(1);
        assertThat(brokers.at("/0/is_alive").asBoolean()).isTrue();
        assertThat(brokers.at("/0/membership_status").asText()).isEqualTo("active");
        assertThat(admin.getJson("/v1/brokers/1").path("node_id").asInt()).isEqualTo(1);
        assertThat(admin.get("/v1/brokers/2").statusCode()).isEqualTo(404);
        assertThat(admin.get("/v1/brokers/x").statusCode()).isEqualTo(400);
        assertThat(admin.getJson("/v1/cluster_view").at("/brokers/0/node_id").asInt())
                .isEqualTo(1);
    }

    @Test
    void nodeConfigAndControllerLeadRpkToTheLeader() throws Exception {
        assertThat(admin.getJson("/v1/node_config").path("node_id").asInt()).isEqualTo(1);
        assertThat(admin.getJson("/v1/node_config").at("/kafka_api/0/port").asInt())
                .isEqualTo(9092);
        assertThat(admin.getJson("/v1/partitions/redpanda/controller/0")
                        .path("leader_id")
                        .asInt())
                .isEqualTo(1);
        assertThat(admin.getJson("/v1/cluster/uuid").path("cluster_uuid").asText())
                .isEqualTo("0f4a");
    }

    @Test
    void theTrialLicenceEndsThirtyDaysAfterTheClusterWasCreated() throws Exception {
        // When
        JsonNode license = admin.getJson("/v1/features/license");

        // Then
        assertThat(license.path("loaded").asBoolean()).isTrue();
        assertThat(license.at("/license/type").asText()).isEqualTo("free_trial");
        assertThat(license.at("/license/expires").asLong())
                .isEqualTo(admin.created.plus(Duration.ofDays(30)).getEpochSecond());
        assertThat(admin.getJson("/v1/features").path("features")).isNotEmpty();
    }

    @Test
    void enterpriseFeaturesShowTieredStorageWhenItIsOn() throws Exception {
        // Given
        admin.config.put("cloud_storage_enabled", true);

        // When
        JsonNode enterprise = admin.getJson("/v1/features/enterprise");

        // Then
        assertThat(enterprise.path("license_status").asText()).isEqualTo("valid");
        assertThat(enterprise.path("violation").asBoolean()).isFalse();
        assertThat(enterprise.path("features").toString())
                .contains("{\"name\":\"cloud_storage\",\"enabled\":true}")
                .contains("{\"name\":\"rbac\",\"enabled\":false}");
    }

    @Test
    void aTrialThatHasEndedIsAViolationWhereSomethingNeedsALicence() throws Exception {
        // Given
        admin.faults.set(Faults.Fault.TRIAL_DAYS, "0");

        // When
        JsonNode unused = admin.getJson("/v1/features/enterprise");
        admin.config.put("cloud_storage_enabled", true);
        JsonNode used = admin.getJson("/v1/features/enterprise");

        // Then
        assertThat(admin.getJson("/v1/features/license").at("/license/expires").asLong())
                .isEqualTo(admin.created.getEpochSecond());
        assertThat(unused.path("license_status").asText()).isEqualTo("expired");
        assertThat(unused.path("violation").asBoolean()).isFalse();
        assertThat(used.path("violation").asBoolean()).isTrue();
    }

    @Test
    void aLicenceIsTakenThatLooksLikeOneAndHasNotEnded() throws Exception {
        // Given
        admin.faults.set(Faults.Fault.TRIAL_DAYS, "0");
        long end = admin.created.plus(Duration.ofDays(90)).getEpochSecond();

        // When
        HttpResponse<String> answer = admin.put("/v1/features/license", license(1, end) + "\n");

        // Then
        JsonNode shown = admin.getJson("/v1/features/license").path("license");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(shown.path("org").asText()).isEqualTo("Ada Ltd");
        assertThat(shown.path("type").asText()).isEqualTo("enterprise");
        assertThat(shown.path("expires").asLong()).isEqualTo(end);
        assertThat(shown.path("sha256").asText()).hasSize(64);
        assertThat(admin.getJson("/v1/features/enterprise")
                        .path("license_status")
                        .asText())
                .isEqualTo("valid");
    }

    @Test
    void whatIsNoLicenceOrHasEndedIsRefused() throws Exception {
        long end = admin.created.getEpochSecond();
        assertThat(message(admin.put("/v1/features/license", license(1, end - 60))))
                .isEqualTo("License is expired");
        for (String text : List.of("", "nonsense", ".", "e30=.", "e30=.AAAA", "AAAA.AAAA", "§.AAAA", license(7, end))) {
            HttpResponse<String> answer = admin.put("/v1/features/license", text);
            assertThat(answer.statusCode()).as(text).isEqualTo(400);
            assertThat(message(answer)).startsWith("License is malformed: ");
        }
        assertThat(admin.getJson("/v1/features/license").at("/license/type").asText())
                .isEqualTo("free_trial");
    }

    private static String license(int type, long expiry) {
        String json = "{\"version\":1,\"org\":\"Ada Ltd\",\"type\":" + type + ",\"expiry\":" + expiry + "}";
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)) + ".AAAA";
    }

    @Test
    void partitionsHaveALeaderAndAGroupEach() throws Exception {
        // When
        JsonNode all = admin.getJson("/v1/partitions/kafka/prices");
        JsonNode one = admin.getJson("/v1/partitions/kafka/prices/1");

        // Then
        assertThat(all).hasSize(2);
        assertThat(all.get(1)).isEqualTo(one);
        assertThat(one.path("partition_id").asInt()).isEqualTo(1);
        assertThat(one.path("leader_id").asInt()).isEqualTo(1);
        assertThat(one.path("disabled").asBoolean()).isFalse();
        assertThat(one.at("/replicas/0/node_id").asInt()).isEqualTo(1);
        assertThat(all.at("/0/raft_group_id")).isNotEqualTo(all.at("/1/raft_group_id"));
    }

    @Test
    void aRecreatedTopicHasOtherGroups() throws Exception {
        // Given
        int before = admin.getJson("/v1/partitions/kafka/prices/0")
                .path("raft_group_id")
                .asInt();

        // When
        admin.logs.ids.put("prices", "a-second-id");

        // Then
        assertThat(admin.getJson("/v1/partitions/kafka/prices/0")
                        .path("raft_group_id")
                        .asInt())
                .isNotEqualTo(before)
                .isPositive();
    }

    @Test
    void unknownPartitionsAre404AndNonsenseIs400() throws Exception {
        assertThat(admin.get("/v1/partitions/kafka/nope").statusCode()).isEqualTo(404);
        assertThat(admin.get("/v1/partitions/other/prices").statusCode()).isEqualTo(404);
        assertThat(admin.get("/v1/partitions/kafka/prices/2").statusCode()).isEqualTo(404);
        assertThat(admin.get("/v1/partitions/kafka/prices/-1").statusCode()).isEqualTo(400);
        assertThat(message(admin.get("/v1/partitions/kafka/prices/x"))).isEqualTo("Partition id must be an integer: x");
    }

    @Test
    void aLeaderMoveReachesTheEngine() throws Exception {
        // When
        int moved = admin.post("/v1/partitions/kafka/prices/1/transfer_leadership?target=1")
                .statusCode();
        int elsewhere = admin.post("/v1/partitions/kafka/prices/1/transfer_leadership?target=7")
                .statusCode();

        // Then
        assertThat(moved).isEqualTo(200);
        assertThat(elsewhere).isEqualTo(400);
        assertThat(admin.transforms.calls).containsExactly("leaderMoved prices 1");
    }

    @Test
    void nothingIsInCloudStorage() throws Exception {
        // When
        JsonNode status = admin.getJson("/v1/cloud_storage/status/prices/0");

        // Then
        assertThat(status.path("cloud_storage_mode").asText()).isEqualTo("disabled");
        assertThat(status.path("local_log_size_bytes").asLong()).isEqualTo(640);
        assertThat(status.path("local_log_last_offset").asLong()).isEqualTo(9);
        assertThat(admin.get("/v1/cloud_storage/status/prices/2").statusCode()).isEqualTo(404);
    }

    @Test
    void unknownPathsAndMethodsAreNotFound() throws Exception {
        // When
        HttpResponse<String> path = admin.get("/v1/nothing/here");
        HttpResponse<String> method = admin.put("/v1/brokers", "{}");

        // Then
        assertThat(path.statusCode()).isEqualTo(404);
        assertThat(path.body()).isEqualTo("{\"message\":\"Not found\",\"code\":404}");
        assertThat(path.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(method.statusCode()).isEqualTo(404);
    }
}
