package lvc.core.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.kube.KubeOverview;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectChange;
import lvc.core.kube.ObjectRef;
import lvc.core.kube.PodSeen;
import lvc.core.kube.Right;
import lvc.core.kube.SetSeen;
import lvc.core.port.Objects;

/** A Kubernetes that keeps what it is given, knows no rights, and deletes the pods of a StatefulSet with it. */
public final class FakeObjects implements Objects {
    /** What lvc writes on its objects. */
    public static final Map<String, String> LVC =
            Map.of("app.kubernetes.io/managed-by", "lvc", "app.kubernetes.io/part-of", "lvc");

    public final Map<ObjectRef, Manifest> all = new LinkedHashMap<>();
    public final List<String> deleted = new ArrayList<>();
    public final List<Right> forbidden = new ArrayList<>();
    /** Looks at pods that they outlive their StatefulSet. */
    public int lingering;

    /** Puts an object there. */
    public Manifest put(String apiVersion, String kind, String namespace, String name, Map<String, String> labels) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("uid", kind + name + all.size());
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.put("labels", labels);
        return put(new Manifest(Map.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata)));
    }

    /** Puts an object there, in place of one of the same name. */
    public Manifest put(Manifest manifest) {
        all.put(manifest.ref(), manifest);
        return manifest;
    }

    /** A Secret with texts. */
    public void putSecret(String namespace, String name, Map<String, String> labels, Map<String, String> texts) {
        Manifest secret = put("v1", "Secret", namespace, name, labels);
        Map<String, Object> data = new LinkedHashMap<>();
        texts.forEach((key, text) ->
                data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        put(secret.with("data", data));
    }

    @Override
    public KubeOverview overview() {
        return new KubeOverview("c", "https://127.0.0.1:6443", "v1.34.0");
    }

    @Override
    public Optional<Manifest> find(ObjectRef ref) {
        return Optional.ofNullable(all.get(ref));
    }

    @Override
    public List<Manifest> list(String apiVersion, String kind, String namespace, Map<String, String> labels) {
        return all.values().stream()
                .filter(each -> each.ref().kind().equals(kind))
                .filter(each -> namespace.isEmpty() || each.ref().namespace().equals(namespace))
                .filter(each -> each.texts("metadata/labels").entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    @Override
    public ObjectChange preview(Manifest wanted, boolean force) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void apply(Manifest wanted, boolean force) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(Manifest found) {
        deleted.add(found.ref().toString());
        all.remove(found.ref());
    }

    @Override
    public Optional<SetSeen> set(String namespace, String name) {
        return find(new ObjectRef("apps/v1", "StatefulSet", namespace, name))
                .map(found -> new SetSeen(name, 1, 1, 1, 1, true, "r1"));
    }

    @Override
    public List<PodSeen> pods(String namespace, Map<String, String> labels) {
        String name = labels.getOrDefault("app.kubernetes.io/name", "");
        boolean there = set(namespace, name).isPresent() || lingering-- > 0;
        return there
                ? List.of(new PodSeen(name + "-0", "Running", true, false, "r1", Optional.empty(), List.of()))
                : List.of();
    }

    @Override
    public Optional<String> lastEvent(String namespace, String kind, String name) {
        return Optional.empty();
    }

    @Override
    public List<String> lastLines(String namespace, String pod, String container, int lines) {
        return List.of();
    }

    @Override
    public List<Right> missing(List<Right> rights) {
        return rights.stream().filter(forbidden::contains).toList();
    }
}
