package lvc.cli.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lvc.adapter.kube.ManifestFiles;
import lvc.cli.Environment;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.core.fault.Fault;
import lvc.core.install.Filling;
import lvc.core.install.Order;
import lvc.core.install.Target;
import lvc.core.kube.Manifest;

/** What comes with lvc to be installed, with the settings filled in. No cluster is needed for it. */
public final class Manifests {
    private static final String STORE = "minio";
    private static final String BROKERS = "redpanda";
    private static final String THREE_BROKERS = "redpanda-3";
    private static final String KUSTOMIZATION = "kustomization.yaml";

    private final Environment environment;
    private final Settings settings;
    private final ManifestFiles files = new ManifestFiles();

    Manifests(Environment environment, Settings settings) {
        this.environment = environment;
        this.settings = settings;
    }

    /**
     * What is to be installed.
     *
     * @param force whether fields that somebody else has set are taken over
     * @param rotate whether the object store gets new credentials
     * @throws Fault USAGE when a setting makes no sense
     */
    public Order order(boolean force, boolean rotate) {
        Target target = target();
        List<Manifest> manifests = new ArrayList<>(files.read(folder().resolve(STORE)));
        manifests.addAll(files.read(folder().resolve(target.brokers() == 1 ? BROKERS : THREE_BROKERS)));
        return new Order(
                target,
                Filling.fill(manifests, target),
                files.parse(Filling.properties(manifests, target)),
                force,
                rotate);
    }

    /** A manifest as YAML. */
    public String yaml(Manifest manifest) {
        return files.write(manifest);
    }

    /**
     * Writes manifests into a folder, for kubectl and for review: one folder for each component, without Secrets.
     *
     * @return the files
     * @throws Fault REFUSED when the folder has something in it
     */
    public List<Path> export(Order order, Path folder) {
        demandEmpty(folder);
        Map<String, List<Manifest>> components = new LinkedHashMap<>();
        order.manifests().forEach(each -> components
                .computeIfAbsent(component(each, order.target()), name -> new ArrayList<>())
                .add(each));
        List<Path> written = new ArrayList<>();
        components.forEach((name, all) -> written.addAll(write(folder.resolve(name), all)));
        return written;
    }

    /** What it belongs to, as its label says: both components may share a namespace. A namespace has no such label. */
    private static String component(Manifest manifest, Target target) {
        return manifest.text("metadata/labels/app.kubernetes.io~1name")
                .orElseGet(() -> manifest.ref().name().equals(target.storeNamespace()) ? STORE : BROKERS);
    }

    private List<Path> write(Path folder, List<Manifest> manifests) {
        List<Path> written = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Manifest each : manifests) {
            String name = each.ref().kind().toLowerCase(Locale.ROOT) + ".yaml";
            names.add(name);
            written.add(write(folder.resolve(name), each));
        }
        written.add(write(
                folder.resolve(KUSTOMIZATION),
                new Manifest(Map.of(
                        "apiVersion",
                        "kustomize.config.k8s.io/v1beta1",
                        "kind",
                        "Kustomization",
                        "resources",
                        List.copyOf(names)))));
        return written;
    }

    private Path write(Path file, Manifest manifest) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, files.write(manifest));
        } catch (IOException e) {
            throw Fault.refused(file + " not written", e.toString(), "--export with a folder that may be written")
                    .causedBy(e);
        }
    }

    private static void demandEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> found = Files.list(folder)) {
            if (found.findAny().isEmpty()) {
                return;
            }
        } catch (IOException e) {
            throw Fault.refused("nothing exported", folder + ": " + e.getMessage(), "--export with a new folder")
                    .causedBy(e);
        }
        throw Fault.refused("nothing exported", folder + " is not empty", "--export with a new folder");
    }

    /** What a user of the object store may do, as JSON. */
    String policy() {
        try {
            return Files.readString(folder().resolve(STORE).resolve("policy.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder() {
        Path folder = environment.home().orElse(Path.of("")).resolve("manifests");
        if (!Files.isDirectory(folder)) {
            throw Fault.refused(
                    "nothing installed",
                    "this lvc comes without manifests: " + folder.toAbsolutePath() + " is missing",
                    "start lvc by its launcher in a checkout: cli/lvc install");
        }
        return folder;
    }

    /** What is to be installed, and where. */
    Target target() {
        int brokers = number(Setting.INSTALL_BROKERS);
        if (brokers != 1 && brokers != 3) {
            throw Fault.usage(
                    "nothing installed",
                    "install.brokers is " + brokers + " ("
                            + settings.value(Setting.INSTALL_BROKERS).origin() + ")",
                    "1 for a laptop, or 3");
        }
        return new Target(
                text(Setting.MINIO_NAMESPACE),
                text(Setting.REDPANDA_NAMESPACE),
                brokers,
                text(Setting.INSTALL_REDPANDA_IMAGE),
                text(Setting.INSTALL_MINIO_IMAGE),
                Optional.of(text(Setting.INSTALL_STORAGE_CLASS)).filter(Predicate.not(String::isEmpty)),
                text(Setting.INSTALL_REDPANDA_STORAGE),
                text(Setting.INSTALL_MINIO_STORAGE),
                text(Setting.INSTALL_BUCKET),
                number(Setting.INSTALL_KAFKA_PORT));
    }

    private String text(Setting setting) {
        return settings.value(setting).text();
    }

    private int number(Setting setting) {
        Settings.Value value = settings.value(setting);
        try {
            return Integer.parseInt(value.text());
        } catch (NumberFormatException e) {
            throw Fault.usage(
                            "nothing installed",
                            setting.key() + " is '" + value.text() + "' (" + value.origin() + "), which is no number",
                            setting.key() + "=" + setting.fallback())
                    .causedBy(e);
        }
    }
}
