package lvc.core.install;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import lvc.core.kube.Manifest;

/**
 * The two Secrets. Each is generated once; what a cluster has is read back and kept.
 *
 * @param user name of the user, or access key
 * @param password or secret key; shown to nobody
 */
public record Credentials(String user, String password) {

    /** Fresh ones. */
    static Credentials fresh(String prefix, Supplier<String> random) {
        return new Credentials(prefix + "-" + random.get().substring(0, 8), random.get());
    }

    /** Those that a Secret holds. */
    public static Credentials of(Manifest secret, String userKey, String passwordKey) {
        return new Credentials(decoded(secret, userKey), decoded(secret, passwordKey));
    }

    /**
     * The Secret for them. Its content is written the way the server keeps it: as {@code stringData} every apply would look
     * like a change.
     */
    Manifest secret(String namespace, String name, String component, String userKey, String passwordKey) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(userKey, encoded(user));
        data.put(passwordKey, encoded(password));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("namespace", namespace);
        metadata.put(
                "labels",
                Map.of(
                        "app.kubernetes.io/name",
                        component,
                        Filling.PART_OF,
                        Filling.LVC,
                        Filling.MANAGED_BY,
                        Filling.LVC));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("apiVersion", "v1");
        body.put("kind", "Secret");
        body.put("type", "Opaque");
        body.put("metadata", metadata);
        body.put("data", data);
        return new Manifest(body);
    }

    private static String decoded(Manifest secret, String key) {
        return new String(Base64.getDecoder().decode(secret.text("data/" + key).orElse("")), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Says nothing: whatever is printed by accident ends up in a log. */
    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
