package lvc.adapter.kube;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.kube.Manifest;

/**
 * Manifests in a folder, as its {@code kustomization.yaml} puts them together: {@code resources} (files and other
 * folders) and {@code patches} (files, each for the object of the same kind and name). Whatever else kustomize knows is
 * not used by the manifests of lvc, and refused.
 */
public final class ManifestFiles {
    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final List<String> KNOWN = List.of("apiVersion", "kind", "resources", "patches");

    private final KubernetesSerialization yaml = new KubernetesSerialization();

    /** All manifests of a folder, in the order of its resources. */
    public List<Manifest> read(Path folder) {
        Manifest kustomization = file(folder.resolve(KUSTOMIZATION));
        kustomization.body().keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalStateException(folder.resolve(KUSTOMIZATION) + " has " + key);
                });
        List<Manifest> manifests = new ArrayList<>();
        for (String resource : texts(kustomization, "resources")) {
            Path path = folder.resolve(resource).normalize();
            if (Files.isDirectory(path)) {
                manifests.addAll(read(path));
            } else {
                manifests.add(file(path));
            }
        }
        for (Manifest patch : kustomization.list("patches")) {
            Manifest over = file(folder.resolve(patch.text("path").orElseThrow()));
            manifests.replaceAll(each -> each.ref().equals(over.ref()) ? each.patched(over) : each);
        }
        return List.copyOf(manifests);
    }

    /** A mapping of YAML. */
    @SuppressWarnings("unchecked") // A mapping of YAML with keys that are text.
    public Map<String, Object> parse(String text) {
        Map<String, Object> body = yaml.unmarshal(text, Map.class);
        return Optional.ofNullable(body).orElse(Map.of());
    }

    /** A manifest as YAML. */
    public String write(Manifest manifest) {
        return yaml.asYaml(manifest.body());
    }

    private static List<String> texts(Manifest manifest, String path) {
        return manifest.at(path).filter(List.class::isInstance).map(List.class::cast).stream()
                .flatMap(all -> ((List<?>) all).stream())
                .map(String::valueOf)
                .toList();
    }

    private Manifest file(Path file) {
        try {
            return new Manifest(parse(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
