package lvc.acceptance.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import lvc.acceptance.real.RealComponent;
import lvc.acceptance.recreate.Lvc;

/**
 * Two namespaces of the shared cluster for one installation, whose pods are played by real processes, and lvc with settings
 * that name all that. Nothing is installed yet.
 */
final class InstallGround implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final KubeCluster cluster;
    private final String name;
    private final Path volumes = Program.directory("lvc-volumes-");
    private final int kafkaPort = Loopback.freePort();
    private final KubernetesClient client;
    private final PlayedPods pods;

    private InstallGround(KubeCluster cluster) {
        this.cluster = cluster;
        this.name = ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet();
        this.client = cluster.client();
        this.pods = new PlayedPods(
                cluster, List.of(storeNamespace(), brokerNamespace()), List.of(storeImage(), brokerImage()), volumes);
    }

    /** The calling test ends, skipped, when a component is missing. */
    static InstallGround fresh() {
        return on(KubeCluster.shared());
    }

    /** The same on a cluster of the test's own. */
    static InstallGround on(KubeCluster cluster) {
        RealComponent.MINIO.require();
        return new InstallGround(cluster);
    }

    String storeNamespace() {
        return "minio-" + name;
    }

    String brokerNamespace() {
        return "redpanda-" + name;
    }

    /** Nobody fetches it. */
    String storeImage() {
        return "store-" + name + ":v1";
    }

    /** The same. */
    String brokerImage() {
        return "broker-" + name + ":v26.2.1";
    }

    /** Where Kafka clients come to who come through a port-forward. */
    int kafkaPort() {
        return kafkaPort;
    }

    KubeCluster cluster() {
        return cluster;
    }

    KubernetesClient client() {
        return client;
    }

    PlayedPods pods() {
        return pods;
    }

    /** lvc with settings for this installation, as a user who may do everything. */
    Lvc lvc() {
        return lvc(Map.of());
    }

    /** The same with more settings, by the names of environment variables. */
    Lvc lvc(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>();
        variables.put("LVC_KUBERNETES_KUBECONFIG", cluster.kubeconfig().toString());
        variables.put("LVC_KUBERNETES_CONTEXT", "lvc");
        variables.put("LVC_KUBERNETES_NAMESPACE_MINIO", storeNamespace());
        variables.put("LVC_KUBERNETES_NAMESPACE_REDPANDA", brokerNamespace());
        variables.put("LVC_INSTALL_IMAGE_MINIO", storeImage());
        variables.put("LVC_INSTALL_IMAGE_REDPANDA", brokerImage());
        variables.put("LVC_INSTALL_KAFKA_PORT", Integer.toString(kafkaPort));
        variables.put("LVC_INSTALL_TIMEOUT", "30s");
        variables.putAll(more);
        return new Lvc(variables);
    }

    /** Takes everything away, and does not wait for it. */
    @Override
    public void close() {
        pods.close();
        client.namespaces().withName(storeNamespace()).delete();
        client.namespaces().withName(brokerNamespace()).delete();
        client.close();
        Program.delete(volumes);
    }
}
