package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Faults;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.transform.TransformControl;

/** {@code /v1/transform}: deploy, list, change, delete, and what was committed (Redpanda source, admin/transform.cc). */
final class TransformResource {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final TransformControl transforms;
    private final ClusterConfig config;
    private final Faults faults;

    TransformResource(TransformControl transforms, ClusterConfig config, Faults faults) {
        this.transforms = transforms;
        this.config = config;
        this.faults = faults;
    }

    void addTo(Router router) {
        router.add("POST", "/v1/transform/deploy", Access.SUPERUSER, true, this::deploy);
        router.get("/v1/transform", Access.USER, this::list);
        router.get("/v1/transform/debug/committed_offsets", Access.USER, this::committed);
        router.add(
                "POST",
                "/v1/transform/debug/committed_offsets/garbage_collect",
                Access.SUPERUSER,
                false,
                this::collectGarbage);
        router.add("DELETE", "/v1/transform/{name}", Access.SUPERUSER, true, this::delete);
        router.add("PUT", "/v1/transform/{name}/meta", Access.SUPERUSER, true, this::change);
    }

    private Answer deploy(Request request) throws IOException, Refusal {
        requireEnabled();
        DeployBody body = DeployBody.read(request.body(), config.number("data_transforms_binary_max_size"));
        if (faults.take(Fault.DEPLOY_503)) {
            throw new Refusal(503, "Service unavailable (No controller leader)");
        }
        attempt(() -> transforms.deploy(body.deployment(), body.module()));
        if (faults.take(Fault.DEPLOY_504_AFTER_APPLY)) {
            throw new Refusal(504, "Timeout: deploy of " + body.deployment().name() + " was not confirmed in time");
        }
        return Answer.empty();
    }

    private Answer list(Request request) throws Refusal {
        requireEnabled();
        if (faults.take(Fault.LIST_500)) {
            throw new Refusal(500, "unable to collect the transform reports of all brokers");
        }
        ArrayNode list = JSON.arrayNode();
        for (TransformControl.Report report : transforms.list()) {
            list.add(shown(report));
        }
        return Answer.json(list);
    }

    private ObjectNode shown(TransformControl.Report report) {
        ObjectNode json = JSON.objectNode().put("name", report.name()).put("input_topic", report.input());
        ArrayNode outputs = json.putArray("output_topics");
        report.outputs().forEach(outputs::add);
        ArrayNode status = json.putArray("status");
        for (TransformControl.Row row : report.status()) {
            status.addObject()
                    .put("node_id", row.node())
                    .put("partition", row.partition())
                    .put("status", row.status())
                    .put("lag", printed(row.lag()));
        }
        ArrayNode environment = json.putArray("environment");
        report.environment()
                .forEach((key, value) -> environment.addObject().put("key", key).put("value", value));
        return json.put("compression", report.compression());
    }

    private Answer delete(Request request) throws Refusal {
        requireEnabled();
        transforms.delete(name(request));
        return Answer.empty();
    }

    private Answer change(Request request) throws IOException, Refusal {
        requireEnabled();
        JsonNode json = request.json();
        if (!json.isObject()) {
            throw Refusal.badRequest("Request body is not a JSON object");
        }
        Schema.object(json, Set.of("env", "is_paused", "compression"), Set.of());
        TransformControl.Change change = new TransformControl.Change(
                json.has("env") ? Optional.of(DeployBody.environment(json)) : Optional.empty(),
                json.has("is_paused")
                        ? Optional.of(Schema.flag(json.path("is_paused"), "is_paused"))
                        : Optional.empty(),
                json.has("compression")
                        ? Optional.of(DeployBody.compression(json.path("compression")))
                        : Optional.empty());
        String name = name(request);
        attempt(() -> transforms.update(name, change));
        return Answer.empty();
    }

    private Answer committed(Request request) throws Refusal {
        requireEnabled();
        ArrayNode rows = JSON.arrayNode();
        for (TransformControl.Committed row : transforms.committed(request.flag("show_unknown"))) {
            // "Nothing before offset 0" is the smallest 64-bit integer inside and a 32-bit 0 outside, on every release.
            long offset = row.offset() == Long.MIN_VALUE ? 0 : printed(row.offset());
            rows.addObject()
                    .put("transform_name", row.transform())
                    .put("partition", row.partition())
                    .put("offset", offset);
        }
        return Answer.json(rows);
    }

    private Answer collectGarbage(Request request) throws Refusal {
        requireEnabled();
        transforms.collectGarbage();
        return Answer.empty();
    }

    private void requireEnabled() throws Refusal {
        if (!config.flag("data_transforms_enabled")) {
            throw Refusal.badRequest("data transforms disabled - use `rpk cluster config set data_transforms_enabled"
                    + " true` to enable");
        }
    }

    private static String name(Request request) throws Refusal {
        String name = request.path("name");
        if (name.isEmpty() || name.contains("\uFFFD")) {
            throw Refusal.badRequest("invalid transform name");
        }
        return name;
    }

    /** Lag and offsets as the API prints them: 64 bits, or 32 while the switch says so. */
    private long printed(long value) {
        return faults.on(Fault.WRAP_32_BIT) ? (int) value : value;
    }

    /** Something that the engine may refuse. */
    private interface Attempt {
        void run() throws TransformControl.Refused;
    }

    private static void attempt(Attempt attempt) throws Refusal {
        try {
            attempt.run();
        } catch (TransformControl.Refused e) {
            throw new Refusal(e.status(), String.valueOf(e.getMessage()));
        }
    }
}
