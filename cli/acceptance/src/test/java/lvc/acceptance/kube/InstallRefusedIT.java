package lvc.acceptance.kube;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lvc.acceptance.recreate.Lvc;
import lvc.acceptance.recreate.Lvc.Result;
import lvc.adapter.kube.KubeConnection;
import lvc.adapter.kube.KubeObjects;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a real API server has against an installation, and what lvc itself has against it. */
@Timeout(240)
class InstallRefusedIT {
    private static final Map<String, String> OURS =
            Map.of("app.kubernetes.io/part-of", "lvc", "app.kubernetes.io/managed-by", "lvc");

    @Test
    void aDryRunLeavesNothing() {
        try (InstallGround ground = InstallGround.fresh()) {
            Result result = ground.lvc().run("install", "--dry-run");

            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.out()).contains("create     StatefulSet " + ground.brokerNamespace() + "/redpanda");
            assertThat(result.out() + result.err()).contains("nothing was changed");
            assertThat(ground.client()
                            .namespaces()
                            .withName(ground.brokerNamespace())
                            .get())
                    .isNull();
        }
    }

    @Test
    void withoutAClusterTheManifestsAreShownAndWritten(@TempDir Path folder) throws Exception {
        Lvc nowhere = new Lvc(
                Map.of("LVC_KUBERNETES_KUBECONFIG", folder.resolve("absent").toString()));

        Result shown = nowhere.run("install", "--dry-run=client", "--replicas", "3");
        Result written =
                nowhere.run("install", "--export", folder.resolve("out").toString(), "--replicas", "3");
        Result again = nowhere.run("install", "--export", folder.resolve("out").toString());

        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out().split("(?m)^---$")).hasSize(12);
        assertThat(shown.out())
                .contains("replicas: 3", "kind: \"PodDisruptionBudget\"")
                .doesNotContain("kind: \"Secret\"");
        assertThat(written.exit()).as(written.err()).isZero();
        assertThat(again.exit()).isEqualTo(3);
        assertThat(again.err()).contains("is not empty");
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(13);
        }
        KubeCluster cluster = KubeCluster.shared();
        for (String component : List.of("minio", "redpanda")) {
            assertThat(kubectl(
                            cluster,
                            "kustomize",
                            folder.resolve("out").resolve(component).toString()))
                    .contains("kind: StatefulSet", "app.kubernetes.io/managed-by: lvc");
        }
    }

    @Test
    void bothMayShareANamespaceAndNoFileTakesThePlaceOfAnother(@TempDir Path folder) throws Exception {
        Lvc shared = new Lvc(
                Map.of("LVC_KUBERNETES_NAMESPACE_MINIO", "cache", "LVC_KUBERNETES_NAMESPACE_REDPANDA", "cache"));

        Result written = shared.run("install", "--export", folder.resolve("out").toString());

        assertThat(written.exit()).as(written.err()).isZero();
        assertThat(folder.resolve("out/minio")).isDirectoryContaining("glob:**/namespace.yaml");
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(11);
        }
        assertThat(Files.readString(folder.resolve("out/minio/statefulset.yaml")))
                .contains("name: \"minio\"");
        assertThat(Files.readString(folder.resolve("out/redpanda/statefulset.yaml")))
                .contains("name: \"redpanda\"");
    }

    @Test
    void aFieldOfSomebodyElseIsAConflictThatOnlyForceTakesOver() {
        try (InstallGround ground = InstallGround.fresh()) {
            install(ground);
            ground.client()
                    .configMaps()
                    .inNamespace(ground.brokerNamespace())
                    .withName("redpanda")
                    .edit(map -> new ConfigMapBuilder(map)
                            .addToData("maintenance.sh", "exit 0")
                            .build());

            Result refused = ground.lvc().run("install", "--yes");
            Result forced = ground.lvc().run("install", "--yes", "--force-conflicts");

            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.out()).contains("conflict   ConfigMap " + ground.brokerNamespace() + "/redpanda");
            assertThat(refused.err())
                    .contains(".data.maintenance.sh", "fabric8", "--force-conflicts takes the fields over");
            assertThat(forced.exit()).as(forced.err()).isZero();
            assertThat(forced.out()).contains("data/maintenance.sh: exit 0 to set -euo");
            assertThat(ground.lvc().run("install").out()).contains("nothing to do");
        }
    }

    @Test
    void whatCannotBeChangedAnyMoreIsSaidBeforeAnythingIsTouched() {
        try (InstallGround ground = InstallGround.fresh()) {
            install(ground);

            Result bigger =
                    ground.lvc(Map.of("LVC_INSTALL_STORAGE_REDPANDA", "40Gi")).run("install", "--yes");
            Result older = ground.lvc(Map.of("LVC_INSTALL_IMAGE_REDPANDA", "r/redpanda:v26.1.9"))
                    .run("install", "--yes");

            assertThat(bigger.exit()).isEqualTo(3);
            assertThat(bigger.err()).contains("StatefulSet " + ground.brokerNamespace() + "/redpanda", "Forbidden");
            assertThat(older.exit()).isEqualTo(3);
            assertThat(older.err()).contains("there is no way back from v26.2.1 to v26.1.9");
            assertThat(ground.lvc().run("install").out()).contains("nothing to do");
        }
    }

    @Test
    void whatTheServerFindsInvalidIsRefusedBeforeAnythingIsTouched() {
        try (InstallGround ground = InstallGround.fresh()) {
            install(ground);

            Result result =
                    ground.lvc(Map.of("LVC_INSTALL_STORAGE_MINIO", "lots")).run("install", "--yes");

            assertThat(result.exit()).isEqualTo(3);
            assertThat(result.err()).contains("would not be taken", "quantities");
        }
    }

    @Test
    void anObjectOfTheSameNameThatIsNotOursIsNotTouched() {
        try (InstallGround ground = InstallGround.fresh()) {
            ground.client().resource(namespace(ground.brokerNamespace())).create();
            ConfigMap theirs = ground.client()
                    .resource(map(ground.brokerNamespace(), "redpanda", Map.of("app.kubernetes.io/managed-by", "Helm")))
                    .create();

            Result result = ground.lvc().run("install", "--yes", "--force-conflicts");

            assertThat(result.exit()).isEqualTo(3);
            assertThat(result.err())
                    .contains("ConfigMap " + ground.brokerNamespace() + "/redpanda", "not lvc's", "Helm manages it");
            assertThat(ground.client().resource(theirs).get()).isEqualTo(theirs);
            assertThat(ground.client()
                            .namespaces()
                            .withName(ground.storeNamespace())
                            .get())
                    .isNull();
        }
    }

    @Test
    void whatAnOlderLvcHadPutThereGoesAndWhatOthersPutThereStays() {
        try (InstallGround ground = InstallGround.fresh()) {
            install(ground);
            ConfigMap old = ground.client()
                    .resource(map(ground.brokerNamespace(), "old", OURS))
                    .create();
            ConfigMap theirs = ground.client()
                    .resource(map(ground.brokerNamespace(), "theirs", Map.of("app.kubernetes.io/part-of", "lvc")))
                    .create();

            Result planned = ground.lvc().run("install", "--dry-run");
            assertThat(planned.out()).contains("delete     ConfigMap " + ground.brokerNamespace() + "/old");
            assertThat(ground.client().resource(old).get()).isNotNull();
            Result result = ground.lvc().run("install", "--yes");

            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(ground.client().resource(old).get()).isNull();
            assertThat(ground.client().resource(theirs).get()).isNotNull();
        }
    }

    @Test
    void theServerTakesEveryObjectOfBothSizesAsItIs() {
        try (InstallGround ground = InstallGround.fresh()) {
            ground.client().resource(namespace(ground.storeNamespace())).create();
            ground.client().resource(namespace(ground.brokerNamespace())).create();
            for (String brokers : List.of("1", "3")) {
                // Namespaces that are there let the server look at everything in them.
                Result result = ground.lvc().run("install", "--dry-run", "--replicas", brokers);

                assertThat(result.exit()).as(result.out() + result.err()).isZero();
                assertThat(result.out())
                        .contains("create     StatefulSet " + ground.brokerNamespace())
                        .doesNotContain("refused", "conflict");
            }
            assertThat(ground.client()
                            .services()
                            .inNamespace(ground.brokerNamespace())
                            .list()
                            .getItems())
                    .isEmpty();
        }
    }

    @Test
    void aFieldThatTheServerDoesNotKnowIsAnError() throws Exception {
        try (InstallGround ground = InstallGround.fresh();
                KubeObjects objects = new KubeObjects(new KubeConnection(
                        ground.cluster().kubeconfig(), Optional.of("lvc"), Duration.ofSeconds(30)))) {
            Manifest map = new Manifest(Map.of(
                    "apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", "a", "namespace", "default")));

            assertThat(objects.preview(map, false).kind()).isEqualTo(ObjectChange.Kind.CREATE);
            ObjectChange typo = objects.preview(map.with("daata", Map.of("a", "b")), false);

            assertThat(typo.kind()).isEqualTo(ObjectChange.Kind.REFUSED);
            assertThat(typo.why()).contains("daata: field not declared in schema");
        }
    }

    @Test
    void withoutRightsNothingBegins() {
        try (InstallGround ground = InstallGround.fresh()) {
            Result result = ground.lvc(Map.of(
                            "LVC_KUBERNETES_KUBECONFIG",
                            ground.cluster().guestKubeconfig().toString()))
                    .run("install", "--yes");

            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.err())
                    .contains(
                            "this user may not install",
                            "create namespaces",
                            "patch statefulsets.apps in namespace " + ground.brokerNamespace(),
                            "create pods/portforward in namespace " + ground.storeNamespace(),
                            "docs/reference/rights.md");
        }
    }

    @Test
    void aContextThatIsNotThereIsNotReplacedByAnother() {
        try (InstallGround ground = InstallGround.fresh()) {
            Result result = ground.lvc().run("install", "--context", "production", "--yes");

            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("there is no context 'production'", "has lvc");
        }
    }

    @Test
    void whereNobodyAnswersNothingIsTriedForLong(@TempDir Path folder) throws Exception {
        KubeCluster cluster = KubeCluster.shared();
        String nobody = Files.readString(cluster.kubeconfig())
                .replaceAll("127\\.0\\.0\\.1:\\d+", Loopback.at(Loopback.freePort()));
        Lvc lvc = new Lvc(Map.of(
                "LVC_KUBERNETES_KUBECONFIG",
                Files.writeString(folder.resolve("config"), nobody).toString()));

        Result result = lvc.run("install", "--yes");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).contains("the API server did not answer", "is the cluster up? kubectl get nodes");
    }

    @Test
    void withoutAStorageClassNothingBegins() throws Exception {
        try (KubeCluster bare = KubeCluster.bare()) {
            Result result = new Lvc(Map.of(
                            "LVC_KUBERNETES_KUBECONFIG", bare.kubeconfig().toString()))
                    .run("install", "--yes");

            assertThat(result.exit()).isEqualTo(3);
            assertThat(result.err()).contains("no StorageClass is the default one", "install.storage-class=NAME");
        }
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

    private static ConfigMap map(String namespace, String name, Map<String, String> labels) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .addToData("a", "b")
                .build();
    }

    private static String kubectl(KubeCluster cluster, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder kubectl = new ProcessBuilder(cluster.kubectl().toString());
        kubectl.command().addAll(List.of(arguments));
        kubectl.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
        Process process = kubectl.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
