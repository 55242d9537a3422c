package lvc.core.install;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lvc.core.fault.Fault;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectRef;
import lvc.core.port.Neighbours;
import lvc.core.port.Objects;
import lvc.core.report.UninstallPlan.Fate;
import lvc.core.report.UninstallPlan.Row;

/**
 * Finds what an install has left in its namespaces, and decides what becomes of each object. Only objects that carry both
 * labels of lvc are lvc's; a name proves nothing.
 */
final class Remains {
    static final String SET = "StatefulSet";
    static final String CLAIM = "PersistentVolumeClaim";
    static final String SECRET = "Secret";
    static final String NAMESPACE = "Namespace";

    private static final String CORE = "v1";
    private static final int NAMED = 3;
    private static final Set<String> CREDENTIALS = Set.of(Target.ROOT_SECRET, Target.STORE_SECRET);

    /** With their versions, in the order in which they go: first what works, then what it works with. */
    private static final List<ObjectRef> KINDS = List.of(
            kind("apps/v1", SET),
            kind("policy/v1", "PodDisruptionBudget"),
            kind(CORE, "Service"),
            kind(CORE, "ConfigMap"),
            kind("networking.k8s.io/v1", "NetworkPolicy"),
            kind(CORE, "ServiceAccount"),
            kind(CORE, SECRET),
            kind(CORE, CLAIM));

    private final Objects objects;
    private final Neighbours neighbours;

    Remains(Objects objects, Neighbours neighbours) {
        this.objects = objects;
        this.neighbours = neighbours;
    }

    private static ObjectRef kind(String apiVersion, String kind) {
        return new ObjectRef(apiVersion, kind, "", "");
    }

    /** An object and what becomes of it. */
    record Found(Manifest manifest, Row row) {
        ObjectRef ref() {
            return row.ref();
        }
    }

    /** Everything, in the order in which it goes. */
    List<Found> find(Uninstaller.Order order) {
        List<Found> found = new ArrayList<>();
        for (ObjectRef kind : KINDS) {
            for (String namespace : order.namespaces()) {
                objects.list(kind.apiVersion(), kind.kind(), namespace, Map.of()).stream()
                        .sorted(Comparator.comparing(each -> each.ref().name()))
                        .flatMap(each -> judged(typed(each, kind), order).stream())
                        .forEach(found::add);
            }
        }
        for (String namespace : order.namespaces()) {
            objects.find(new ObjectRef(CORE, NAMESPACE, "", namespace))
                    .map(each -> new Found(each, namespace(each, order, found)))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** Elements of a list do not all say what they are. */
    private static Manifest typed(Manifest listed, ObjectRef kind) {
        return listed.with("apiVersion", kind.apiVersion()).with("kind", kind.kind());
    }

    private static Optional<Found> judged(Manifest each, Uninstaller.Order order) {
        ObjectRef ref = each.ref();
        if (ref.kind().equals(CLAIM)) {
            return claim(each, order);
        }
        if (!ours(each)) {
            return order.names(ref.namespace()).contains(ref.name())
                    ? Optional.of(new Found(each, new Row(ref, Fate.FOREIGN, whose(each))))
                    : Optional.empty();
        }
        boolean kept = ref.kind().equals(SECRET) && CREDENTIALS.contains(ref.name()) && !order.data();
        return Optional.of(new Found(
                each,
                kept
                        ? new Row(ref, Fate.KEEP, "what is on the volumes cannot be used without it")
                        : new Row(ref, Fate.DELETE, "")));
    }

    /** Claims are made by the controller of the StatefulSet, which copies the labels of the template. */
    private static Optional<Found> claim(Manifest each, Uninstaller.Order order) {
        ObjectRef ref = each.ref();
        boolean ofASet = order.names(ref.namespace()).stream()
                .anyMatch(name -> ref.name().startsWith("data-" + name + "-") && label(each, Filling.NAME, name));
        if (!ofASet || !label(each, Filling.PART_OF, Filling.LVC)) {
            return Optional.empty();
        }
        String size = each.text("spec/resources/requests/storage").orElse("");
        return Optional.of(new Found(each, new Row(ref, order.data() ? Fate.DELETE : Fate.KEEP, size)));
    }

    private Row namespace(Manifest namespace, Uninstaller.Order order, List<Found> found) {
        ObjectRef ref = new ObjectRef(CORE, NAMESPACE, "", namespace.ref().name());
        if (namespace.text("metadata/deletionTimestamp").isPresent()) {
            return new Row(ref, Fate.GOING, "it is being deleted already, with all that is in it");
        }
        return order.data()
                ? reasonToKeep(namespace, found)
                        .map(why -> new Row(ref, Fate.KEEP, why))
                        .orElseGet(() -> new Row(ref, Fate.DELETE, ""))
                : new Row(ref, Fate.KEEP, "");
    }

    /** Why a namespace must not go; empty when nothing speaks for it. */
    Optional<String> reasonToKeep(Manifest namespace, List<Found> found) {
        String name = namespace.ref().name();
        if (name.equals("default") || name.startsWith("kube-")) {
            return Optional.of("it is one of Kubernetes' own");
        }
        if (!ours(namespace)) {
            return Optional.of("lvc did not make it");
        }
        Optional<String> maker = namespace.list("metadata/managedFields").stream()
                .filter(entry -> entry.text("subresource").isEmpty())
                .flatMap(entry -> entry.text("manager").stream())
                .filter(manager -> !manager.equals(Filling.LVC))
                .findFirst();
        if (maker.isPresent()) {
            return Optional.of("lvc did not make it alone: " + maker.get() + " did something to it as well");
        }
        return stranger(name, found);
    }

    private Optional<String> stranger(String namespace, List<Found> found) {
        Set<ObjectRef> goes = found.stream()
                .filter(each -> each.row().fate() == Fate.DELETE)
                .map(Found::ref)
                .collect(Collectors.toSet());
        try {
            List<ObjectRef> strangers = neighbours.in(namespace).stream()
                    .filter(each -> !goes.contains(each.ref()))
                    .filter(each -> !ours(each))
                    .map(Manifest::ref)
                    .toList();
            return strangers.isEmpty() ? Optional.empty() : Optional.of(holds(strangers));
        } catch (Fault fault) {
            return Optional.of("not everything in it can be looked at: " + fault.why());
        }
    }

    private static String holds(List<ObjectRef> strangers) {
        return "it holds what is not lvc's: "
                + strangers.stream().limit(NAMED).map(ObjectRef::toString).collect(Collectors.joining(", "))
                + (strangers.size() > NAMED ? " and " + (strangers.size() - NAMED) + " more" : "");
    }

    private static boolean ours(Manifest each) {
        return label(each, Filling.MANAGED_BY, Filling.LVC) && label(each, Filling.PART_OF, Filling.LVC);
    }

    private static String whose(Manifest each) {
        return label(each, Filling.PART_OF, Filling.LVC)
                ? "it was applied by hand: kubectl takes it away again"
                : "it is not lvc's";
    }

    private static boolean label(Manifest each, String label, String value) {
        return value.equals(each.texts("metadata/labels").get(label));
    }
}
