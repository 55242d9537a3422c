package lvc.sandbox.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cluster properties that the sandbox knows, read from {@code cluster-properties.json} beside this class: a part of
 * Redpanda's, with Redpanda's names, types and defaults.
 */
public final class Properties {

    private static final Properties KNOWN = new Properties();

    private final Map<String, Property> byName = new TreeMap<>();
    private final Map<String, String> nameOfAlias = new TreeMap<>();

    private Properties() {
        try (InputStream json =
                Objects.requireNonNull(Properties.class.getResourceAsStream("cluster-properties.json"))) {
            new ObjectMapper().readTree(json).properties().forEach(entry -> {
                Property property = property(entry.getKey(), (ObjectNode) entry.getValue());
                byName.put(property.name(), property);
                property.aliases().forEach(alias -> nameOfAlias.put(alias, property.name()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one table there is. */
    public static Properties known() {
        return KNOWN;
    }

    /** All properties, by name. */
    public Collection<Property> all() {
        return byName.values();
    }

    /** A property by its name or by an older name of it. */
    public Optional<Property> find(String nameOrAlias) {
        return Optional.ofNullable(byName.get(nameOfAlias.getOrDefault(nameOrAlias, nameOrAlias)));
    }

    private static Property property(String name, ObjectNode json) {
        Property property = bare(name, json);
        try {
            return property.otherwise().isNull() ? property : property.withDefault(property.read(property.otherwise()));
        } catch (Property.Invalid e) {
            throw new IllegalStateException("default of " + name, e);
        }
    }

    private static Property bare(String name, ObjectNode json) {
        return new Property(
                name,
                json.path("type").asText(),
                json.path("default"),
                json.path("restart").asBoolean(),
                json.path("nullable").asBoolean(),
                json.path("secret").asBoolean(),
                bound(json.get("min")),
                bound(json.get("max")),
                json.has("units") ? json.get("units").asText() : null,
                texts(json.path("enum")),
                texts(json.path("aliases")),
                json.path("description").asText());
    }

    private static @Nullable Long bound(@Nullable JsonNode json) {
        return json == null ? null : json.asLong();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return List.copyOf(texts);
    }
}
