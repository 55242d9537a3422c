package lvc.acceptance.serve;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.awaitility.Awaitility.await;

/** A Service of the cache's namespace, and its pods: kwok plays them, Kubernetes' controllers say where they are. */
final class Readers {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String service;

    Readers(KubernetesClient client, String service) {
        this.client = client;
        this.service = service;
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(service)
                        .withNamespace(CacheAccount.NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", service)
                        .addNewPort()
                        .withPort(80)
                        .withNewTargetPort(PodNetwork.PORT)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    /** Starts a pod and waits until the Service leads to it; its address. */
    String start(String name) {
        client.resource(pod(name)).create();
        client.resource(pod(name)).waitUntilReady(SOON.toSeconds(), TimeUnit.SECONDS);
        String ip = client.resource(pod(name)).get().getStatus().getPodIP();
        await().atMost(SOON).until(() -> Boolean.TRUE.equals(endpoints().get(ip)));
        return ip;
    }

    /** Lets the probe of a pod find it ready or not, and waits until the Service knows. */
    void ready(String name, boolean ready) {
        Pod changed = client.pods()
                .inNamespace(CacheAccount.NAMESPACE)
                .withName(service + "-" + name)
                .editStatus(pod -> new PodBuilder(pod)
                        .editStatus()
                        .editMatchingCondition(condition -> condition.getType().equals("Ready"))
                        .withStatus(ready ? "True" : "False")
                        .endCondition()
                        .endStatus()
                        .build());
        await().atMost(SOON).until(() -> Boolean.valueOf(ready)
                .equals(endpoints().get(changed.getStatus().getPodIP())));
    }

    void delete(String name) {
        client.resource(pod(name)).delete();
    }

    /** The addresses that the Service leads to, and whether they are ready. */
    private Map<String, Boolean> endpoints() {
        Map<String, Boolean> endpoints = new HashMap<>();
        client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(CacheAccount.NAMESPACE)
                .withLabel("kubernetes.io/service-name", service)
                .list()
                .getItems()
                .forEach(slice -> slice.getEndpoints().forEach(endpoint -> add(endpoint, endpoints)));
        return endpoints;
    }

    private static void add(Endpoint endpoint, Map<String, Boolean> endpoints) {
        endpoint.getAddresses()
                .forEach(ip -> endpoints.put(ip, endpoint.getConditions().getReady()));
    }

    /** The namespace takes only pods that want no rights. */
    private Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(service + "-" + name)
                .withNamespace(CacheAccount.NAMESPACE)
                .addToLabels("app", service)
                .endMetadata()
                .withNewSpec()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("reader")
                .withImage("reader:1")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop(List.of("ALL"))
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }
}
