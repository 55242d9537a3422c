package lvc.core.report;

/**
 * A broker, as the cluster tells of it.
 *
 * @param version as the broker prints it, such as "v26.2.1 - rev"; empty when it does not say
 * @param membership such as active or draining
 * @param maintenance whether it gives its leaders away, or has
 */
public record BrokerSeen(int node, String version, boolean alive, String membership, boolean maintenance) {}
