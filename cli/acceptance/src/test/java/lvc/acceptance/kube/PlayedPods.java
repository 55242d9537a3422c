package lvc.acceptance.kube;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lvc.acceptance.recreate.Relay;
import lvc.acceptance.sandbox.ChildSandbox;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Does what a kubelet would do for the pods of one installation: starts what they are for, with the environment, the files
 * and the volumes that their specification names, forwards their ports to it, and only then says that they are ready. The
 * object store is a real MinIO. The first broker is a sandbox, configured by the manifests' own script; the others are
 * nothing.
 */
final class PlayedPods implements AutoCloseable {
    /** kwok leaves pods with these images alone once they run, and they are not ready. */
    private static final String STARTED = """
            phase: Running
            podIP: 127.0.0.1
            conditions:
            - {type: Ready, status: "False"}
            """;

    private static final int LOOKS_MILLIS = 50;
    private static final int S3 = 9000;
    private static final int FORWARDED_KAFKA = 9094;
    private static final int ADMIN_API = 9644;

    private final KubeCluster cluster;
    private final KubernetesClient client;
    private final List<String> namespaces;
    private final Path volumes;
    private final Relay toStore = Relay.open();
    private final Relay toKafka = Relay.open();
    private final Relay toAdmin = Relay.open();
    private final Map<String, String> played = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::play, "played-pods");
    private @Nullable MinioServer store;
    private @Nullable ChildSandbox broker;

    /** @param namespaces that of the object store, and that of the brokers; they need not be there yet */
    PlayedPods(KubeCluster cluster, List<String> namespaces, List<String> images, Path volumes) {
        this.cluster = cluster;
        this.client = cluster.client();
        this.namespaces = namespaces;
        this.volumes = volumes;
        images.forEach(image -> cluster.status(image, STARTED));
        thread.setDaemon(true);
        thread.start();
    }

    private void play() {
        try {
            while (!closed.await(LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    namespaces.forEach(namespace -> client.pods()
                            .inNamespace(namespace)
                            .list()
                            .getItems()
                            .forEach(this::look));
                } catch (IllegalStateException | UncheckedIOException | KubernetesClientException e) {
                    // A kubelet would go on as well; the test sees a pod that does not get ready.
                    System.err.println("a pod was not started: " + e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Pod pod) {
        String uid = pod.getMetadata().getUid();
        boolean waits = "Running".equals(pod.getStatus().getPhase())
                && pod.getMetadata().getDeletionTimestamp() == null
                && !Readiness.isPodReady(pod);
        if (!waits) {
            return;
        }
        if (!uid.equals(played.get(pod.getMetadata().getName()))) {
            start(pod, uid);
        }
        // Said again where kwok, which had not seen that it runs, has said the opposite.
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .editStatus(PlayedPods::ready);
    }

    private void start(Pod pod, String uid) {
        boolean first = played.put(pod.getMetadata().getName(), uid) == null;
        // kwok may miss a change of where a port leads to, so that is said once, to relays, and long before it is used.
        switch (pod.getMetadata().getName()) {
            case "minio-0" -> {
                if (first) {
                    forward(pod, Map.of(S3, toStore.port()));
                }
                startStore(pod);
            }
            case "redpanda-0" -> {
                if (first) {
                    forward(pod, Map.of(FORWARDED_KAFKA, toKafka.port(), ADMIN_API, toAdmin.port()));
                }
                startBroker(pod);
            }
            default -> {}
        }
    }

    private void forward(Pod pod, Map<Integer, Integer> ports) {
        cluster.forward(pod.getMetadata().getNamespace(), pod.getMetadata().getName(), ports);
    }

    private static Pod ready(Pod pod) {
        return new PodBuilder(pod)
                .editStatus()
                .withConditions(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .build())
                .endStatus()
                .build();
    }

    private void startStore(Pod pod) {
        if (store != null) {
            store.close();
        }
        Map<String, String> environment =
                environment(pod, pod.getSpec().getContainers().get(0));
        store = MinioServer.start(
                environment.getOrDefault("MINIO_ROOT_USER", ""),
                environment.getOrDefault("MINIO_ROOT_PASSWORD", ""),
                volumes.resolve("minio"));
        toStore.leadTo(Loopback.at(store.port()));
    }

    private void startBroker(Pod pod) {
        if (broker != null) {
            broker.close();
        }
        Path files = Program.directory("lvc-broker-");
        Path data = volumes.resolve("redpanda");
        try {
            configure(pod, files);
            bootstrap(files.resolve(".bootstrap.yaml"), data.resolve("cluster_config.json"));
            String port = new YAMLMapper()
                    .readTree(files.resolve("redpanda.yaml").toFile())
                    .at("/redpanda/advertised_kafka_api/1/port")
                    .asText();
            broker = ChildSandbox.start("--data", data.toString(), "--forwarded-kafka-port", port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Program.delete(files);
        }
        toKafka.leadTo(broker.forwardTo());
        toAdmin.leadTo(URI.create(broker.admin()).getAuthority());
    }

    /** Runs the script of the init container, with the ConfigMap where it is mounted. */
    private void configure(Pod pod, Path files) {
        String namespace = pod.getMetadata().getNamespace();
        Container container = pod.getSpec().getInitContainers().get(0);
        try {
            for (Map.Entry<String, String> file : client.configMaps()
                    .inNamespace(namespace)
                    .withName("redpanda")
                    .get()
                    .getData()
                    .entrySet()) {
                Files.writeString(
                        files.resolve(file.getKey()),
                        file.getValue().replace("/templates/", files + "/").replace("/etc/redpanda/", files + "/out-"));
            }
            ProcessBuilder script = new ProcessBuilder(
                            "bash", files.resolve("configure.sh").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(new File(files.toFile(), "log"));
            script.environment().putAll(environment(pod, container));
            if (script.start().waitFor() != 0) {
                throw new IllegalStateException(
                        "the script of the init container: " + Files.readString(files.resolve("log")));
            }
            Files.move(
                    files.resolve("out-redpanda.yaml"),
                    files.resolve("redpanda.yaml"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.move(files.resolve("out-.bootstrap.yaml"), files.resolve(".bootstrap.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As Redpanda does: these properties count on an empty disk only. */
    private static void bootstrap(Path properties, Path kept) throws IOException {
        if (Files.exists(kept)) {
            return;
        }
        Files.createDirectories(kept.getParent());
        Map<String, Object> content = Map.of("version", 1, "values", new YAMLMapper().readTree(properties.toFile()));
        new ObjectMapper().writeValue(kept.toFile(), content);
    }

    private Map<String, String> environment(Pod pod, Container container) {
        Map<String, String> environment = new HashMap<>();
        container.getEnv().forEach(variable -> environment.put(variable.getName(), value(pod, variable)));
        return environment;
    }

    private String value(Pod pod, EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        if (variable.getValueFrom().getFieldRef() != null) {
            return variable.getValueFrom().getFieldRef().getFieldPath().equals("metadata.name")
                    ? pod.getMetadata().getName()
                    : pod.getMetadata().getNamespace();
        }
        Secret secret = client.secrets()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(variable.getValueFrom().getSecretKeyRef().getName())
                .get();
        String content =
                secret.getData().get(variable.getValueFrom().getSecretKeyRef().getKey());
        return new String(Base64.getDecoder().decode(content), UTF_8);
    }

    /** The object store, once it was started. */
    MinioServer store() {
        if (store == null) {
            throw new IllegalStateException("no pod minio-0 was started");
        }
        return store;
    }

    /** The first broker, once it was started. */
    ChildSandbox broker() {
        if (broker == null) {
            throw new IllegalStateException("no pod redpanda-0 was started");
        }
        return broker;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (store != null) {
            store.close();
        }
        if (broker != null) {
            broker.close();
        }
        List.of(toStore, toKafka, toAdmin).forEach(Relay::close);
        client.close();
    }
}
