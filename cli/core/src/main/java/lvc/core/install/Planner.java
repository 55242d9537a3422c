package lvc.core.install;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectChange;
import lvc.core.kube.ObjectChange.Kind;
import lvc.core.kube.ObjectRef;
import lvc.core.port.Objects;
import lvc.core.report.InstallPlan;

/** Looks at what is there and says what would become of it. Changes nothing. */
final class Planner {
    static final String NAMESPACE = "Namespace";
    private static final String STATEFUL_SET = "StatefulSet";
    private static final List<String> ORDER = List.of(
            NAMESPACE, "ServiceAccount", "ConfigMap", "NetworkPolicy", "Service", "PodDisruptionBudget", STATEFUL_SET);
    private static final String DEFAULT_CLASS = "metadata/annotations/storageclass.kubernetes.io~1is-default-class";
    private static final String BROKER_IMAGE = "spec/template/spec/containers/[redpanda]/image";
    private static final String PART_OF = "metadata/labels/app.kubernetes.io~1part-of";
    private static final String MANAGED_BY = "metadata/labels/app.kubernetes.io~1managed-by";

    /** Kinds that lvc puts into a namespace, and takes away again when a newer lvc has no use for them. */
    private static final List<ObjectRef> PRUNED = List.of(
            new ObjectRef("v1", "ServiceAccount", "", ""),
            new ObjectRef("v1", "ConfigMap", "", ""),
            new ObjectRef("v1", "Service", "", ""),
            new ObjectRef("networking.k8s.io/v1", "NetworkPolicy", "", ""),
            new ObjectRef("policy/v1", "PodDisruptionBudget", "", ""));

    private final Objects objects;

    Planner(Objects objects) {
        this.objects = objects;
    }

    /**
     * The whole plan.
     *
     * @param manifests in the order in which they are to be applied
     * @param secrets the same
     */
    InstallPlan plan(Order order, List<Manifest> manifests, List<Secrets.Kept> secrets) {
        List<ObjectChange> changes = new ArrayList<>();
        Set<String> going = going(manifests);
        for (Manifest wanted : manifests) {
            ObjectRef ref = wanted.ref();
            boolean anew = going.contains(ref.kind().equals(NAMESPACE) ? ref.name() : ref.namespace());
            changes.add(anew ? new ObjectChange(ref, Kind.CREATE, List.of(), "") : change(wanted, order.force()));
        }
        changes.addAll((int) namespaces(manifests), changes(secrets, going, order.rotate()));
        leftOver(order.target(), manifests)
                .forEach(found -> changes.add(new ObjectChange(found.ref(), Kind.DELETE, List.of(), "")));
        List<String> warnings = new ArrayList<>();
        going.stream()
                .sorted()
                .forEach(name -> warnings.add("Namespace " + name + " is being deleted; it is waited for"));
        warnings.addAll(warnings(order.target(), changes));
        return new InstallPlan(objects.overview(), changes, warnings, order.rotate());
    }

    /** Secrets come right after the namespaces. */
    private static long namespaces(List<Manifest> manifests) {
        return manifests.stream()
                .filter(each -> each.ref().kind().equals(NAMESPACE))
                .count();
    }

    private static List<ObjectChange> changes(List<Secrets.Kept> secrets, Set<String> going, boolean rotate) {
        return secrets.stream()
                .map(secret -> {
                    ObjectRef ref = secret.manifest().ref();
                    boolean anew = !secret.there() || going.contains(ref.namespace());
                    Kind kind = anew ? Kind.CREATE : rotate ? Kind.CHANGE : Kind.UNCHANGED;
                    return new ObjectChange(ref, kind, List.of(), "");
                })
                .toList();
    }

    /** Namespaces that are being deleted: the server takes nothing for them, and what is in them goes with them. */
    private Set<String> going(List<Manifest> manifests) {
        return manifests.stream()
                .map(Manifest::ref)
                .filter(ref -> ref.kind().equals(NAMESPACE))
                .filter(ref -> objects.find(ref)
                        .flatMap(found -> found.text("metadata/deletionTimestamp"))
                        .isPresent())
                .map(ObjectRef::name)
                .collect(Collectors.toSet());
    }

    /** What applying one manifest would do, after lvc's own rules and the server's. */
    ObjectChange change(Manifest wanted, boolean force) {
        ObjectRef ref = wanted.ref();
        Optional<Manifest> found = objects.find(ref);
        if (found.isPresent() && foreign(found.get())) {
            return ref.kind().equals(NAMESPACE)
                    ? new ObjectChange(ref, Kind.UNCHANGED, List.of(), "")
                    : refused(
                            ref,
                            "it is there and not lvc's (no label app.kubernetes.io/part-of=lvc)"
                                    + found.get()
                                            .text(MANAGED_BY)
                                            .map(by -> ": " + by + " manages it")
                                            .orElse(""));
        }
        Optional<String> objection = ref.kind().equals(STATEFUL_SET) ? objection(wanted, found) : Optional.empty();
        return objection.map(why -> refused(ref, why)).orElseGet(() -> objects.preview(wanted, force));
    }

