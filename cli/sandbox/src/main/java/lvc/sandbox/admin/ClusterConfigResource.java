package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Property;

/** {@code /v1/cluster_config}: read and change cluster properties, and how far the node has come with a change. */
final class ClusterConfigResource {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ClusterConfig config;
    private final Node node;
    private final boolean hasSuperuser;

    ClusterConfigResource(ClusterConfig config, Node node, boolean hasSuperuser) {
        this.config = config;
        this.node = node;
        this.hasSuperuser = hasSuperuser;
    }

    void addTo(Router router) {
        router.get("/v1/cluster_config", Access.SUPERUSER, this::show);
        router.get("/v1/cluster_config/schema", Access.PUBLIC, request -> schema());
        router.get("/v1/cluster_config/status", Access.SUPERUSER, request -> status());
        router.add("PUT", "/v1/cluster_config", Access.SUPERUSER, true, this::change);
    }

    private Answer show(Request request) throws Refusal {
        ObjectNode shown = JSON.objectNode();
        String key = request.query().get("key");
        if (key == null) {
            shown.setAll(config.stored(request.flag("include_defaults", true)));
            return Answer.json(shown);
        }
        String name = config.properties().stream()
                .filter(property ->
                        property.name().equals(key) || property.aliases().contains(key))
                .map(Property::name)
                .findAny()
                .orElseThrow(() -> Refusal.badRequest("Unknown property {" + key + "}"));
        shown.set(name, config.stored(true).get(name));
        return Answer.json(shown);
    }

    private Answer change(Request request) throws IOException, Refusal {
        JsonNode json = request.json();
        Set<String> fields = Set.of("upsert", "remove");
        Schema.object(json, fields, fields);
        if (!json.path("upsert").isObject()) {
            throw Refusal.badRequest("invalid JSON request body: field 'upsert' must be an object");
        }
        Map<String, JsonNode> upsert = new TreeMap<>();
        json.path("upsert").properties().forEach(entry -> upsert.put(entry.getKey(), entry.getValue()));
        List<String> remove = new ArrayList<>();
        for (JsonNode name : Schema.array(json, "remove")) {
            remove.add(Schema.text(name, "remove"));
        }
        boolean check = !request.flag("force");
        JsonNode loginRequired = upsert.get("admin_api_require_auth");
        if (check && !hasSuperuser && loginRequired != null && loginRequired.asBoolean()) {
            // Redpanda keeps its users from locking themselves out: somebody must be able to log in before that is
            // asked.
            return Answer.errors(Map.of("superusers", "No superusers defined"));
        }
        try {
            long version = config.update(new ClusterConfig.Update(upsert, remove), check, request.flag("dry_run"));
            return Answer.json(JSON.objectNode().put("config_version", version));
        } catch (ClusterConfig.Rejected e) {
            return Answer.errors(e.errors());
        }
    }

    private Answer status() {
        ClusterConfig.Status status = config.status();
        ArrayNode nodes = JSON.arrayNode();
        ObjectNode shown = nodes.addObject()
                .put("node_id", node.id())
                .put("restart", status.restart())
                .put("config_version", status.version());
        addAll(shown.putArray("invalid"), status.invalid());
        addAll(shown.putArray("unknown"), status.unknown());
        return Answer.json(nodes);
    }

    private Answer schema() {
        ObjectNode body = JSON.objectNode();
        ObjectNode all = body.putObject("properties");
        for (Property property : config.properties()) {
            ObjectNode shown = all.putObject(property.name())
                    .put("description", property.description())
                    .put("nullable", property.nullable())
                    .put("needs_restart", property.restart())
                    .put("visibility", "user")
                    .put("is_secret", property.secret())
                    .put("type", property.type());
            if (property.type().equals("array")) {
                shown.putObject("items").put("type", "string");
            }
            if (property.units() != null) {
                shown.put("units", property.units());
            }
            if (!property.choices().isEmpty()) {
                addAll(shown.putArray("enum_values"), property.choices());
            }
            addAll(shown.putArray("aliases"), property.aliases());
        }
        return Answer.json(body);
    }

    private static void addAll(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
