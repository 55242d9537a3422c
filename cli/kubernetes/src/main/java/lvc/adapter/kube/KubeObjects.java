package lvc.adapter.kube;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lvc.core.fault.Fault;
import lvc.core.kube.FieldChange;
import lvc.core.kube.KubeOverview;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectChange;
import lvc.core.kube.ObjectChange.Kind;
import lvc.core.kube.ObjectRef;
import lvc.core.kube.PodSeen;
import lvc.core.kube.Right;
import lvc.core.kube.SetSeen;
import lvc.core.port.Objects;
import lvc.core.port.Pause;

/**
 * The objects of a cluster over its API server. What is applied is applied by the server ("server-side apply"), strictly:
 * a field that the server does not know is an error. lvc is the field manager of all that it sets.
 */
public final class KubeObjects implements Objects, AutoCloseable {
    private static final String MANAGER = "lvc";
    private static final int TRIES = 5;

    private final KubernetesClient client;

    /** @throws Fault USAGE when there is no such context */
    public KubeObjects(KubeConnection connection) {
        this.client = connection.open();
    }

    @Override
    public KubeOverview overview() {
        return asked(
                "the cluster was not reached",
                () -> new KubeOverview(
                        client.getConfiguration().getCurrentContext().getName(),
                        client.getMasterUrl().toString(),
                        client.getKubernetesVersion().getGitVersion()));
    }

    @Override
    public Optional<Manifest> find(ObjectRef ref) {
        return asked(ref + " not read", () -> Optional.ofNullable(resource(ref).get())
                .map(this::manifest));
    }

    @Override
    public List<Manifest> list(String apiVersion, String kind, String namespace, Map<String, String> labels) {
        return asked("no list of " + kind, () -> {
            var all = client.genericKubernetesResources(apiVersion, kind);
            var chosen = namespace.isEmpty()
                    ? all.inAnyNamespace().withLabels(labels)
                    : all.inNamespace(namespace).withLabels(labels);
            return chosen.list().getItems().stream().map(this::manifest).toList();
        });
    }

    @Override
    public ObjectChange preview(Manifest wanted, boolean force) {
        ObjectRef ref = wanted.ref();
        Optional<Manifest> found = find(ref);
        try {
            Manifest after = manifest(send(wanted, force, true));
            List<FieldChange> fields =
                    found.map(before -> FieldChange.between(before, after)).orElse(List.of());
            Kind kind = found.isEmpty() ? Kind.CREATE : fields.isEmpty() ? Kind.UNCHANGED : Kind.CHANGE;
            return new ObjectChange(ref, kind, fields, "");
        } catch (KubernetesClientException e) {
            if (e.getCode() == KubeFaults.NOT_FOUND && found.isEmpty()) {
                // Its namespace is to be created as well, and only then can the server say more.
                return new ObjectChange(ref, Kind.CREATE, List.of(), "");
            }
            if (e.getCode() == KubeFaults.CONFLICT) {
                return new ObjectChange(ref, Kind.CONFLICT, List.of(), KubeFaults.said(e));
            }
            if (e.getCode() > 0 && e.getCode() != KubeFaults.UNAUTHORIZED && e.getCode() != KubeFaults.FORBIDDEN) {
                return new ObjectChange(ref, Kind.REFUSED, List.of(), KubeFaults.said(e));
            }
            throw KubeFaults.of(ref + " not planned", e);
        }
    }

    @Override
    public void apply(Manifest wanted, boolean force) {
        asked(wanted.ref() + " not applied", () -> send(wanted, force, false));
    }

    private GenericKubernetesResource send(Manifest wanted, boolean force, boolean dryRun) {
        Resource<GenericKubernetesResource> resource = client.resource(generic(wanted));
        var managed = resource.dryRun(dryRun)
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .fieldManager(MANAGER);
        return force ? managed.forceConflicts().serverSideApply() : managed.serverSideApply();
    }

    @Override
    public void delete(Manifest found) {
        String uid = found.text("metadata/uid").orElse("");
        asked(found.ref() + " not deleted", () -> {
            int left = TRIES;
            while (!delete(found.ref(), uid, --left == 0)) {
                // Its controller has written to it between the look and the delete.
            }
            return true;
        });
    }

