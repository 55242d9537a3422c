package lvc.sandbox.admin;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request after routing.
 *
 * @param path values of the {@code {…}} parts of the route, decoded
 * @param query query parameters, decoded; of several with one name the last counts
 * @param body what was sent, limited in size
 */
record Request(Map<String, String> path, Map<String, String> query, InputStream body) {

    static final int EMPTY = 1;
    static final int MORE_THAN_ONE = 2;
    static final int INVALID = 3;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no part {" + name + "}");
        }
        return value;
    }

    /** Whether a query parameter says yes: {@code true} in any case, or 1. */
    boolean flag(String name) {
        return flag(name, false);
    }

    boolean flag(String name, boolean otherwise) {
        String value = query.get(name);
        return value == null ? otherwise : value.equalsIgnoreCase("true") || value.equals("1");
    }

    /** The body as JSON; nothing may follow it. */
    JsonNode json() throws IOException, Refusal {
        byte[] bytes = body.readAllBytes();
        try {
            JsonNode document = JSON.readTree(bytes);
            if (document.isMissingNode()) {
                throw parseError(EMPTY);
            }
            return document;
        } catch (JsonParseException e) {
            throw parseError(INVALID);
        } catch (JsonProcessingException e) {
            throw parseError(MORE_THAN_ONE);
        }
    }

    /** What Redpanda says of a body that is no JSON; the number is its parser's code. */
    static Refusal parseError(int code) {
        return Refusal.badRequest("JSON parse error: " + code);
    }

    static Map<String, String> parseQuery(@Nullable String raw) throws Refusal {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw == null) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.put(decode(name), decode(value));
        }
        return query;
    }

    /** Undoes percent-encoding; a plus sign is turned into a space. */
    private static String decode(String text) throws Refusal {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("invalid percent-encoding in '" + text + "'");
        }
    }

    /** Undoes percent-encoding in a part of a path, where a plus sign is a plus sign. */
    static String decodePath(String text) throws Refusal {
        return decode(text.replace("+", "%2B"));
    }
}
