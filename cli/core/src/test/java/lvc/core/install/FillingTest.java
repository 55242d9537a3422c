package lvc.core.install;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.kube.Manifest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FillingTest {
    private static final Target TARGET = new Target(
            "stores", "brokers", 3, "redpanda:2", "minio:2", Optional.of("fast"), "5Gi", "6Gi", "tiers", 19094);

    @Test
    void settingsOfTheBrokersLandWhereTheyBelong() {
        Manifest filled = fill(Map.of(
                "kind",
                "StatefulSet",
                "metadata",
                Map.of("name", "redpanda", "namespace", "redpanda"),
                "spec",
                Map.of(
                        "replicas",
                        1,
                        "template",
                        Map.of(
                                "spec",
                                Map.of(
                                        "initContainers",
                                        List.of(Map.of(
                                                "name",
                                                "configure",
                                                "image",
                                                "redpanda:1",
                                                "env",
                                                List.of(
                                                        variable("POD_NAME", "stays"),
                                                        variable("REPLICAS", "1"),
                                                        variable("FORWARDED_PORT", "9094"),
                                                        variable("OBJECT_STORE", "minio.minio.svc.cluster.local"),
                                                        variable("BUCKET", "redpanda")))),
                                        "containers",
                                        List.of(Map.of("name", "redpanda", "image", "redpanda:1")))),
                        "volumeClaimTemplates",
                        List.of(volume()))));

        assertThat(filled.ref().namespace()).isEqualTo("brokers");
        assertThat(filled.number("spec/replicas")).isEqualTo(3);
        assertThat(filled.text("spec/template/spec/containers/[redpanda]/image"))
                .contains("redpanda:2");
        String environment = "spec/template/spec/initContainers/[configure]/env/";
        assertThat(filled.text(environment + "[POD_NAME]/value")).contains("stays");
        assertThat(filled.text(environment + "[REPLICAS]/value")).contains("3");
        assertThat(filled.text(environment + "[FORWARDED_PORT]/value")).contains("19094");
        assertThat(filled.text(environment + "[OBJECT_STORE]/value")).contains("minio.stores.svc.cluster.local");
        assertThat(filled.text(environment + "[BUCKET]/value")).contains("tiers");
        assertThat(filled.list("spec/volumeClaimTemplates").get(0).text("spec/storageClassName"))
                .contains("fast");
        assertThat(filled.list("spec/volumeClaimTemplates").get(0).text("spec/resources/requests/storage"))
                .contains("5Gi");
    }

    @Test
    void namespacesAreNamedAsWantedAndTheObjectStoreLetsTheBrokersIn() {
        assertThat(fill(Map.of("kind", "Namespace", "metadata", Map.of("name", "minio")))
                        .ref()
                        .name())
                .isEqualTo("stores");
        Manifest policy = fill(Map.of(
                "kind",
                "NetworkPolicy",
                "metadata",
                Map.of("name", "minio", "namespace", "minio"),
                "spec",
                Map.of(
                        "ingress",
                        List.of(Map.of(
                                "from",
                                List.of(Map.of(
                                        "namespaceSelector",
                                        Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", "redpanda")))))))));
        assertThat(policy.list("spec/ingress").get(0).list("from").get(0).texts("namespaceSelector/matchLabels"))
                .isEqualTo(Map.of("kubernetes.io/metadata.name", "brokers"));
    }

    @Test
    void podsAreMadeAnewWhenWhatTheyAreConfiguredWithChanges() {
        assertThat(checksum("a")).isEqualTo(checksum("a")).isNotEqualTo(checksum("b"));
    }

    @Test
    void whatIsFilledInKnowsItsMaker() {
        assertThat(fill(Map.of("kind", "Service", "metadata", Map.of("name", "minio", "namespace", "minio")))
                        .texts("metadata/labels"))
                .containsEntry("app.kubernetes.io/managed-by", "lvc");
    }

    private static Optional<String> checksum(String configuration) {
        Manifest configMap = new Manifest(Map.of(
                "kind", "ConfigMap", "metadata", Map.of("name", "redpanda"), "data", Map.of("x", configuration)));
        Manifest set = new Manifest(Map.of(
                "kind",
                "StatefulSet",
                "metadata",
                Map.of("name", "redpanda", "namespace", "redpanda"),
                "spec",
                Map.of("volumeClaimTemplates", List.of(volume()))));
        return Filling.fill(List.of(configMap, set), TARGET)
                .get(1)
                .text("spec/template/metadata/annotations/lvc~1config-checksum");
    }

    private static Manifest fill(Map<String, Object> body) {
        return Filling.fill(List.of(new Manifest(body)), TARGET).get(0);
    }

    private static Map<String, Object> variable(String name, String value) {
        return Map.of("name", name, "value", value);
    }

    private static Map<String, Object> volume() {
        return Map.of("spec", Map.of("resources", Map.of("requests", Map.of("storage", "1Gi"))));
    }
}
