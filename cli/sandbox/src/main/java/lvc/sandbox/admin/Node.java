package lvc.sandbox.admin;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Who the one broker of the sandbox is, as the Admin API tells it.
 *
 * @param id node id
 * @param clusterUuid identity of the cluster; another one for every fresh data directory
 * @param created when the cluster was created: its trial licence runs from here
 * @param kafkaPort port of the Kafka API on the loopback interface
 * @param directory where the data lies
 */
public record Node(int id, String clusterUuid, Instant created, int kafkaPort, Path directory) {

    /** The only address that the sandbox listens on. */
    public static final String HOST = "127.0.0.1";
}