    private boolean delete(ObjectRef ref, String uid, boolean last) {
        GenericKubernetesResource now = resource(ref).get();
        if (now == null || !uid.equals(now.getMetadata().getUid())) {
            return true;
        }
        try {
            resource(ref)
                    .lockResourceVersion(now.getMetadata().getResourceVersion())
                    .delete();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == KubeFaults.CONFLICT && !last) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<SetSeen> set(String namespace, String name) {
        return asked("StatefulSet " + namespace + "/" + name + " not read", () -> Optional.ofNullable(client.apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(KubeObjects::seen));
    }

    private static SetSeen seen(StatefulSet set) {
        StatefulSetStatus status = Optional.ofNullable(set.getStatus()).orElseGet(StatefulSetStatus::new);
        int wanted = Optional.ofNullable(set.getSpec().getReplicas()).orElse(1);
        String newest = Optional.ofNullable(status.getUpdateRevision()).orElse("");
        boolean all = newest.equals(status.getCurrentRevision());
        return new SetSeen(
                set.getMetadata().getName(),
                wanted,
                Optional.ofNullable(status.getReplicas()).orElse(0),
                Optional.ofNullable(status.getReadyReplicas()).orElse(0),
                Optional.ofNullable(status.getUpdatedReplicas())
                        .orElse(all ? Optional.ofNullable(status.getReplicas()).orElse(0) : 0),
                Optional.ofNullable(status.getObservedGeneration()).orElse(0L)
                        >= set.getMetadata().getGeneration(),
                newest);
    }

    @Override
    public List<PodSeen> pods(String namespace, Map<String, String> labels) {
        return asked(
                "pods of namespace " + namespace + " not read",
                () -> client.pods().inNamespace(namespace).withLabels(labels).list().getItems().stream()
                        .map(Pods::seen)
                        .sorted(Comparator.comparing(PodSeen::name))
                        .toList());
    }

    @Override
    public Optional<String> lastEvent(String namespace, String kind, String name) {
        return asked("events of " + kind + " " + namespace + "/" + name + " not read", () -> client
                .v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.kind", kind)
                .withField("involvedObject.name", name)
                .list()
                .getItems()
                .stream()
                .max(Comparator.comparing(KubeObjects::time))
                .map(event -> event.getReason() + ": " + event.getMessage()));
    }

    private static String time(Event event) {
        return Optional.ofNullable(event.getLastTimestamp())
                .or(() -> Optional.ofNullable(event.getEventTime()).map(at -> at.getTime()))
                .orElseGet(() -> event.getMetadata().getCreationTimestamp());
    }

    @Override
    public List<String> lastLines(String namespace, String pod, String container, int lines) {
        return asked("log of pod " + namespace + "/" + pod + " not read", () -> {
            PodResource found = client.pods().inNamespace(namespace).withName(pod);
            String log = found.inContainer(container).tailingLines(lines).getLog();
            return (log == null ? "" : log).lines().toList();
        });
    }

    @Override
    public List<Right> missing(List<Right> rights) {
        return rights.stream().filter(right -> !has(right)).toList();
    }

    private boolean has(Right right) {
        String[] resource = right.resource().split("/", 2);
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(right.verb())
                .withGroup(right.group())
                .withResource(resource[0])
                .withSubresource(resource.length > 1 ? resource[1] : null)
                .withNamespace(right.namespace().isEmpty() ? null : right.namespace())
                .endResourceAttributes()
                .endSpec()
                .build();
        return asked("rights not read", () -> client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(question)
                .getStatus()
                .getAllowed());
    }

    private Resource<GenericKubernetesResource> resource(ObjectRef ref) {
        var all = client.genericKubernetesResources(ref.apiVersion(), ref.kind());
        return ref.namespace().isEmpty()
                ? all.withName(ref.name())
                : all.inNamespace(ref.namespace()).withName(ref.name());
    }

    private GenericKubernetesResource generic(Manifest manifest) {
        return client.getKubernetesSerialization().convertValue(manifest.body(), GenericKubernetesResource.class);
    }

    @SuppressWarnings("unchecked") // An object of JSON is a map of text to something.
    private Manifest manifest(GenericKubernetesResource resource) {
        return new Manifest(client.getKubernetesSerialization().convertValue(resource, Map.class));
    }

    private static <T> T asked(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new Pause.Interrupted();
            }
            throw KubeFaults.of(what, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
