package lvc.cli.setting;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import lvc.cache.ServeSetting;

/**
 * Every setting that has one fixed name. The settings file, the reference page and the error texts are made from this
 * table. Settings of a cache, whose names contain the name of the cache, are in {@link CacheSetting}.
 */
public enum Setting {
    BROKERS(
            "brokers",
            "",
            "Kafka brokers as host:port, separated by commas. Empty: 127.0.0.1:9092, if a broker and an Admin API answer there."),
    ADMIN("admin", "", "Addresses of the Admin API, separated by commas. Given together with brokers."),
    ADMIN_USER("admin.user", "", "User for the Admin API (HTTP basic authentication). Empty: none."),
    ADMIN_PASSWORD_FILE("admin.password-file", "", "File that holds the password of admin.user, and nothing else."),
    ADMIN_CA_FILE(
            "admin.ca-file", "", "PEM file with the certificates that the Admin API's certificate is checked against."),
    TIMEOUT("timeout", "30s", "How long a wait may go on without progress: 500ms, 30s, 5m, 1h."),
    SETTLE(
            "recreate.settle",
            "2s",
            "Recreate: how long nothing may have moved in a fenced topic; at least the cluster's commit interval."),
    HEARTBEAT(
            "recreate.heartbeat",
            "2s",
            "Recreate: how often a run writes to the journal that it is alive. After three missed ones another may resume it."),
    KUBECONFIG("kubernetes.kubeconfig", "", "Kubeconfig file. Empty: what KUBECONFIG says, else ~/.kube/config."),
    CONTEXT(
            "kubernetes.context",
            "",
            "Context of the kubeconfig. Empty: its current one, to install to. With a context and no brokers, commands reach the brokers that were installed there."),
    REDPANDA_NAMESPACE("kubernetes.namespace.redpanda", "redpanda", "Namespace of the brokers."),
    MINIO_NAMESPACE("kubernetes.namespace.minio", "minio", "Namespace of the object store."),
    INSTALL_BROKERS("install.brokers", "1", "Install: how many brokers, 1 or 3."),
    INSTALL_KAFKA_PORT(
            "install.kafka-port",
            "9094",
            "Install: port on 127.0.0.1 that broker 0 tells those who come through a port-forward; broker 1 tells the next one."),
    INSTALL_REDPANDA_IMAGE(
            "install.image.redpanda",
            "docker.redpanda.com/redpandadata/redpanda:v26.2.1",
            "Install: image of the brokers."),
    INSTALL_MINIO_IMAGE(
            "install.image.minio",
            "quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z@sha256:14cea493d9a34af32f524e538b8346cf79f3321eff8e708c1e2960462bd8936e",
            "Install: image of the object store; any that has MinIO's protocols."),
    INSTALL_REDPANDA_STORAGE("install.storage.redpanda", "20Gi", "Install: size of the volume of a broker."),
    INSTALL_MINIO_STORAGE("install.storage.minio", "10Gi", "Install: size of the volume of the object store."),
    INSTALL_STORAGE_CLASS(
            "install.storage-class", "", "Install: StorageClass of the volumes. Empty: the cluster's default."),
    INSTALL_BUCKET("install.bucket", "redpanda", "Install: bucket of the object store that tiered storage uses."),
    INSTALL_TIMEOUT(
            "install.timeout",
            "10m",
            "Install: how long a wait may go on without progress. Images are fetched meanwhile.");

    /** What the keys begin with that are handed to the Kafka clients as they are, without this beginning. */
    public static final String KAFKA_PREFIX = "kafka.";

    private static final String VARIABLE = "LVC_";

    private final String key;
    private final String fallback;
    private final String doc;

    Setting(String key, String fallback, String doc) {
        this.key = key;
        this.fallback = fallback;
        this.doc = doc;
    }

    /** As in the settings file. */
    public String key() {
        return key;
    }

    /** The built-in value. */
    public String fallback() {
        return fallback;
    }

    /** What it is for, in one or two sentences. */
    public String doc() {
        return doc;
    }

    /** What to say of environment variables that are nearly those of settings, but are none. */
    public static List<String> misspelt(Set<String> variables) {
        List<String> known = Stream.concat(
                        Arrays.stream(values()).map(Setting::key),
                        Arrays.stream(ServeSetting.values()).map(ServeSetting::key))
                .map(Setting::variable)
                .toList();
        return variables.stream()
                .filter(name -> name.startsWith(VARIABLE) && !known.contains(name))
                .sorted()
                .flatMap(name -> Suggestion.ofSlip(name, known).stream()
                        .map(meant -> name + " is no setting; did you mean " + meant + "?"))
                .toList();
    }

    /** The environment variable of a key: {@code LVC_} and the key in capitals. */
    public static String variable(String key) {
        return VARIABLE + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
