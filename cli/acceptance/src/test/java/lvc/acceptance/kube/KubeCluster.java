package lvc.acceptance.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lvc.acceptance.real.RealComponent;
import org.jspecify.annotations.Nullable;

/**
 * A real Kubernetes on the loopback interface, without containers: etcd and the API server with RBAC, and in a
 * {@link #whole() whole} one also the controllers, the scheduler, a default storage class that provides empty volumes, and
 * one node. That node is played by kwok: a pod is ready as soon as it is scheduled, nothing runs in it, and what is
 * forwarded to its ports goes where {@link #forward} says.
 *
 * <p>It keeps nothing: when it is closed, or this process is gone, its directory goes too.
 */
public final class KubeCluster implements AutoCloseable {
    /** The only node of a whole cluster. */
    public static final String NODE = "node-1";

    /** RBAC does not stand before the group system:masters. */
    private static final Map<String, String> USERS = Map.of("admin", "system:masters", "guest", "guests");

    private final ControlPlane programs;
    private final Path kubectl;
    private @Nullable Program apiServer;

    private KubeCluster(ControlPlane programs, Path kubectl) {
        this.programs = programs;
        this.kubectl = kubectl;
    }

    /**
     * Starts etcd and the API server and waits until it is ready: objects are kept and checked, and nothing happens to
     * them. Status is what a test sets it to. The calling test ends, skipped, when a program is missing.
     */
    public static KubeCluster bare() {
        Path etcd = RealComponent.ETCD.require();
        Path kubernetes = RealComponent.KUBERNETES.require();
        ControlPlane programs = new ControlPlane(Program.directory("lvc-kube-"), kubernetes);
        KubeCluster cluster = new KubeCluster(programs, kubernetes.resolve("kubectl"));
        return cluster.orNothing(() -> cluster.startApiServer(etcd));
    }

    /**
     * Starts everything and waits until pods can be scheduled. The calling test ends, skipped, when a program is missing.
     */
    public static KubeCluster whole() {
        Path kwok = RealComponent.KWOK.require();
        KubeCluster cluster = bare();
        return cluster.orNothing(() -> cluster.startTheRest(kwok));
    }

    /** The whole one that all tests of this process share; for tests that stay in namespaces of their own. */
    public static KubeCluster shared() {
        List.of(RealComponent.ETCD, RealComponent.KUBERNETES, RealComponent.KWOK)
                .forEach(RealComponent::require);
        return Shared.CLUSTER;
    }

    private static final class Shared {
        static final KubeCluster CLUSTER = whole();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(CLUSTER::close, "kube-stop"));
        }
    }

    private KubeCluster orNothing(Runnable start) {
        try {
            start.run();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startApiServer(Path etcd) {
        int port = Loopback.freePort();
        Program store = programs.etcd(etcd, port);
        store.await("ready", () -> Loopback.status(Loopback.http(port).resolve("/readyz")) == 200);
        awaitReady(programs.apiServer(port, USERS));
        USERS.keySet().forEach(programs::kubeconfig);
    }

    private void awaitReady(Program started) {
        apiServer = started;
        started.await("ready", () -> {
            try (KubernetesClient client = client()) {
                return "ok".equals(client.raw("/readyz"));
            }
        });
    }

    /** Stops the API server as an upgrade would; what it knows stays in etcd. For a cluster of the test's own. */
    public void stopApiServer() {
        Objects.requireNonNull(apiServer).stop();
    }

    /** Starts it again and waits until it is ready. */
    public void startApiServer() {
        awaitReady(programs.apiServer());
    }

    private void startTheRest(Path kwok) {
        Program controllers = programs.controllers(kubeconfig());
        programs.scheduler(kubeconfig());
        try (KubernetesClient client = client()) {
            Kwok.prepare(client, kwok);
            client.resource(storageClass()).create();
            client.resource(node()).create();
            programs.nodes(kwok, kubeconfig(), Kwok.KINDS).await("playing a node", () -> isPlayed(client));
            controllers.await(
                    "giving namespaces their service accounts",
                    () -> client.serviceAccounts()
                                    .inNamespace("default")
                                    .withName("default")
                                    .get()
                            != null);
        }
    }

    /** When kwok greets a node twice, it takes away the addresses that it gave it the first time. */
    private static boolean isPlayed(KubernetesClient client) {
        Node node = client.nodes().withName(NODE).get();
        if (!node.getSpec().getTaints().isEmpty() || node.getStatus().getDaemonEndpoints() == null) {
            return false;
        }
        if (node.getStatus().getAddresses().isEmpty()) {
            client.nodes().withName(NODE).editStatus(greeted -> new NodeBuilder(greeted)
                    .editStatus()
                    .addNewAddress(Loopback.ADDRESS, "InternalIP")
                    .addNewAddress(NODE, "Hostname")
                    .endStatus()
                    .build());
            return false;
        }
        return true;
    }

    private static StorageClass storageClass() {
        return new StorageClassBuilder()
                .withNewMetadata()
                .withName("standard")
                .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true")
                .endMetadata()
                .withProvisioner("kubernetes.io/host-path")
                .build();
    }

    private static Node node() {
        return new NodeBuilder().withNewMetadata().withName(NODE).endMetadata().build();
    }

    /** A file that says how a user who may do everything comes to the API server. */
    public Path kubeconfig() {
        return programs.kubeconfig("admin");
    }

    /** The same for a user who may do nothing: "guest", of the group "guests", to whom a test may bind roles. */
    public Path guestKubeconfig() {
        return programs.kubeconfig("guest");
    }

    /** The program kubectl of the same version. */
    public Path kubectl() {
        return kubectl;
    }

    /** A new client that may do everything. It does not try again what failed. */
    public KubernetesClient client() {
        return client(kubeconfig());
    }

    /** A new client of the user of a kubeconfig. It does not try again what failed. */
    public static KubernetesClient client(Path kubeconfig) {
        Config config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /**
     * Lets a pod's port lead to a port of this machine's loopback interface. To be said before the first port-forward to
     * that pod, which need not be there yet; saying it again changes it.
     */
    public void forward(String namespace, String pod, Map<Integer, Integer> ports) {
        tell(Kwok.forward(namespace, pod, ports));
    }

    /**
     * Gives the pods whose containers have an image this status instead of getting them ready. To be said before they are
     * there.
     *
     * @param status YAML, to which kwok adds nothing; as a Go template it may look at the pod
     */
    public void status(String image, String status) {
        tell(Kwok.status(image, status));
    }

    /** Lets a file be the log of a pod's containers. Its lines begin with a time, "stdout" or "stderr", and "F". */
    public void log(String namespace, String pod, Path file) {
        tell(Kwok.log(namespace, pod, file));
    }

    private void tell(GenericKubernetesResource wish) {
        try (KubernetesClient client = client()) {
            client.resource(wish).serverSideApply();
        }
    }

    /** Kills everything. */
    @Override
    public void close() {
        List<Path> volumes = volumes();
        programs.close();
        try {
            for (Path volume : volumes) {
                Files.deleteIfExists(volume);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directories that the controllers made for volumes; their place cannot be chosen. */
    private List<Path> volumes() {
        try (KubernetesClient client = client()) {
            return client.persistentVolumes().list().getItems().stream()
                    .map(PersistentVolume::getSpec)
                    .filter(volume -> volume.getHostPath() != null)
                    .map(volume -> Path.of(volume.getHostPath().getPath()))
                    .toList();
        } catch (KubernetesClientException | UncheckedIOException e) {
            return List.of();
        }
    }
}
