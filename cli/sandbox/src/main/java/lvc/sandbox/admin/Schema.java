package lvc.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The checks that Redpanda makes with a JSON schema, all of which forbid unknown fields. */
final class Schema {

    private static final String PREFIX = "invalid JSON request body: ";

    private Schema() {}

    static void object(JsonNode json, Set<String> allowed, Set<String> required) throws Refusal {
        if (!json.isObject()) {
            throw invalid("expected an object, got " + json.getNodeType());
        }
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!allowed.contains(entry.getKey())) {
                throw invalid("unknown field '" + entry.getKey() + "'");
            }
        }
        for (String field : new TreeSet<>(required)) {
            if (!json.has(field)) {
                throw invalid("missing field '" + field + "'");
            }
        }
    }

    static JsonNode array(JsonNode json, String field) throws Refusal {
        JsonNode array = json.path(field);
        if (!array.isArray()) {
            throw invalid("field '" + field + "' must be an array");
        }
        return array;
    }

    static String text(JsonNode json, String field) throws Refusal {
        if (!json.isTextual()) {
            throw invalid("field '" + field + "' must be a string");
        }
        return json.asText();
    }

    static String choice(JsonNode json, String field, Set<String> choices) throws Refusal {
        String text = text(json, field);
        if (!choices.contains(text)) {
            throw invalid("field '" + field + "' must be one of " + new TreeSet<>(choices));
        }
        return text;
    }

    static boolean flag(JsonNode json, String field) throws Refusal {
        if (!json.isBoolean()) {
            throw invalid("field '" + field + "' must be a boolean");
        }
        return json.asBoolean();
    }

    static long integer(JsonNode json, String field) throws Refusal {
        if (!json.isIntegralNumber() || !json.canConvertToLong()) {
            throw invalid("field '" + field + "' must be an integer");
        }
        return json.asLong();
    }

    private static Refusal invalid(String what) {
        return Refusal.badRequest(PREFIX + what);
    }
}
