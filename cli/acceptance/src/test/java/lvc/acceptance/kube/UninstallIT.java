package lvc.acceptance.kube;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import lvc.acceptance.recreate.Lvc;
import lvc.acceptance.recreate.Lvc.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What uninstall takes away from a real API server with controllers, and what it leaves there. */
@Timeout(240)
class UninstallIT {

    @Test
    void whatHoldsDataStaysUntilItIsGivenUp() {
        try (InstallGround ground = InstallGround.fresh()) {
            Lvc lvc = ground.lvc();
            KubernetesClient client = ground.client();
            done(lvc.run("install", "--yes"));
            client.resource(service(ground.brokerNamespace(), "theirs")).create();
            List<String> before = names(ground);

            Result dry = done(lvc.run("uninstall", "--dry-run"));
            assertThat(dry.out())
                    .contains("  delete   StatefulSet " + ground.brokerNamespace() + "/redpanda")
                    .contains("  keep     PersistentVolumeClaim " + ground.brokerNamespace() + "/data-redpanda-0")
                    .doesNotContain("theirs");
            Result asked = lvc.run("uninstall");
            assertThat(asked.exit()).isEqualTo(3);
            assertThat(asked.err()).contains("nobody is there to be asked");
            assertThat(names(ground)).isEqualTo(before);

            Result gone = done(lvc.run("uninstall", "--yes"));
            assertThat(gone.out()).contains("lvc uninstall --delete-data deletes them");
            assertThat(names(ground))
                    .containsExactlyInAnyOrder(
                            "PersistentVolumeClaim data-minio-0",
                            "PersistentVolumeClaim data-redpanda-0",
                            "Secret minio-root",
                            "Secret redpanda-object-store",
                            "Service theirs");
            assertThat(done(lvc.run("uninstall")).out()).contains("nothing to do");

            done(lvc.run("install", "--yes"));
            Result all = done(lvc.run("uninstall", "--yes", "--delete-data"));
            assertThat(names(ground)).containsExactly("Service theirs");
            assertThat(all.out())
                    .contains("it holds what is not lvc's: ")
                    .contains("Service " + ground.brokerNamespace() + "/theirs");
            Result last = done(lvc.run("uninstall", "--yes", "--delete-data"));
            assertThat(last.out()).contains("nothing to do");
            assertThat(client.namespaces().withName(ground.brokerNamespace()).get())
                    .isNotNull();
        }
    }

    /** Without pods nobody has told kwok where their ports lead, which would be a stranger in the namespace. */
    @Test
    void namespacesGoInWhichNothingElseIs() {
        try (InstallGround ground = InstallGround.fresh()) {
            KubernetesClient client = ground.client();
            Map<String, String> own = Map.of("app.kubernetes.io/part-of", "lvc", "app.kubernetes.io/managed-by", "lvc");
            for (String name : List.of(ground.storeNamespace(), ground.brokerNamespace())) {
                client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withLabels(own)
                                .endMetadata()
                                .build())
                        .fieldManager("lvc")
                        .serverSideApply();
                client.resource(new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName("left")
                                .withNamespace(name)
                                .withLabels(own)
                                .endMetadata()
                                .build())
                        .create();
            }

            Result result = done(ground.lvc().run("uninstall", "--yes", "--delete-data"));

            assertThat(result.out())
                    .contains("deleted Namespace " + ground.storeNamespace())
                    .contains("deleted Namespace " + ground.brokerNamespace())
                    .doesNotContain("kept");
            assertThat(client.namespaces().withName(ground.storeNamespace()).get())
                    .isNull();
            assertThat(client.namespaces().withName(ground.brokerNamespace()).get())
                    .isNull();
        }
    }

    @Test
    void namesProveNothing() {
        try (InstallGround ground = InstallGround.fresh()) {
            KubernetesClient client = ground.client();
            for (String name : List.of(ground.storeNamespace(), ground.brokerNamespace())) {
                client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                        .create();
            }
            client.resource(service(ground.brokerNamespace(), "redpanda")).create();
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("redpanda")
                            .withNamespace(ground.brokerNamespace())
                            .withLabels(Map.of("app.kubernetes.io/part-of", "lvc"))
                            .endMetadata()
                            .build())
                    .create();

            Result result = done(ground.lvc().run("uninstall", "--yes", "--delete-data"));

            assertThat(result.out())
                    .contains("  foreign  Service " + ground.brokerNamespace() + "/redpanda (it is not lvc's)")
                    .contains("  foreign  ConfigMap " + ground.brokerNamespace() + "/redpanda (it was applied by hand")
                    .contains("  keep     Namespace " + ground.brokerNamespace() + " (lvc did not make it)")
                    .contains("nothing to do");
            assertThat(names(ground)).containsExactlyInAnyOrder("Service redpanda", "ConfigMap redpanda");
        }
    }

    @Test
    void whoMayNotLookIsToldSo() {
        try (InstallGround ground = InstallGround.fresh()) {
            String guest = ground.cluster().guestKubeconfig().toString();
            Result result =
                    ground.lvc(Map.of("LVC_KUBERNETES_KUBECONFIG", guest)).run("uninstall", "--yes");
            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.err()).contains("is forbidden").contains("lvc check --pre shows every right");
        }
    }

    private static Result done(Result result) {
        assertThat(result.exit()).as("%s%n%s", result.out(), result.err()).isZero();
        return result;
    }

    private static HasMetadata service(String namespace, String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    /** Everything in the two namespaces that does not come and go by itself. */
    private static List<String> names(InstallGround ground) {
        KubernetesClient client = ground.client();
        return List.of(ground.storeNamespace(), ground.brokerNamespace()).stream()
                .flatMap(namespace -> List.<List<? extends HasMetadata>>of(
                        client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.pods().inNamespace(namespace).list().getItems(),
                        client.services().inNamespace(namespace).list().getItems(),
                        client.configMaps().inNamespace(namespace).list().getItems(),
                        client.secrets().inNamespace(namespace).list().getItems(),
                        client.serviceAccounts().inNamespace(namespace).list().getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.persistentVolumeClaims()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                        .stream())
                .flatMap(List::stream)
                .map(each -> each.getKind() + " " + each.getMetadata().getName())
                .filter(name -> !List.of("ConfigMap kube-root-ca.crt", "ServiceAccount default")
                        .contains(name))
                .toList();
    }
}
