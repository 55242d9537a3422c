package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Faults;
import org.jspecify.annotations.Nullable;

/**
 * Features and the licence: a fresh cluster has the trial that Redpanda builds in, 30 days from its creation, until it is
 * given another one. That is forgotten when the sandbox stops.
 */
final class FeatureResource {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration TRIAL = Duration.ofDays(30);

    private static final List<String> FEATURES = List.of(
            "central_config", "license", "transaction_partitioning", "transforms_specify_offset", "wasm_transforms");

    private static final List<String> UNUSED_ENTERPRISE = List.of(
            "audit_logging",
            "core_balancing_continuous",
            "datalake_iceberg",
            "fips",
            "gssapi",
            "leadership_pinning",
            "oidc",
            "rbac",
            "schema_id_validation");

    private final Node node;
    private final ClusterConfig config;
    private final Faults faults;
    private final Clock clock;
    private volatile @Nullable License given;

    FeatureResource(Node node, ClusterConfig config, Faults faults, Clock clock) {
        this.node = node;
        this.config = config;
        this.faults = faults;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.get("/v1/features", Access.USER, request -> features());
        router.get("/v1/features/license", Access.USER, request -> license());
        router.get("/v1/features/enterprise", Access.USER, request -> enterprise());
        router.add("PUT", "/v1/features/license", Access.SUPERUSER, true, this::put);
    }

    private Answer put(Request request) throws IOException, Refusal {
        License license = License.parse(request.body().readAllBytes());
        if (!license.expires().isAfter(clock.instant())) {
            throw Refusal.badRequest("License is expired");
        }
        given = license;
        return Answer.empty();
    }

    private License current() {
        License license = given;
        return license == null ? trial() : license;
    }

    private License trial() {
        long days = faults.number(Faults.Fault.TRIAL_DAYS, TRIAL.toDays());
        return new License(
                0,
                "Redpanda Built-In Evaluation Period",
                "free_trial",
                node.created().plus(Duration.ofDays(days)),
                "");
    }

    private Answer features() {
        ObjectNode json = JSON.objectNode().put("cluster_version", 17);
        ArrayNode features = json.putArray("features");
        for (String name : FEATURES) {
            features.addObject().put("name", name).put("state", "active").put("was_active", true);
        }
        return Answer.json(json);
    }

    private Answer license() {
        ObjectNode json = JSON.objectNode().put("loaded", true);
        License license = current();
        json.putObject("license")
                .put("format_version", license.version())
                .put("org", license.organization())
                .put("type", license.type())
                .put("expires", license.expires().getEpochSecond())
                .put("sha256", license.sha256());
        return Answer.json(json);
    }

    private Answer enterprise() {
        boolean tiered = config.flag("cloud_storage_enabled");
        boolean balancing = config.text("partition_autobalancing_mode").equals("continuous");
        boolean expired = !current().expires().isAfter(clock.instant());
        ObjectNode json = JSON.objectNode()
                .put("license_status", expired ? "expired" : "valid")
                .put("violation", expired && (tiered || balancing));
        ArrayNode features = json.putArray("features");
        UNUSED_ENTERPRISE.forEach(name -> add(features, name, false));
        add(features, "cloud_storage", tiered);
        add(features, "partition_auto_balancing_continuous", balancing);
        return Answer.json(json);
    }

    private static void add(ArrayNode features, String name, boolean enabled) {
        features.addObject().put("name", name).put("enabled", enabled);
    }
}
