package lvc.core.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import lvc.core.check.Rights.Use;
import lvc.core.fault.Fault;
import lvc.core.install.Credentials;
import lvc.core.install.Filling;
import lvc.core.install.Target;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectRef;
import lvc.core.kube.PodSeen;
import lvc.core.kube.Right;
import lvc.core.kube.SetSeen;
import lvc.core.port.Objects;
import lvc.core.port.StoreLook;
import lvc.core.report.Finding;

/** Looks at what was installed to a Kubernetes cluster. Changes nothing. */
public final class KubeCheck {
    private static final int LAST_LINES = 50;
    private static final String NAME = "app.kubernetes.io/name";

    private final Objects objects;
    private final Function<Credentials, StoreLook> store;
    private final Consumer<Finding> findings;

    /** @param store opens the object store, with the credentials of its root user */
    public KubeCheck(Objects objects, Function<Credentials, StoreLook> store, Consumer<Finding> findings) {
        this.objects = objects;
        this.store = store;
        this.findings = findings;
    }

    /**
     * Looks at everything.
     *
     * @return whether there are brokers that can be asked
     * @throws Fault UNREACHABLE when the cluster does not answer
     */
    public boolean run(Target target) {
        findings.accept(Ground.version(objects.overview()));
        Set<Right> missing = Set.copyOf(objects.missing(Rights.of(List.of(Use.CHECK), target)));
        part(target.storeNamespace(), Target.STORE, missing);
        if (may(missing, target.storeNamespace(), "pods/portforward", "secrets")) {
            bucket(target);
        }
        boolean ready = part(target.brokerNamespace(), Target.BROKERS, missing);
        return ready && may(missing, target.brokerNamespace(), "pods/portforward");
    }

    private boolean may(Set<Right> missing, String namespace, String... resources) {
        List<String> wanted = List.of(resources);
        List<String> forbidden = missing.stream()
                .filter(right -> right.namespace().equals(namespace) && wanted.contains(right.resource()))
                .map(Right::toString)
                .toList();
        if (!forbidden.isEmpty()) {
            findings.accept(Finding.odd(
                    "rights",
                    "not asked what runs in namespace " + namespace,
                    "missing: " + String.join(", ", forbidden)));
        }
        return forbidden.isEmpty();
    }

    /** One of the two StatefulSets and what belongs to it; whether a pod of it answers. */
    private boolean part(String namespace, String name, Set<Right> missing) {
        if (!may(missing, namespace, "statefulsets", "pods", "persistentvolumeclaims", "networkpolicies")) {
            return false;
        }
        Optional<SetSeen> set = objects.set(namespace, name);
        Map<String, String> labels = Map.of(NAME, name, Filling.PART_OF, Filling.LVC);
        List<PodSeen> pods = objects.pods(namespace, labels);
        findings.accept(Standing.set(namespace, name, set, pods, lastWords(namespace, pods)));
        if (set.isEmpty()) {
            return false;
        }
        Standing.volumes(
                        name,
                        objects.list("v1", "PersistentVolumeClaim", namespace, labels),
                        set.get().wanted())
                .forEach(findings);
        ObjectRef policy = new ObjectRef("networking.k8s.io/v1", "NetworkPolicy", namespace, name);
        findings.accept(Standing.policy(namespace, name, objects.find(policy).isPresent()));
        return pods.stream().anyMatch(PodSeen::ready);
    }

    /** What containers said that have ended before; a log that cannot be read says nothing. */
    private List<String> lastWords(String namespace, List<PodSeen> pods) {
        return pods.stream()
                .filter(pod -> !pod.ready())
                .flatMap(pod -> pod.containers().stream()
                        .filter(container -> container.exit().isPresent())
                        .flatMap(container -> lines(namespace, pod.name(), container.name()).stream()))
                .toList();
    }

    private List<String> lines(String namespace, String pod, String container) {
        try {
            return objects.lastLines(namespace, pod, container, LAST_LINES);
        } catch (Fault fault) {
            return List.of();
        }
    }

    private void bucket(Target target) {
        ObjectRef ref = new ObjectRef("v1", "Secret", target.storeNamespace(), Target.ROOT_SECRET);
        Optional<Manifest> secret = objects.find(ref);
        boolean running =
                objects.pods(target.storeNamespace(), Map.of(NAME, Target.STORE, Filling.PART_OF, Filling.LVC)).stream()
                        .anyMatch(PodSeen::ready);
        if (secret.isEmpty() || !running) {
            findings.accept(Finding.odd(
                    Target.STORE,
                    "bucket " + target.bucket() + " not looked at",
                    secret.isEmpty() ? ref + " is not there" : "no pod of it is ready"));
            return;
        }
        try (StoreLook look = store.apply(Credentials.of(secret.get(), "root-user", "root-password"))) {
            boolean exists = look.exists(target.bucket());
            Standing.bucket(target.bucket(), exists, exists && look.open(target.bucket()))
                    .forEach(findings);
        } catch (Fault fault) {
            findings.accept(Finding.bad(Target.STORE, fault.what() + ": " + fault.why(), fault.next()));
        }
    }
}
