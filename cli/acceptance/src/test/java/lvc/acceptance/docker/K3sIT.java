package lvc.acceptance.docker;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lvc.acceptance.recreate.Lvc;
import lvc.acceptance.recreate.Lvc.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.k3s.K3sContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole story with the real images: installed into a Kubernetes in a container, used through its API server, and taken
 * away again. The images are fetched by that Kubernetes, which needs a way to their registries.
 */
@Timeout(1800)
class K3sIT {
    private static final String IMAGE = "rancher/k3s:v1.31.2-k3s1";

    @Test
    void installedUsedAndTakenAway(@TempDir Path folder) throws Exception {
        try (K3sContainer k3s = new K3sContainer(Docker.require(IMAGE))) {
            k3s.start();
            Path kubeconfig = Files.writeString(folder.resolve("config"), k3s.getKubeConfigYaml());
            Lvc lvc = new Lvc(Map.of(
                    "LVC_KUBERNETES_KUBECONFIG",
                    kubeconfig.toString(),
                    "LVC_KUBERNETES_CONTEXT",
                    "default",
                    "LVC_INSTALL_TIMEOUT",
                    "10m"));

            done(lvc.run("check", "--pre"));
            done(lvc.run("install", "--yes"));
            assertThat(done(lvc.run("install")).out()).contains("nothing to do");
            done(lvc.run("check"));
            assertThat(done(lvc.run("demo", "--approach", "b", "--yes")).out()).contains("a=1 b=2 c=3");
            done(lvc.run("install", "--rotate-credentials", "--yes"));
            assertThat(done(lvc.run("demo", "--approach", "a", "--yes")).out()).contains("a=1 b=2 c=3");
            done(lvc.run("uninstall", "--delete-data", "--yes"));
            try (KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                    .build()) {
                assertThat(client.persistentVolumeClaims()
                                .inAnyNamespace()
                                .list()
                                .getItems())
                        .isEmpty();
            }
        }
    }

    private static Result done(Result result) {
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result;
    }
}
