package lvc.adapter.redpanda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import lvc.core.fault.Fault;
import lvc.core.port.Transforms;
import lvc.core.transform.Committed;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Row;
import lvc.core.transform.TransformState.Status;

/** Transforms through {@code /v1/transform} of the Admin API. */
public final class RedpandaTransforms implements Transforms {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final AdminApi admin;

    public RedpandaTransforms(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public List<TransformState> list() {
        List<TransformState> transforms = new ArrayList<>();
        admin.list("/v1/transform", "transforms not listed").forEach(t -> transforms.add(state(t)));
        return transforms;
    }

    /** The body is the JSON object and, with nothing between, the module. */
    @Override
    public void deploy(TransformSpec transform, byte[] module) throws Uncertain {
        byte[] head = description(transform).toString().getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[head.length + module.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(module, 0, body, head.length, module.length);
        String what = "transform " + transform.name() + " not deployed";
        AdminApi.Answer answer;
        try {
            answer = admin.once("POST", "/v1/transform/deploy", body, what);
        } catch (IOException e) {
            throw new Uncertain(String.valueOf(e.getMessage()), e);
        }
        if (answer.transientRefusal()) {
            throw new Uncertain(answer.message());
        }
        if (answer.status() == 400) {
            throw Fault.failed(
                    what,
                    "the cluster refuses it: " + answer.message(),
                    "lvc transform list shows what is deployed, lvc status which topics exist");
        }
        if (answer.status() == 500) {
            throw Fault.failed(
                    what,
                    "the cluster said: " + answer.message() + "; it says so, too, of a module larger than"
                            + " data_transforms_binary_max_size, and this one has " + module.length + " bytes",
                    "a smaller module, or a larger limit (rpk cluster config set data_transforms_binary_max_size)");
        }
        admin.demandOk(answer, what);
    }

    @Override
    public void delete(String name) {
        admin.send("DELETE", path(name), Optional.empty(), "transform " + name + " not deleted");
    }

    @Override
    public void pause(String name, boolean paused) {
        ObjectNode body = NODES.objectNode().put("is_paused", paused);
        admin.send(
                "PUT",
                path(name) + "/meta",
                Optional.of(body),
                "transform " + name + " not " + (paused ? "paused" : "resumed"));
    }

    @Override
    public List<Committed> committed() {
        List<Committed> rows = new ArrayList<>();
        admin.list("/v1/transform/debug/committed_offsets", "committed offsets not read")
                .forEach(row -> rows.add(new Committed(
                        row.path("transform_name").asText(),
                        row.path("partition").asInt(),
                        row.path("offset").asLong())));
        return rows;
    }

    private static String path(String name) {
        return "/v1/transform/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ObjectNode description(TransformSpec transform) {
        ObjectNode json = NODES.objectNode();
        json.put("name", transform.name());
        json.put("input_topic", transform.input());
        ArrayNode outputs = json.putArray("output_topics");
        transform.outputs().forEach(outputs::add);
        if (!transform.environment().isEmpty()) {
            ArrayNode environment = json.putArray("environment");
            transform
                    .environment()
                    .forEach((key, value) ->
                            environment.addObject().put("key", key).put("value", value));
        }
        json.put("compression", transform.compression());
        transform.start().ifPresent(start -> json.putObject("offset")
                .put("format", format(start.origin()))
                .put("value", start.value()));
        return json;
    }

    private static String format(StartFrom.Origin origin) {
        return switch (origin) {
            case START -> "from_start";
            case END -> "from_end";
            case TIMESTAMP -> "timestamp";
        };
    }

    private static TransformState state(JsonNode json) {
        Map<String, String> environment = new HashMap<>();
        json.path("environment")
                .forEach(pair -> environment.put(
                        pair.path("key").asText(), pair.path("value").asText()));
        return new TransformState(
                json.path("name").asText(),
                json.path("input_topic").asText(),
                StreamSupport.stream(json.path("output_topics").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                environment,
                json.path("compression").asText("none"),
                StreamSupport.stream(json.path("status").spliterator(), false)
                        .map(RedpandaTransforms::row)
                        .toList());
    }

    private static Row row(JsonNode json) {
        return new Row(
                json.path("node_id").asInt(),
                json.path("partition").asInt(),
                status(json.path("status").asText()),
                json.path("lag").asLong());
    }

    /** A word that this lvc does not know is as good as no word. */
    private static Status status(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "running" -> Status.RUNNING;
            case "inactive" -> Status.INACTIVE;
            case "errored" -> Status.ERRORED;
            default -> Status.UNKNOWN;
        };
    }
}
