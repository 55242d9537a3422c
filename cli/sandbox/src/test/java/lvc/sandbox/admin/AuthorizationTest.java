package lvc.sandbox.admin;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

import static lvc.sandbox.admin.AdminFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

class AuthorizationTest {

    @Test
    void withoutAUserEverybodyMayDoEverything() throws Exception {
        try (AdminFixture admin = new AdminFixture()) {
            assertThat(admin.get("/v1/cluster_config").statusCode()).isEqualTo(200);
            assertThat(get(admin, "/v1/brokers", "who:ever").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theRightPasswordOpensEverything() throws Exception {
        try (AdminFixture admin = AdminFixture.withUser()) {
            assertThat(get(admin, "/v1/brokers", "ada:pass").statusCode()).isEqualTo(200);
            assertThat(get(admin, "/v1/cluster_config", "ada:pass").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void nobodyIs401WhereAUserWouldDoAnd403WhereASuperuserIsNeeded() throws Exception {
        try (AdminFixture admin = AdminFixture.withUser()) {
            // When
            HttpResponse<String> user = admin.get("/v1/brokers");
            HttpResponse<String> superuser = admin.put("/v1/cluster_config", "{\"upsert\":{},\"remove\":[]}");

            // Then
            assertThat(user.body()).isEqualTo("{\"message\":\"Forbidden (authentication is required)\",\"code\":401}");
            assertThat(user.statusCode()).isEqualTo(401);
            assertThat(superuser.body())
                    .isEqualTo("{\"message\":\"Forbidden (superuser role required)\",\"code\":403}");
            assertThat(superuser.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void aWrongPasswordIs401Everywhere() throws Exception {
        try (AdminFixture admin = AdminFixture.withUser()) {
            assertThat(get(admin, "/v1/brokers", "ada:wrong").statusCode()).isEqualTo(401);
            assertThat(message(get(admin, "/v1/cluster_config", "ada:wrong"))).isEqualTo("Unauthorized");
        }
    }

    @Test
    void readinessSchemaAndMetricsArePublic() throws Exception {
        try (AdminFixture admin = AdminFixture.withUser()) {
            for (String path :
                    new String[] {"/v1/status/ready", "/v1/cluster_config/schema", "/public_metrics", "/sandbox/faults"
                    }) {
                assertThat(admin.get(path).statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void nonsenseInTheHeaderIsABadRequest() throws Exception {
        try (AdminFixture admin = AdminFixture.withUser()) {
            HttpResponse<String> garbled =
                    admin.send(admin.request("/v1/brokers").header("Authorization", "Basic %%%"));
            HttpResponse<String> method =
                    admin.send(admin.request("/v1/brokers").header("Authorization", "Magic x"));

            assertThat(garbled.statusCode()).isEqualTo(400);
            assertThat(message(method)).isEqualTo("Unsupported Authorization method");
        }
    }

    private static HttpResponse<String> get(AdminFixture admin, String path, String user) throws Exception {
        String basic = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return admin.send(admin.request(path).header("Authorization", "Basic " + basic));
    }
}
