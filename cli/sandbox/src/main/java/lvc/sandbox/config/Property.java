package lvc.sandbox.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cluster property of Redpanda: what it is called, what it may be, and whether a change waits for a restart.
 *
 * @param type boolean, integer, number, string or array (of strings), as {@code /v1/cluster_config/schema} calls them
 * @param otherwise the value while nobody has set one; JSON null when it is nullable and unset
 * @param restart whether a change takes effect only after the broker was restarted
 * @param nullable whether null is a value
 * @param secret whether the value is never shown
 * @param min smallest number allowed, or null
 * @param max largest number allowed, or null
 * @param units what a number counts (ms, s, bytes), or null
 * @param choices the only texts allowed; empty when every text is
 * @param aliases older names under which it can still be set
 */
public record Property(
        String name,
        String type,
        JsonNode otherwise,
        boolean restart,
        boolean nullable,
        boolean secret,
        @Nullable Long min,
        @Nullable Long max,
        @Nullable String units,
        List<String> choices,
        List<String> aliases,
        String description) {

    /** A value was not of the property's type or not within its bounds; the message is what the Admin API sends. */
    public static final class Invalid extends Exception {
        Invalid(String message) {
            super(message);
        }
    }

    Property withDefault(JsonNode value) {
        return new Property(
                name, type, value, restart, nullable, secret, min, max, units, choices, aliases, description);
    }

    /**
     * Turns what a client sent into a value of this property. Texts that spell the type are taken too, because Redpanda
     * reads every value as YAML.
     *
     * @throws Invalid when it is of another type or out of bounds
     */
    public JsonNode read(JsonNode sent) throws Invalid {
        if (sent.isNull()) {
            if (nullable) {
                return NullNode.getInstance();
            }
            throw wrongType();
        }
        return switch (type) {
            case "boolean" -> readBoolean(sent);
            case "integer" -> readInteger(sent);
            case "number" -> readNumber(sent);
            case "array" -> readArray(sent);
            default -> readText(sent);
        };
    }

    private JsonNode readBoolean(JsonNode sent) throws Invalid {
        return switch (scalar(sent)) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> throw wrongType();
        };
    }

    private JsonNode readInteger(JsonNode sent) throws Invalid {
        try {
            long value = Long.parseLong(scalar(sent));
            checkBounds(BigDecimal.valueOf(value));
            return LongNode.valueOf(value);
        } catch (NumberFormatException e) {
            throw wrongType();
        }
    }

    private JsonNode readNumber(JsonNode sent) throws Invalid {
        try {
            BigDecimal value = new BigDecimal(scalar(sent));
            checkBounds(value);
            return DoubleNode.valueOf(value.doubleValue());
        } catch (NumberFormatException e) {
            throw wrongType();
        }
    }

    private JsonNode readArray(JsonNode sent) throws Invalid {
        if (!sent.isArray()) {
            throw wrongType();
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : sent) {
            array.add(scalar(item));
        }
        return array;
    }

    private JsonNode readText(JsonNode sent) throws Invalid {
        String text = scalar(sent);
        if (!choices.isEmpty() && !choices.contains(text)) {
            throw new Invalid("invalid value '" + text + "', must be one of: " + String.join(", ", choices));
        }
        return TextNode.valueOf(text);
    }

    private void checkBounds(BigDecimal value) throws Invalid {
        if (min != null && value.compareTo(BigDecimal.valueOf(min)) < 0) {
            throw new Invalid("too small, must be at least " + min);
        }
        if (max != null && value.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new Invalid("too large, must be at most " + max);
        }
    }

    private String scalar(JsonNode sent) throws Invalid {
        if (sent.isContainerNode() || sent.isNull()) {
            throw wrongType();
        }
        return sent.asText();
    }

    private Invalid wrongType() {
        String what = type.equals("array") ? "an array of strings" : "type " + type;
        return new Invalid("expected " + what);
    }
}
