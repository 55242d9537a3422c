package lvc.adapter.redpanda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import lvc.core.port.Configuration;
import lvc.core.report.NodeConfig;

/** Cluster properties through the Admin API: {@code /v1/cluster_config}. */
public final class RedpandaConfiguration implements Configuration {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/v1/cluster_config";
    private static final int REFUSED = 400;

    private final AdminApi admin;

    public RedpandaConfiguration(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        admin.get(PATH + "?include_defaults=true", "cluster properties not read")
                .properties()
                .forEach(property -> {
                    JsonNode value = property.getValue();
                    if (!value.isNull()) {
                        values.put(property.getKey(), value.isValueNode() ? value.asText() : value.toString());
                    }
                });
        return values;
    }

    /** What is wrong comes as {@code {"name":"reason"}} with status 400. */
    @Override
    public Map<String, String> objections(Map<String, Object> wanted) {
        String what = "cluster properties not tried out";
        AdminApi.Answer answer = admin.putAnswer(PATH + "?dry_run=1", body(wanted), what);
        if (answer.status() != REFUSED) {
            admin.demandOk(answer, what);
            return Map.of();
        }
        Map<String, String> objections = new LinkedHashMap<>();
        answer.json(what)
                .properties()
                .forEach(each -> objections.put(each.getKey(), each.getValue().asText()));
        return objections;
    }

    @Override
    public long change(Map<String, Object> wanted) {
        return admin.put(PATH, body(wanted), "cluster properties not set")
                .path("config_version")
                .asLong();
    }

    private static ObjectNode body(Map<String, Object> wanted) {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.set("upsert", JSON.valueToTree(wanted));
        change.putArray("remove");
        return change;
    }

    @Override
    public List<NodeConfig> nodes() {
        List<NodeConfig> nodes = new ArrayList<>();
        admin.get(PATH + "/status", "versions of the configuration not read")
                .forEach(node -> nodes.add(new NodeConfig(
                        node.path("node_id").asInt(),
                        node.path("config_version").asLong(),
                        node.path("restart").asBoolean(),
                        texts(node.path("invalid")),
                        texts(node.path("unknown")))));
        return nodes;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