    private static ObjectChange refused(ObjectRef ref, String why) {
        return new ObjectChange(ref, Kind.REFUSED, List.of(), why);
    }

    static boolean foreign(Manifest found) {
        return !found.text(PART_OF).filter(Filling.LVC::equals).isPresent();
    }

    private Optional<String> objection(Manifest wanted, Optional<Manifest> found) {
        if (found.isEmpty()) {
            return classless(wanted);
        }
        long now = found.get().number("spec/replicas");
        long then = wanted.number("spec/replicas");
        if (then < now) {
            return Optional.of("it has " + now + " brokers: before one of them goes, its partitions have to be moved"
                    + " (rpk redpanda admin brokers decommission)");
        }
        Optional<Release> running = found.get().text(BROKER_IMAGE).flatMap(Release::ofImage);
        Optional<Release> next = wanted.text(BROKER_IMAGE).flatMap(Release::ofImage);
        return running.flatMap(release -> next.flatMap(release::objectionTo));
    }

    /** Why nobody would provide its volumes. */
    private Optional<String> classless(Manifest set) {
        List<Manifest> classes = objects.list("storage.k8s.io/v1", "StorageClass", "", Map.of());
        Optional<String> named = set.list("spec/volumeClaimTemplates").stream()
                .findFirst()
                .flatMap(claim -> claim.text("spec/storageClassName"));
        String names = classes.isEmpty()
                ? "none"
                : classes.stream().map(each -> each.ref().name()).collect(Collectors.joining(", "));
        if (named.isPresent()) {
            boolean there = classes.stream().anyMatch(each -> each.ref().name().equals(named.get()));
            return there
                    ? Optional.empty()
                    : Optional.of("there is no StorageClass " + named.get() + "; the cluster has " + names);
        }
        boolean fallback = classes.stream()
                .anyMatch(
                        each -> each.text(DEFAULT_CLASS).filter("true"::equals).isPresent());
        return fallback
                ? Optional.empty()
                : Optional.of(
                        "no StorageClass is the default one, so nobody would provide its volumes; the cluster has "
                                + names + ": install.storage-class=NAME");
    }

    /** What lvc has put into its namespaces and does not want there any more. */
    List<Manifest> leftOver(Target target, List<Manifest> manifests) {
        Set<ObjectRef> wanted = manifests.stream().map(Manifest::ref).collect(Collectors.toSet());
        Map<String, String> own = Map.of(Filling.PART_OF, Filling.LVC, Filling.MANAGED_BY, Filling.LVC);
        return Set.of(target.storeNamespace(), target.brokerNamespace()).stream()
                .sorted()
                .flatMap(namespace -> PRUNED.stream()
                        .flatMap(kind -> objects.list(kind.apiVersion(), kind.kind(), namespace, own).stream()))
                .filter(found -> !wanted.contains(found.ref()))
                .toList();
    }

    private List<String> warnings(Target target, List<ObjectChange> changes) {
        List<String> warnings = new ArrayList<>();
        changes.stream()
                .map(ObjectChange::ref)
                .filter(ref -> ref.kind().equals(NAMESPACE))
                .filter(ref -> objects.find(ref)
                        .filter(Planner::foreign)
                        .filter(found ->
                                found.text("metadata/deletionTimestamp").isEmpty())
                        .isPresent())
                .forEach(ref ->
                        warnings.add(ref + " is not lvc's and stays as it is: nothing in it is held to the rules of"
                                + " \"restricted\" pods unless it says so itself"));
        boolean brokers = kept(target.brokerNamespace(), Target.BROKERS);
        if (brokers && !kept(target.storeNamespace(), Target.STORE)) {
            warnings.add("a volume of a broker was kept from an earlier install, and that of the object store was not:"
                    + " what only tiered storage had is gone");
        }
        return warnings;
    }

    private boolean kept(String namespace, String name) {
        return !objects.list("v1", "PersistentVolumeClaim", namespace, Map.of("app.kubernetes.io/name", name))
                .isEmpty();
    }

    /** What others need comes before them; pods come last. */
    static List<Manifest> inOrder(List<Manifest> manifests) {
        return manifests.stream()
                .sorted(Comparator.comparingInt(each -> ORDER.indexOf(each.ref().kind())))
                .toList();
    }
}
