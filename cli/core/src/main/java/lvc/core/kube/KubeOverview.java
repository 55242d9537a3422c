package lvc.core.kube;

/**
 * A Kubernetes cluster.
 *
 * @param context name of the context in the kubeconfig
 * @param server address of the API server
 * @param version of the API server, such as v1.34.1
 */
public record KubeOverview(String context, String server, String version) {}
