package lvc.core.install;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectRef;

/** Fills the settings into the manifests, and gives them the labels by which lvc knows its own objects. */
public final class Filling {
    /** Label that says of an object that lvc has put it there. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** Label whose value tells objects of lvc from those of others. */
    public static final String PART_OF = "app.kubernetes.io/part-of";

    /** Label with the name of the part: {@link Target#BROKERS} or {@link Target#STORE}. */
    static final String NAME = "app.kubernetes.io/name";

    /** The value of both. */
    public static final String LVC = "lvc";

    private static final String CHECKSUM = "spec/template/metadata/annotations/lvc~1config-checksum";
    private static final String PROPERTIES = "bootstrap.yaml";
    private static final String NAMESPACE_LABEL =
            "spec/ingress/[]/from/[]/namespaceSelector/matchLabels/kubernetes.io~1metadata.name";

    private Filling() {}

    /**
     * The manifests with everything filled in, in the same order. Pods are made anew when what they are configured with has
     * changed, for its checksum is part of their template. Cluster properties do not count: the Admin API takes those.
     */
    public static List<Manifest> fill(List<Manifest> manifests, Target target) {
        String checksum = manifests.stream()
                .filter(each -> each.ref().kind().equals("ConfigMap"))
                .map(each -> each.texts("data").entrySet().stream()
                        .filter(file -> !file.getKey().equals(PROPERTIES))
                        .toList()
                        .toString())
                .collect(Collectors.collectingAndThen(Collectors.joining(), Filling::sha256));
        return manifests.stream()
                .map(each -> fill(each, target))
                .map(each -> brokers(each) ? each.with(CHECKSUM, checksum) : each)
                // Both namespaces may be one.
                .distinct()
                .toList();
    }

    /**
     * The cluster properties that brokers start with on empty disks, as YAML, but for the credentials.
     *
     * @throws IllegalStateException when no ConfigMap has them
     */
    public static String properties(List<Manifest> manifests, Target target) {
        return manifests.stream()
                .flatMap(each -> Optional.ofNullable(each.texts("data").get(PROPERTIES)).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no manifest has " + PROPERTIES))
                .replace("@BUCKET@", target.bucket())
                .replace("@OBJECT_STORE@", storeHost(target))
                .replace("@REPLICAS@", Integer.toString(target.brokers()));
    }

    private static String storeHost(Target target) {
        return Target.STORE + "." + target.storeNamespace() + ".svc.cluster.local";
    }

    private static boolean brokers(Manifest manifest) {
        return manifest.ref().kind().equals("StatefulSet")
                && manifest.ref().name().equals(Target.BROKERS);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Manifest fill(Manifest manifest, Target target) {
        Manifest labelled = namespaced(manifest, target).withLabel(MANAGED_BY, LVC);
        return switch (manifest.ref().kind()) {
            case "StatefulSet" ->
                manifest.ref().name().equals(Target.STORE) ? store(labelled, target) : brokers(labelled, target);
            case "NetworkPolicy" -> labelled.replacing(NAMESPACE_LABEL, Target.BROKERS, target.brokerNamespace());
            default -> labelled;
        };
    }

    private static Manifest namespaced(Manifest manifest, Target target) {
        Map<String, String> namespaces =
                Map.of(Target.STORE, target.storeNamespace(), Target.BROKERS, target.brokerNamespace());
        ObjectRef ref = manifest.ref();
        if (ref.kind().equals("Namespace")) {
            return manifest.with("metadata/name", namespaces.getOrDefault(ref.name(), ref.name()));
        }
        return manifest.with("metadata/namespace", namespaces.getOrDefault(ref.namespace(), ref.namespace()));
    }

    private static Manifest store(Manifest manifest, Target target) {
        return volume(manifest, target, target.storeStorage())
                .with("spec/template/spec/containers/[minio]/image", target.storeImage());
    }

    private static Manifest brokers(Manifest manifest, Target target) {
        String environment = "spec/template/spec/initContainers/[configure]/env/";
        return volume(manifest, target, target.brokerStorage())
                .with("spec/replicas", target.brokers())
                .with("spec/template/spec/initContainers/[configure]/image", target.brokerImage())
                .with("spec/template/spec/containers/[redpanda]/image", target.brokerImage())
                .with(environment + "[REPLICAS]/value", Integer.toString(target.brokers()))
                .with(environment + "[FORWARDED_PORT]/value", Integer.toString(target.kafkaPort()))
                .with(environment + "[OBJECT_STORE]/value", storeHost(target))
                .with(environment + "[BUCKET]/value", target.bucket());
    }

    private static Manifest volume(Manifest manifest, Target target, String size) {
        Manifest sized = manifest.with("spec/volumeClaimTemplates/[]/spec/resources/requests/storage", size);
        return target.storageClass()
                .map(name -> sized.with("spec/volumeClaimTemplates/[]/spec/storageClassName", name))
                .orElse(sized);
    }
}
