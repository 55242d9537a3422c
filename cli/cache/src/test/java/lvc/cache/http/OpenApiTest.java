package lvc.cache.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

class OpenApiTest {
    private final JsonNode description = read();

    private static JsonNode read() {
        try {
            // Anchors are resolved by a mapping to plain objects; a tree would keep them as names.
            YAMLMapper mapper = new YAMLMapper();
            Object plain = new Yaml().load(OpenApiTest.class.getResourceAsStream("/lvc/cache/http/openapi.yaml"));
            return mapper.valueToTree(plain);
        } catch (RuntimeException e) {
            throw new AssertionError("it is no YAML", e);
        }
    }

    @Test
    void everyPathIsDescribedAndNoOther() {
        Set<String> served = new TreeSet<>();
        for (Route route : Route.values()) {
            if (route != Route.NONE) {
                route.methods().forEach(method -> served.add(method.toLowerCase(Locale.ROOT) + " " + route.template()));
            }
        }
        Set<String> described = new TreeSet<>();
        description.path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method + " " + path.getKey())));
        described.removeIf(each -> each.startsWith("parameters "));

        assertThat(described).isEqualTo(served);
    }

    @Test
    void everyParameterIsDescribedAndNoOther() {
        for (Route route : Route.values()) {
            Set<String> described = new TreeSet<>();
            for (JsonNode one : description.path("paths").path(route.template()).path("parameters")) {
                JsonNode parameter = one.has("$ref")
                        ? description.at(one.path("$ref").asText().substring(1))
                        : one;
                if (parameter.path("in").asText().equals("query")) {
                    described.add(parameter.path("name").asText());
                }
            }
            assertThat(described).as(route.template()).isEqualTo(route.parameters());
        }
    }

    @Test
    void everyTemplateLeadsToItsRoute() {
        for (Route route : Route.values()) {
            String path = route.template()
                    .replace("{topic}", "t")
                    .replace("{key}", "k")
                    .replace("{partition}", "0");
            assertThat(Route.of(path)).isEqualTo(route);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (JsonNode reference : description.findValues("$ref")) {
            assertThat(description.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }
}
