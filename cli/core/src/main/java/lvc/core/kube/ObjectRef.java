package lvc.core.kube;

/**
 * Which object of Kubernetes.
 *
 * @param apiVersion group and version, such as apps/v1
 * @param kind such as StatefulSet
 * @param namespace empty for what lies in none
 */
public record ObjectRef(String apiVersion, String kind, String namespace, String name) {

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
