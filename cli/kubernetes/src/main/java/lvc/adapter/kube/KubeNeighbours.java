package lvc.adapter.kube;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lvc.core.kube.Manifest;
import lvc.core.port.Neighbours;

/** Asks the API server which kinds it knows, and lists all of them that lie in namespaces. */
public final class KubeNeighbours implements Neighbours, AutoCloseable {
    /** Traces and shadows of other objects. */
    private static final Set<String> SHADOWS = Set.of("Event", "Endpoints", "EndpointSlice", "PodMetrics");
    /** What Kubernetes puts into every namespace. */
    private static final Set<String> EVERYWHERE = Set.of("ConfigMap kube-root-ca.crt", "ServiceAccount default");

    private final KubernetesClient client;

    /** @throws lvc.core.fault.Fault USAGE when there is no such context */
    public KubeNeighbours(KubeConnection connection) {
        this.client = connection.open();
    }

    @Override
    public List<Manifest> in(String namespace) {
        try {
            List<Manifest> found = new ArrayList<>();
            kinds("", "v1").forEach(kind -> found.addAll(list(kind, namespace)));
            for (APIGroup group : client.getApiGroups().getGroups()) {
                kinds(group.getName(), group.getPreferredVersion().getVersion())
                        .forEach(kind -> found.addAll(list(kind, namespace)));
            }
            return found;
        } catch (KubernetesClientException e) {
            throw KubeFaults.of("namespace " + namespace + " not looked at", e);
        }
    }

    private List<ResourceDefinitionContext> kinds(String group, String version) {
        return client.getApiResources(group.isEmpty() ? version : group + "/" + version).getResources().stream()
                .filter(APIResource::getNamespaced)
                .filter(each -> !each.getName().contains("/"))
                .filter(each -> each.getVerbs().contains("list"))
                .filter(each -> !SHADOWS.contains(each.getKind()))
                .map(each -> new ResourceDefinitionContext.Builder()
                        .withGroup(group)
                        .withVersion(version)
                        .withKind(each.getKind())
                        .withPlural(each.getName())
                        .withNamespaced(true)
                        .build())
                .toList();
    }

    private List<Manifest> list(ResourceDefinitionContext kind, String namespace) {
        return client.genericKubernetesResources(kind).inNamespace(namespace).list().getItems().stream()
                .filter(each -> each.getMetadata().getOwnerReferences() == null
                        || each.getMetadata().getOwnerReferences().isEmpty())
                .filter(each -> !EVERYWHERE.contains(kind.getKind() + " " + name(each)))
                .map(each -> manifest(each, kind))
                .toList();
    }

    private static String name(HasMetadata each) {
        return each.getMetadata().getName();
    }

    @SuppressWarnings("unchecked") // An object of JSON is a map of text to something.
    private Manifest manifest(GenericKubernetesResource each, ResourceDefinitionContext kind) {
        String version = kind.getGroup().isEmpty() ? kind.getVersion() : kind.getGroup() + "/" + kind.getVersion();
        return new Manifest(client.getKubernetesSerialization().convertValue(each, Map.class))
                .with("apiVersion", version)
                .with("kind", kind.getKind());
    }

    @Override
    public void close() {
        client.close();
    }
}
