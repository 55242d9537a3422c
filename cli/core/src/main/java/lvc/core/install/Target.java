package lvc.core.install;

import java.util.Optional;

/**
 * What is to be installed, and where: the settings that the manifests leave open.
 *
 * @param storeNamespace of the object store
 * @param brokerNamespace of the brokers
 * @param brokers how many: 1 or 3
 * @param brokerImage with tag, and digest where it is known
 * @param storeImage the same for the object store
 * @param storageClass empty for the default of the cluster
 * @param brokerStorage size of a broker's volume, as Kubernetes writes it: 20Gi
 * @param storeStorage size of the object store's volume
 * @param bucket where tiered storage keeps its segments
 * @param kafkaPort on 127.0.0.1, of broker 0; the others have the next ones. Brokers tell it to their clients
 */
public record Target(
        String storeNamespace,
        String brokerNamespace,
        int brokers,
        String brokerImage,
        String storeImage,
        Optional<String> storageClass,
        String brokerStorage,
        String storeStorage,
        String bucket,
        int kafkaPort) {

    /** Name of the StatefulSet, the Service and the rest of the brokers. */
    public static final String BROKERS = "redpanda";

    /** Name of the StatefulSet, the Service and the rest of the object store. */
    public static final String STORE = "minio";

    /** Secret with the root user of the object store, in its namespace: {@code root-user}, {@code root-password}. */
    public static final String ROOT_SECRET = "minio-root";

    /** Secret with what the brokers use, in their namespace: {@code access-key}, {@code secret-key}. */
    public static final String STORE_SECRET = "redpanda-object-store";
}
