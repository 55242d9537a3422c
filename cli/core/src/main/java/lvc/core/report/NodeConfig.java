package lvc.core.report;

import java.util.List;

/**
 * How far a broker is with the configuration of the cluster.
 *
 * @param node its id
 * @param version of the configuration that it works with
 * @param restart whether something of it counts only after a restart
 * @param invalid properties whose value it cannot use
 * @param unknown properties that it does not know
 */
public record NodeConfig(int node, long version, boolean restart, List<String> invalid, List<String> unknown) {
    public NodeConfig {
        invalid = List.copyOf(invalid);
        unknown = List.copyOf(unknown);
    }
}
