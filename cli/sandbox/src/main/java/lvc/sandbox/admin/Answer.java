package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What goes back over the wire: a status, a body (possibly empty) and headers beyond the usual ones. */
record Answer(int status, String contentType, String body, Map<String, String> headers) {

    private static final String JSON = "application/json";

    /** 200 with a JSON body. */
    static Answer json(JsonNode body) {
        return new Answer(200, JSON, body.toString(), Map.of());
    }

    /** 200 without a body, as Redpanda answers most changes. */
    static Answer empty() {
        return new Answer(200, JSON, "", Map.of());
    }

    /** 200 with plain text. */
    static Answer text(String body) {
        return new Answer(200, "text/plain", body, Map.of());
    }

    /** An error in the form that every Redpanda client reads: {@code {"message": ..., "code": status}}. */
    static Answer error(int status, String message) {
        JsonNode body =
                JsonNodeFactory.instance.objectNode().put("message", message).put("code", status);
        return new Answer(status, JSON, body.toString(), Map.of());
    }

    /**
     * 400 with every error of a configuration change at once, by key and without the usual frame around them, as rpk
     * takes them apart. (Redpanda source, redpanda/admin/server.cc, patch_cluster_config)
     */
    static Answer errors(Map<String, String> errors) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(errors).forEach(body::put);
        return new Answer(400, JSON, body.toString(), Map.of());
    }

    /** 307 to the same path elsewhere. */
    static Answer redirect(String location) {
        return new Answer(307, JSON, "", Map.of("Location", location));
    }

    Answer with(String header, String value) {
        return new Answer(status, contentType, body, Map.of(header, value));
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
