package lvc.core.report;

import java.util.List;

/**
 * Which cluster it is and how it is.
 *
 * @param id the cluster's own identity
 * @param version of the first broker, as it prints it; empty when it does not say
 * @param brokers node ids
 * @param unhealthy reasons, as the cluster gives them; empty when it is healthy
 */
public record ClusterOverview(String id, String version, List<Integer> brokers, List<String> unhealthy) {}
