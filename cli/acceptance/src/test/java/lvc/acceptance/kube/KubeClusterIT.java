package lvc.acceptance.kube;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** That the real Kubernetes is one, where stand-ins were found to differ: who owns a field, dry runs, controllers, forwards. */
class KubeClusterIT {

    private static final int SECONDS = 60;

    private @Nullable KubernetesClient opened;
    private String namespace = "";

    @BeforeEach
    void start(TestInfo test) {
        KubernetesClient client = KubeCluster.shared().client();
        opened = client;
        namespace = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    @AfterEach
    void stop() {
        if (opened != null) {
            opened.close();
        }
    }

    private KubernetesClient client() {
        return Objects.requireNonNull(opened);
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        // When
        Secret secret = client().resource(secret("s3cret")).serverSideApply();
        StatefulSet set = client().resource(set(1)).serverSideApply();
        set = settled(set);

        // Then
        assertThat(secret.getData()).containsExactly(Map.entry("password", "czNjcmV0"));
        assertThat(version(client().resource(secret("s3cret")).serverSideApply()))
                .isEqualTo(version(secret));
        assertThat(version(client().resource(set(1)).serverSideApply())).isEqualTo(version(set));
        assertThat(version(client().resource(secret("other")).serverSideApply()))
                .isNotEqualTo(version(secret));
    }

    @Test
    void fieldOfAnotherOwnerIsAConflict() {
        // Given
        client().resource(set(1)).serverSideApply();

        // When, Then
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> client().resource(set(2)).patch(applyAs("other", false)))
                .satisfies(refusal -> {
                    assertThat(refusal.getCode()).isEqualTo(409);
                    // The list of claims is one field: whoever applies it without what the server filled in differs.
                    assertThat(refusal.getStatus().getDetails().getCauses())
                            .extracting(StatusCause::getField)
                            .containsExactly(".spec.replicas", ".spec.volumeClaimTemplates");
                });
        assertThat(client().resource(set(2))
                        .patch(applyAs("other", true))
                        .getSpec()
                        .getReplicas())
                .isEqualTo(2);
    }

    @Test
    void dryRunLeavesNothing() {
        // When
        Secret answer = client().resource(secret("s3cret")).dryRun().serverSideApply();

        // Then
        assertThat(answer.getData()).containsKey("password");
        assertThat(client().resource(secret("s3cret")).get()).isNull();
    }

    @Test
    void guestMayDoNothing() {
        try (KubernetesClient guest = KubeCluster.client(KubeCluster.shared().guestKubeconfig())) {
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> guest.resource(secret("s3cret")).serverSideApply())
                    .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(403));
        }
    }

    @Test
    void setGetsItsVolumeAndItsPodWhichLeadsWhereTheTestSays() throws Exception {
        // Given
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
        http.start();
        try {
            KubeCluster.shared()
                    .forward(
                            namespace, "store-0", Map.of(9000, http.getAddress().getPort()));

            // When
            settled(client().resource(set(1)).serverSideApply());

            // Then
            PersistentVolumeClaim claim = client().persistentVolumeClaims()
                    .inNamespace(namespace)
                    .withName("drive-store-0")
                    .get();
            assertThat(claim.getStatus().getPhase()).isEqualTo("Bound");
            assertThat(claim.getStatus().getCapacity()).containsEntry("storage", new Quantity("1Gi"));
            try (LocalPortForward forward =
                    client().pods().inNamespace(namespace).withName("store-0").portForward(9000)) {
                assertThat(Loopback.status(Loopback.http(forward.getLocalPort())))
                        .isEqualTo(204);
            }
        } finally {
            http.stop(0);
        }
    }

    @Test
    void podDoesWhatTheTestSaysItDoes(@TempDir Path folder) throws Exception {
        // Given
        KubeCluster.shared().status("absent:1", """
                phase: Pending
                containerStatuses:
                - name: store
                  image: absent:1
                  imageID: ""
                  ready: false
                  restartCount: 0
                  state: {waiting: {reason: ImagePullBackOff, message: no such image}}
                """);
        Path log = Files.writeString(folder.resolve("log"), "2026-01-01T00:00:00Z stderr F I cannot go on\n");
        KubeCluster.shared().log(namespace, "store-0", log);

        // When
        client().resource(set("absent:1", 1)).serverSideApply();

        // Then
        PodResource pod = client().pods().inNamespace(namespace).withName("store-0");
        Pod waiting = pod.waitUntilCondition(KubeClusterIT::isWaiting, SECONDS, TimeUnit.SECONDS);
        assertThat(waiting.getStatus().getPhase()).isEqualTo("Pending");
        assertThat(waiting.getStatus().getContainerStatuses())
                .extracting(container -> container.getState().getWaiting().getReason())
                .containsExactly("ImagePullBackOff");
        assertThat(pod.getLog()).isEqualTo("I cannot go on\n");
    }

    private static boolean isWaiting(Pod pod) {
        return pod != null && !pod.getStatus().getContainerStatuses().isEmpty();
    }

    /** Waits until the controllers have nothing more to say about a set of one pod. */
    private StatefulSet settled(StatefulSet set) {
        return client().resource(set).waitUntilCondition(KubeClusterIT::isSettled, SECONDS, TimeUnit.SECONDS);
    }

    private static boolean isSettled(StatefulSet set) {
        StatefulSetStatus status = set.getStatus();
        return set.getMetadata().getGeneration().equals(status.getObservedGeneration())
                && Stream.of(status.getReadyReplicas(), status.getAvailableReplicas(), status.getCurrentReplicas())
                        .allMatch(Integer.valueOf(1)::equals);
    }

    private static String version(HasMetadata object) {
        return object.getMetadata().getResourceVersion();
    }

    private static PatchContext applyAs(String manager, boolean force) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(force)
                .build();
    }

    private Secret secret(String password) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("store")
                .withNamespace(namespace)
                .endMetadata()
                .addToStringData("password", password)
                .build();
    }

    private StatefulSet set(int replicas) {
        return set("store:1", replicas);
    }

    private StatefulSet set(String image, int replicas) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("store")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withServiceName("store")
                .withNewSelector()
                .addToMatchLabels("app", "store")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "store")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("store")
                .withImage(image)
                .addNewPort()
                .withContainerPort(9000)
                .endPort()
                .addNewVolumeMount()
                .withName("drive")
                .withMountPath("/drive")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .endTemplate()
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName("drive")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", new Quantity("1Gi"))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endSpec()
                .build();
    }
}
