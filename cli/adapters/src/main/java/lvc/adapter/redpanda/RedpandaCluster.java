package lvc.adapter.redpanda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lvc.core.fault.Fault;
import lvc.core.port.Cluster;
import lvc.core.report.ClusterOverview;

/** The cluster through the Admin API: identity, health and cluster properties. */
public final class RedpandaCluster implements Cluster {
    private static final String KAFKA_ID = "redpanda.";

    private final AdminApi admin;

    public RedpandaCluster(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public ClusterOverview overview() {
        String what = "cluster not looked at";
        JsonNode brokers = admin.list("/v1/brokers", what);
        JsonNode health = admin.get("/v1/cluster/health_overview", what);
        List<Integer> nodes = new ArrayList<>();
        brokers.forEach(broker -> nodes.add(broker.path("node_id").asInt()));
        List<String> unhealthy = new ArrayList<>();
        if (!health.path("is_healthy").asBoolean()) {
            health.path("unhealthy_reasons").forEach(reason -> unhealthy.add(reason.asText()));
            if (unhealthy.isEmpty()) {
                unhealthy.add("the cluster gives no reason");
            }
        }
        return new ClusterOverview(
                admin.find("/v1/cluster/uuid", what)
                        .map(json -> json.path("cluster_uuid").asText())
                        .orElse(""),
                brokers.path(0).path("version").asText(),
                nodes,
                unhealthy);
    }

    /**
     * The ids by which the cluster may go with Kafka's clients: "redpanda." and the property cluster_id, or the cluster's
     * uuid. A cluster that is new has no id of its own yet.
     */
    public Set<String> kafkaIds() {
        String what = "identity of the cluster not read";
        return Stream.of(
                        admin.get("/v1/cluster_config?key=cluster_id", what).path("cluster_id"),
                        admin.find("/v1/cluster/uuid", what)
                                .map(json -> json.path("cluster_uuid"))
                                .orElseGet(MissingNode::getInstance))
                .filter(JsonNode::isTextual)
                .map(id -> KAFKA_ID + id.textValue())
                .collect(Collectors.toSet());
    }

    /** Whether the broker that is asked is done with starting. */
    public boolean ready() {
        return admin.get("/v1/status/ready", "broker not asked whether it is ready")
                .path("status")
                .asText()
                .equals("ready");
    }

    @Override
    public Optional<String> setting(String name) {
        JsonNode value = admin.get("/v1/cluster_config?key=" + name, "cluster property " + name + " not read")
                .path(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(text(value));
    }

    @Override
    public long set(String name, List<String> values) {
        String what = "cluster property " + name + " not set";
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        values.forEach(change.putObject("upsert").putArray(name)::add);
        change.putArray("remove");
        JsonNode answer = admin.put("/v1/cluster_config", change, what);
        JsonNode version = answer.path("config_version");
        if (!version.isIntegralNumber()) {
            throw Fault.failed(
                    what + " for certain",
                    "the Admin API at " + admin.where() + " answered without a config_version: " + answer,
                    "lvc status");
        }
        return version.asLong();
    }

    @Override
    public Map<Integer, Long> configVersions() {
        String what = "versions of the configuration not read";
        Map<Integer, Long> versions = new TreeMap<>();
        // The status knows only of those who have told of themselves.
        admin.list("/v1/brokers", what)
                .forEach(broker -> versions.put(broker.path("node_id").asInt(), NOT_SAID));
        admin.list("/v1/cluster_config/status", what)
                .forEach(node -> versions.put(
                        node.path("node_id").asInt(),
                        node.path("config_version").asLong()));
        return versions;
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(","))
                : value.asText();
    }
}
