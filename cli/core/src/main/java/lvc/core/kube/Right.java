package lvc.core.kube;

/**
 * A right that a user has or has not.
 *
 * @param verb such as get, create, patch or delete
 * @param group of the API; empty for the core
 * @param resource in the plural, with the subresource after a slash: pods/portforward
 * @param namespace empty for what lies in none
 */
public record Right(String verb, String group, String resource, String namespace) {

    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group)
                + (namespace.isEmpty() ? "" : " in namespace " + namespace);
    }
}
