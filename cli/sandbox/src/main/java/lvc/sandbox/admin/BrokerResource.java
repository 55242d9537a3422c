package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import lvc.sandbox.config.ClusterConfig;

/** The one broker and the cluster that it makes up: brokers, node configuration, health, readiness. */
final class BrokerResource {

    static final String VERSION = "v26.2.1 - sandbox";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int INTERNAL_RPC_PORT = 33145;

    private final Node node;
    private final ClusterConfig config;

    BrokerResource(Node node, ClusterConfig config) {
        this.node = node;
        this.config = config;
    }

    void addTo(Router router) {
        router.get(
                "/v1/status/ready",
                Access.PUBLIC,
                request -> Answer.json(JSON.objectNode().put("status", "ready")));
        router.get(
                "/v1/brokers",
                Access.USER,
                request -> Answer.json(JSON.arrayNode().add(broker())));
        router.get("/v1/brokers/{id}", Access.USER, this::one);
        router.get("/v1/broker_uuids", Access.USER, request -> uuids());
        router.get("/v1/node_config", Access.SUPERUSER, request -> nodeConfig());
        router.get("/v1/cluster_view", Access.USER, request -> clusterView());
        router.get("/v1/cluster/health_overview", Access.USER, request -> health());
        router.get(
                "/v1/cluster/uuid",
                Access.PUBLIC,
                request -> Answer.json(JSON.objectNode().put("cluster_uuid", node.clusterUuid())));
        router.get("/v1/cluster/partition_balancer/status", Access.USER, request -> balancer());
    }

    private Answer one(Request request) throws IOException, Refusal {
        String id = request.path("id");
        if (!id.matches("-?\\d{1,9}")) {
            throw Refusal.badRequest("Broker id: " + id + ", must be an integer");
        }
        if (Integer.parseInt(id) != node.id()) {
            throw Refusal.notFound("broker with id: " + id + " not found");
        }
        return Answer.json(broker());
    }

    private ObjectNode broker() throws IOException {
        FileStore disk = Files.getFileStore(node.directory());
        ObjectNode broker = JSON.objectNode()
                .put("node_id", node.id())
                .put("num_cores", Runtime.getRuntime().availableProcessors())
                .put("internal_rpc_address", Node.HOST)
                .put("internal_rpc_port", INTERNAL_RPC_PORT)
                .put("membership_status", "active")
                .put("is_alive", true)
                .put("recovery_mode_enabled", false);
        broker.putArray("disk_space")
                .addObject()
                .put("path", node.directory().toString())
                .put("free", disk.getUsableSpace())
                .put("total", disk.getTotalSpace());
        broker.put("version", VERSION);
        broker.putObject("maintenance_status")
                .put("draining", false)
                .put("finished", false)
                .put("errors", false)
                .put("partitions", 0)
                .put("eligible", 0)
                .put("transferring", 0)
                .put("failed", 0);
        return broker.put("in_fips_mode", "disabled");
    }

    private Answer uuids() {
        return Answer.json(
                JSON.arrayNode().add(JSON.objectNode().put("node_id", node.id()).put("uuid", node.clusterUuid())));
    }

    private Answer nodeConfig() {
        ObjectNode json = JSON.objectNode().put("node_id", node.id());
        json.put("data_directory", node.directory().toString());
        json.putArray("seed_servers");
        json.set("rpc_server", address(INTERNAL_RPC_PORT));
        json.putArray("kafka_api").add(address(node.kafkaPort()).put("name", "sandbox"));
        json.putArray("advertised_kafka_api").add(address(node.kafkaPort()).put("name", "sandbox"));
        json.put("developer_mode", true);
        json.put("recovery_mode_enabled", false);
        json.put("emergency_disable_data_transforms", false);
        return Answer.json(json);
    }

    private static ObjectNode address(int port) {
        return JSON.objectNode().put("address", Node.HOST).put("port", port);
    }

    private Answer clusterView() throws IOException {
        ObjectNode view = JSON.objectNode().put("version", 1);
        view.putArray("brokers").add(broker());
        return Answer.json(view);
    }

    private Answer health() {
        ObjectNode json = JSON.objectNode().put("is_healthy", true);
        json.putArray("unhealthy_reasons");
        json.put("controller_id", node.id());
        json.putArray("all_nodes").add(node.id());
        json.putArray("nodes_down");
        json.putArray("high_disk_usage_nodes");
        json.putArray("nodes_in_recovery_mode");
        json.putArray("leaderless_partitions");
        json.put("leaderless_count", 0);
        json.putArray("under_replicated_partitions");
        json.put("under_replicated_count", 0);
        return Answer.json(json.put("bytes_in_cloud_storage", 0));
    }

    private Answer balancer() {
        boolean on = config.text("partition_autobalancing_mode").equals("continuous");
        ObjectNode json = JSON.objectNode().put("status", on ? "ready" : "off");
        json.putObject("violations");
        return Answer.json(json.put("seconds_since_last_tick", 0).put("current_reassignments_count", 0));
    }
}
