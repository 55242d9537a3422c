package lvc.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import lvc.core.check.Rights.Use;
import lvc.core.install.Filling;
import lvc.core.install.Target;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectRef;
import lvc.core.kube.Right;
import lvc.core.port.Objects;
import lvc.core.report.Finding;

/**
 * Looks at a Kubernetes cluster before something is installed to it. Changes nothing; what this user may not look at is
 * said and left out.
 */
public final class PreCheck {
    private final Objects objects;
    private final IntPredicate freePort;
    private final Consumer<Finding> findings;

    /** @param freePort whether nobody listens on a port of 127.0.0.1 */
    public PreCheck(Objects objects, IntPredicate freePort, Consumer<Finding> findings) {
        this.objects = objects;
        this.freePort = freePort;
        this.findings = findings;
    }

    /**
     * Looks at everything.
     *
     * @param manifests with the settings filled in
     * @throws lvc.core.fault.Fault UNREACHABLE when the cluster does not answer
     */
    public void run(Target target, List<Manifest> manifests) {
        findings.accept(Ground.version(objects.overview()));
        Set<Right> missing = Set.copyOf(objects.missing(Rights.of(List.of(Use.values()), target)));
        Ground.rights(missing, target).forEach(findings);
        List<String> namespaces = List.of(target.storeNamespace(), target.brokerNamespace()).stream()
                .distinct()
                .toList();
        look(
                "storage",
                missing,
                List.of(new Right("list", "storage.k8s.io", "storageclasses", "")),
                () -> List.of(Ground.storageClass(
                        objects.list("storage.k8s.io/v1", "StorageClass", "", Map.of()), target.storageClass())));
        List<Demand> demands = Demand.of(manifests);
        look("nodes", missing, List.of(new Right("list", "", "nodes", "")), () -> nodes(target, missing, demands));
        for (String namespace : namespaces) {
            look(
                    "namespace",
                    missing,
                    List.of(new Right("get", "", "namespaces", "")),
                    () -> List.of(Ground.namespace(
                            namespace, objects.find(new ObjectRef("v1", "Namespace", "", namespace)))));
            look(
                    "quota",
                    missing,
                    List.of(
                            new Right("list", "", "resourcequotas", namespace),
                            new Right("get", "apps", "statefulsets", namespace)),
                    () -> Room.quotas(
                            namespace,
                            objects.list("v1", "ResourceQuota", namespace, Map.of()),
                            demands.stream().filter(this::missingYet).toList()));
        }
        look(
                "objects",
                missing,
                Rights.of(List.of(Use.INSTALL), target).stream()
                        .filter(right -> right.verb().equals("get"))
                        .toList(),
                () -> Ground.foreign(Ground.refs(manifests, target)
                        .flatMap(ref -> objects.find(ref).stream())
                        .toList()));
        Ground.ports(target.kafkaPort(), target.brokers(), freePort).forEach(findings);
    }

    private void look(String about, Set<Right> missing, List<Right> needed, Supplier<List<Finding>> look) {
        if (needed.stream().anyMatch(missing::contains)) {
            findings.accept(Finding.odd(about, "not looked at", "for want of rights: see above"));
        } else {
            look.get().forEach(findings);
        }
    }

    /** What is there already has its share of a quota. */
    private boolean missingYet(Demand demand) {
        return objects.set(demand.namespace(), demand.set()).isEmpty();
    }

    private List<Finding> nodes(Target target, Set<Right> missing, List<Demand> demands) {
        List<Manifest> nodes = objects.list("v1", "Node", "", Map.of());
        Optional<List<Manifest>> pods = missing.contains(new Right("list", "", "pods", ""))
                ? Optional.empty()
                : Optional.of(others(target, objects.list("v1", "Pod", "", Map.of())));
        return Room.nodes(nodes, pods, demands);
    }

    private static List<Manifest> others(Target target, List<Manifest> pods) {
        List<Manifest> others = new ArrayList<>(pods);
        others.removeIf(pod -> Filling.LVC.equals(pod.texts("metadata/labels").get(Filling.PART_OF))
                && List.of(target.storeNamespace(), target.brokerNamespace())
                        .contains(pod.ref().namespace()));
        return others;
    }
}
