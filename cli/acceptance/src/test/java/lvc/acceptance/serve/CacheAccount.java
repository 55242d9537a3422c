package lvc.acceptance.serve;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import lvc.acceptance.kube.KubeCluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What Kubernetes gives a pod of the cache to come to the API server with: an address, a token and a certificate. */
final class CacheAccount {
    /** Where the manifests put the cache. */
    static final String NAMESPACE = "lvc-cache";

    private static final Path MANIFESTS = Path.of("..", "..", "manifests", "cache-push");
    private static final long SECONDS = 3_600;

    private final KubernetesClient client;
    private final String name;
    private final Path folder;

    /**
     * One of the namespace of the cache.
     *
     * @param folder an empty one for its files
     */
    CacheAccount(KubernetesClient client, String name, Path folder) {
        this.client = client;
        this.name = name;
        this.folder = folder;
    }

    /** Applies manifests/cache-push as the documents say, with the real kubectl. */
    static void apply(KubeCluster cluster) throws IOException, InterruptedException {
        ProcessBuilder kubectl = new ProcessBuilder(cluster.kubectl().toString(), "apply", "-k", MANIFESTS.toString());
        kubectl.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
        Process process = kubectl.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** The address of the API server as Kubernetes puts it in the environment of a pod. */
    Map<String, String> environment() {
        URL server = client.getMasterUrl();
        return Map.of(
                "KUBERNETES_SERVICE_HOST",
                server.getHost(),
                "KUBERNETES_SERVICE_PORT",
                Integer.toString(server.getPort()));
    }

    /** Where the files of a pod are; its token is a new one. */
    Path directory() {
        try {
            Files.writeString(folder.resolve("token"), token());
            Files.write(
                    folder.resolve("ca.crt"),
                    Base64.getDecoder().decode(client.getConfiguration().getCaCertData()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** A token as the node asks for it, for a pod that it starts. */
    String token() {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(SECONDS)
                .endSpec()
                .build();
        return client.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(name)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }
}
