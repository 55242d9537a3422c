package lvc.acceptance.kube;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lvc.acceptance.recreate.Lvc;
import lvc.acceptance.recreate.Lvc.Result;
import lvc.acceptance.recreate.LvcProcess;
import lvc.acceptance.recreate.Relay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Installations that do not get to their end. All say why, delete nothing, and go on when the same command is run again. */
@Timeout(240)
class InstallStoppedIT {
    private static final String WAITING = """
            phase: Pending
            conditions:
            - {type: Ready, status: "False"}
            containerStatuses:
            - name: %s
              image: x
              imageID: ""
              ready: false
              restartCount: %d
              state: {waiting: {reason: %s, message: %s}}
              lastState: {terminated: {exitCode: 1, reason: Error}}
            """;
    private static final Map<String, String> IMPATIENT = Map.of("LVC_INSTALL_TIMEOUT", "3s");

    @Test
    void anImageThatCannotBeFetchedIsNotWaitedFor() {
        try (InstallGround ground = InstallGround.fresh()) {
            String image = "typo-" + ground.storeImage();
            ground.cluster().status(image, WAITING.formatted("minio", 0, "ImagePullBackOff", "no such image"));

            Result result = ground.lvc(Map.of("LVC_INSTALL_IMAGE_MINIO", image)).run("install", "--yes");

            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.err())
                    .contains(
                            "minio does not get ready",
                            "container minio of pod minio-0: ImagePullBackOff: no such image",
                            "nothing was deleted");
            goesOn(ground);
        }
    }

    @Test
    void aCrashLoopEndsWithTheLastWordsOfTheContainer(@TempDir Path folder) throws Exception {
        try (InstallGround ground = InstallGround.fresh()) {
            String image = "loop-" + ground.storeImage();
            ground.client().resource(namespace(ground.storeNamespace())).create();
            ground.cluster().status(image, WAITING.formatted("minio", 4, "CrashLoopBackOff", "back-off"));
            Path log = Files.writeString(folder.resolve("log"), "2026-01-01T00:00:00Z stderr F disk not found\n");
            ground.cluster().log(ground.storeNamespace(), "minio-0", log);

            Result result = ground.lvc(Map.of("LVC_INSTALL_IMAGE_MINIO", image)).run("install", "--yes");

            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.err()).contains("CrashLoopBackOff, ended with 1 (Error) after 4 restarts");
            assertThat(result.out() + result.err()).contains("the last lines of pod", "disk not found");
            goesOn(ground);
        }
    }

    @Test
    void aPodThatNoNodeTakesIsWaitedForWithTheReason() {
        try (InstallGround ground = InstallGround.fresh()) {
            cordon(ground, true);
            Result result;
            try {
                result = ground.lvc(IMPATIENT).run("install", "--yes");
            } finally {
                cordon(ground, false);
            }

            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.err()).contains("pod minio-0 has no node: 0/1 nodes are available");
            goesOn(ground);
        }
    }

    private static void cordon(InstallGround ground, boolean on) {
        ground.client().nodes().withName(KubeCluster.NODE).edit(node -> new NodeBuilder(node)
                .editSpec()
                .withUnschedulable(on)
                .endSpec()
                .build());
    }

    @Test
    void aQuotaIsSaidInTheWordsOfWhoeverRefused() {
        try (InstallGround ground = InstallGround.fresh()) {
            ground.client().resource(namespace(ground.storeNamespace())).create();
            ResourceQuota quota = ground.client()
                    .resource(new ResourceQuotaBuilder()
                            .withNewMetadata()
                            .withNamespace(ground.storeNamespace())
                            .withName("none")
                            .endMetadata()
                            .withNewSpec()
                            .addToHard("pods", new Quantity("0"))
                            .endSpec()
                            .build())
                    .create();
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() ->
                            ground.client().resource(quota).get().getStatus().getHard() != null);

            Result result = ground.lvc(Map.of("LVC_INSTALL_TIMEOUT", "5s")).run("install", "--yes");

            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.err()).contains("exceeded quota: none");
            assertThat(result.out()).contains("is not lvc's and stays as it is");
            ground.client().resource(quota).delete();
            goesOn(ground);
        }
    }

    @Test
    void aNamespaceThatIsBeingDeletedIsWaitedForAndThenMadeAnew() {
        try (InstallGround ground = InstallGround.fresh()) {
            ground.client().resource(namespace(ground.storeNamespace())).create();
            ground.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace(ground.storeNamespace())
                            .withName("holding")
                            .withFinalizers("example.org/wait")
                            .endMetadata()
                            .build())
                    .create();
            ground.client().namespaces().withName(ground.storeNamespace()).delete();

            Result result = ground.lvc(IMPATIENT).run("install", "--yes");

            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.err())
                    .contains("Namespace " + ground.storeNamespace() + " is not being deleted any more", "it has been");
            ground.client()
                    .configMaps()
                    .inNamespace(ground.storeNamespace())
                    .withName("holding")
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .withFinalizers()
                            .endMetadata()
                            .build());
            goesOn(ground);
            assertThat(ground.client()
                            .namespaces()
                            .withName(ground.storeNamespace())
                            .get()
                            .getMetadata()
                            .getLabels())
                    .containsEntry("app.kubernetes.io/managed-by", "lvc");
        }
    }

    @Test
    void anApiServerThatGoesAwayInTheMiddleIsUnreachable(@TempDir Path folder) throws Exception {
        try (InstallGround ground = InstallGround.fresh();
                Relay link = Relay.open()) {
            Lvc behind = ground.lvc(Map.of(
                    "LVC_KUBERNETES_KUBECONFIG", behind(link, ground, folder).toString(), "LVC_TIMEOUT", "2s"));
            try (LvcProcess install = behind.start("install", "--yes", "-o", "json")) {
                install.awaitOut(line -> line.contains("\"object-applied\"") && line.contains("minio-root"));
                link.become(Relay.Way.CUT);
                Result result = install.result();

                assertThat(result.exit()).isEqualTo(4);
                assertThat(result.err()).contains("did not answer");
            }
            goesOn(ground);
        }
    }

    private static Path behind(Relay link, InstallGround ground, Path folder) throws IOException {
        String kubeconfig = Files.readString(ground.cluster().kubeconfig());
        URI server = URI.create(ground.client().getMasterUrl().toString());
        link.leadTo(server.getAuthority());
        return Files.writeString(folder.resolve("config"), kubeconfig.replace(server.getAuthority(), link.address()));
    }

    @Test
    void anInterruptedOneIsGoneOnWith() {
        try (InstallGround ground = InstallGround.fresh()) {
            try (LvcProcess install = ground.lvc().start("install", "--yes", "-o", "json")) {
                install.awaitOut(line -> line.contains("\"object-applied\"") && line.contains("StatefulSet"));
                install.signal("INT");

                assertThat(install.result().exit()).isEqualTo(130);
            }
            goesOn(ground);
        }
    }

    @Test
    void aVolumeFromAnEarlierInstallGetsTheNewCredentials() {
        try (InstallGround ground = InstallGround.fresh()) {
            install(ground);
            for (String namespace : List.of(ground.storeNamespace(), ground.brokerNamespace())) {
                ground.client().apps().statefulSets().inNamespace(namespace).delete();
                ground.client().secrets().inNamespace(namespace).delete();
                await().atMost(60, TimeUnit.SECONDS).until(() -> ground.client()
                        .pods()
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty());
            }

            Result result = ground.lvc().run("install", "--yes");

            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.out())
                    .contains("unchanged bucket redpanda")
                    .contains("changed cluster properties cloud_storage_access_key, cloud_storage_secret_key")
                    .contains("removed user redpanda-");
        }
    }

    private static void goesOn(InstallGround ground) {
        Result result = ground.lvc().run("install", "--yes");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("installed: 1 broker");
    }

    private static void install(InstallGround ground) {
        Result result = ground.lvc().run("install", "--yes");
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
    }

    private static Namespace namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }
}
