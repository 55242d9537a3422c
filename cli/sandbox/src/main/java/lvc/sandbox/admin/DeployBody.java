package lvc.sandbox.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lvc.sandbox.transform.TransformControl.Deployment;
import lvc.sandbox.transform.TransformControl.StartOffset;

/**
 * The body of a deploy: a JSON object and, from the byte after its closing brace to the end, the WebAssembly module.
 * Nothing says how long either is (Redpanda source, admin/transform.cc).
 */
final class DeployBody {

    private static final ObjectMapper JSON =
            new ObjectMapper(JsonFactory.builder().build().disable(JsonParser.Feature.AUTO_CLOSE_SOURCE));

    static final Set<String> COMPRESSIONS = Set.of("none", "gzip", "snappy", "lz4", "zstd");

    private static final Set<String> FIELDS =
            Set.of("name", "input_topic", "output_topics", "environment", "compression", "offset");

    private static final Set<String> OFFSET_FORMATS = Set.of("from_start", "from_end", "timestamp");

    /** Milliseconds whose nanoseconds still fit 64 bits. */
    private static final long LAST_TIMESTAMP = Long.MAX_VALUE / 1_000_000;

    private final Deployment deployment;
    private final byte[] module;

    private DeployBody(Deployment deployment, byte[] module) {
        this.deployment = deployment;
        this.module = module;
    }

    Deployment deployment() {
        return deployment;
    }

    byte[] module() {
        return module;
    }

    /**
     * Reads the whole body.
     *
     * @param largestModule of a module that is larger only one byte more than this is kept: enough to show that it is
     */
    static DeployBody read(InputStream body, long largestModule) throws IOException, Refusal {
        JsonNode json;
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        try (JsonParser parser = JSON.getFactory().createParser(body)) {
            json = JSON.readTree(parser);
            if (json == null || json.isMissingNode()) {
                throw Request.parseError(Request.EMPTY);
            }
            parser.releaseBuffered(module);
        } catch (JsonProcessingException e) {
            throw Request.parseError(Request.INVALID);
        }
        byte[] buffer = new byte[64 << 10];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            long room = largestModule + 1 - module.size();
            module.write(buffer, 0, (int) Math.max(0, Math.min(read, room)));
        }
        return new DeployBody(deployment(json), module.toByteArray());
    }

    private static Deployment deployment(JsonNode json) throws Refusal {
        Schema.object(json, FIELDS, Set.of("name", "input_topic", "output_topics"));
        List<String> outputs = new ArrayList<>();
        for (JsonNode output : Schema.array(json, "output_topics")) {
            outputs.add(Schema.text(output, "output_topics"));
        }
        return new Deployment(
                Schema.text(json.path("name"), "name"),
                Schema.text(json.path("input_topic"), "input_topic"),
                outputs,
                json.has("environment") ? environment(json) : Map.of(),
                json.has("compression") ? compression(json.path("compression")) : "none",
                json.has("offset") ? Optional.of(offset(json.path("offset"))) : Optional.empty());
    }

    /** The variables of a deploy or of a change of one; of two with one name the last counts. */
    static Map<String, String> environment(JsonNode json) throws Refusal {
        String field = json.has("environment") ? "environment" : "env";
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : Schema.array(json, field)) {
            Set<String> fields = Set.of("key", "value");
            Schema.object(variable, fields, fields);
            environment.put(Schema.text(variable.path("key"), "key"), Schema.text(variable.path("value"), "value"));
        }
        return environment;
    }

    static String compression(JsonNode json) throws Refusal {
        return Schema.choice(json, "compression", COMPRESSIONS);
    }

    private static StartOffset offset(JsonNode json) throws Refusal {
        Set<String> fields = Set.of("format", "value");
        Schema.object(json, fields, fields);
        String format = Schema.choice(json.path("format"), "format", OFFSET_FORMATS);
        long value = Schema.integer(json.path("value"), "value");
        if (value < 0) {
            throw Refusal.badRequest("Bad offset: expected value >= 0, got " + value);
        }
        if (format.equals("timestamp") && value > LAST_TIMESTAMP) {
            throw Refusal.badRequest("Bad offset: Timestamp value out of range (" + value + ")");
        }
        return new StartOffset(format, value);
    }
}
