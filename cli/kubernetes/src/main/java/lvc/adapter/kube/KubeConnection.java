package lvc.adapter.kube;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lvc.core.fault.Fault;

/**
 * Which Kubernetes cluster is meant. The client library falls back to the current context when it does not know the one
 * that was asked for; here that is refused.
 *
 * @param kubeconfig file
 * @param context empty for the current one of the file
 * @param timeout of a request
 */
public record KubeConnection(Path kubeconfig, Optional<String> context, Duration timeout) {
    private static final int RETRIES = 2;

    /**
     * Opens a client, which connects at its first request.
     *
     * @throws Fault USAGE when the file cannot be read or does not know the context
     */
    KubernetesClient open() {
        demandReadable();
        Config config = Config.fromKubeconfig(context.orElse(null), kubeconfig.toFile());
        demandContext(config);
        int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
        config.setRequestTimeout(millis);
        config.setConnectionTimeout(millis);
        config.setRequestRetryBackoffLimit(RETRIES);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private void demandReadable() {
        if (!Files.isReadable(kubeconfig)) {
            throw Fault.usage(
                    "no Kubernetes cluster given",
                    "the kubeconfig " + kubeconfig + " is not there or cannot be read",
                    "give one with KUBECONFIG, or use a cluster that is there already: --brokers and --admin");
        }
    }

    private void demandContext(Config config) {
        List<String> known =
                config.getContexts().stream().map(NamedContext::getName).toList();
        String wanted = context.orElseGet(() -> config.getCurrentContext() == null
                ? ""
                : config.getCurrentContext().getName());
        if (!known.contains(wanted)) {
            throw Fault.usage(
                    wanted.isEmpty() ? "no Kubernetes context given" : "there is no context '" + wanted + "'",
                    kubeconfig + " has " + (known.isEmpty() ? "none" : String.join(", ", known)),
                    "--context with one of them");
        }
    }
}
