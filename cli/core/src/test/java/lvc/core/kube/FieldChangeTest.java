package lvc.core.kube;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FieldChangeTest {

    @Test
    void whatTheServerKeepsByItselfIsNoChange() {
        Map<String, Object> metadata = Map.of("name", "a", "resourceVersion", "1", "managedFields", List.of("x"));
        Map<String, Object> later = Map.of("name", "a", "resourceVersion", "2", "uid", "u");
        assertThat(between(Map.of("metadata", metadata, "status", Map.of("a", 1)), Map.of("metadata", later)))
                .isEmpty();
    }

    @Test
    void fieldsComeGoAndChange() {
        assertThat(between(
                        Map.of("spec", Map.of("replicas", 1, "old", "x")),
                        Map.of("spec", Map.of("replicas", 3, "new", true))))
                .containsExactlyInAnyOrder(
                        change("spec/replicas", "1", "3"),
                        new FieldChange("spec/old", Optional.of("x"), Optional.empty()),
                        new FieldChange("spec/new", Optional.empty(), Optional.of("true")));
    }

    @Test
    void elementsOfAListAreToldApartByTheirNames() {
        assertThat(between(
                        Map.of("env", List.of(variable("A", "1"), variable("B", "1"))),
                        Map.of("env", List.of(variable("B", "2"), variable("A", "1")))))
                .containsExactly(change("env/[B]/value", "1", "2"));
    }

    @Test
    void aNumberIsTheSameHoweverItIsHeld() {
        assertThat(between(Map.of("port", 9000), Map.of("port", 9000L))).isEmpty();
    }

    @Test
    void whatASecretHoldsIsNotShown() {
        List<FieldChange> changes = between(
                Map.of("kind", "Secret", "data", Map.of("password", "b2xk")),
                Map.of("kind", "Secret", "data", Map.of("password", "bmV3", "user", "dQ==")));
        assertThat(changes).hasSize(2);
        assertThat(changes.toString())
                .doesNotContain("b2xk")
                .doesNotContain("bmV3")
                .doesNotContain("dQ==");
    }

    private static Map<String, Object> variable(String name, String value) {
        return Map.of("name", name, "value", value);
    }

    private static FieldChange change(String path, String before, String after) {
        return new FieldChange(path, Optional.of(before), Optional.of(after));
    }

    private static List<FieldChange> between(Map<String, Object> before, Map<String, Object> after) {
        return FieldChange.between(new Manifest(before), new Manifest(after));
    }
}
