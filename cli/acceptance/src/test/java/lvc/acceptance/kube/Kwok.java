package lvc.acceptance.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How kwok, which plays the node and its pods, is told what they do: by resources of kinds of its own. */
final class Kwok {
    /** The kinds of which kwok is to take notice. */
    static final List<String> KINDS = List.of("Stage", "PortForward", "ClusterPortForward", "Logs", "ClusterLogs");

    private static final int SECONDS = 60;

    private Kwok() {}

    /** Makes its kinds known, and tells it what nodes and pods commonly do: get ready, and go when they are deleted. */
    static void prepare(KubernetesClient client, Path kwok) {
        List<HasMetadata> kinds = apply(client, kwok.resolve("crd"));
        kinds.forEach(kind -> client.resource((CustomResourceDefinition) kind)
                .waitUntilCondition(Kwok::isEstablished, SECONDS, TimeUnit.SECONDS));
        apply(client, kwok.resolve("stage"));
    }

    private static boolean isEstablished(CustomResourceDefinition kind) {
        return kind != null
                && kind.getStatus() != null
                && kind.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    /** Creates what stands in the files of a folder. */
    private static List<HasMetadata> apply(KubernetesClient client, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().flatMap(file -> apply(file, client)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<HasMetadata> apply(Path file, KubernetesClient client) {
        try (InputStream yaml = Files.newInputStream(file)) {
            return client.load(yaml).create().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the ports of a pod lead to. */
    static GenericKubernetesResource forward(String namespace, String pod, Map<Integer, Integer> ports) {
        List<Map<String, Object>> forwards = ports.entrySet().stream()
                .map(port -> Map.of(
                        "ports",
                        List.of(port.getKey()),
                        "target",
                        Map.of("address", Loopback.ADDRESS, "port", port.getValue())))
                .toList();
        return wish("PortForward", namespace, pod, Map.of("forwards", forwards));
    }

    /** The status of new pods with an image. Getting ready is without weight, so it never comes before this. */
    static GenericKubernetesResource status(String image, String status) {
        Map<String, Object> lives = Map.of("key", ".metadata.deletionTimestamp", "operator", "DoesNotExist");
        Map<String, Object> isNew = Map.of("key", ".status.phase", "operator", "In", "values", List.of("Pending"));
        Map<String, Object> hasImage =
                Map.of("key", ".spec.containers.[].image", "operator", "In", "values", List.of(image));
        return wish(
                "Stage",
                null,
                "image-" + image.replaceAll("[^a-z0-9]", "-"),
                Map.of(
                        "resourceRef",
                        Map.of("apiGroup", "v1", "kind", "Pod"),
                        "selector",
                        Map.of("matchExpressions", List.of(lives, isNew, hasImage)),
                        "weight",
                        1,
                        "next",
                        Map.of("statusTemplate", status)));
    }

    /** The log of a pod, and of the time before its last start. */
    static GenericKubernetesResource log(String namespace, String pod, Path file) {
        Map<String, Object> log = Map.of("logsFile", file.toString(), "previousLogsFile", file.toString());
        return wish("Logs", namespace, pod, Map.of("logs", List.of(log)));
    }

    private static GenericKubernetesResource wish(
            String kind, @Nullable String namespace, String name, Map<String, Object> spec) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("kwok.x-k8s.io/v1alpha1")
                .withKind(kind)
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build();
    }
}
