package lvc.adapter.redpanda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Partitions through the Admin API. */
public final class RedpandaPartitions {
    private final AdminApi admin;

    public RedpandaPartitions(AdminApi admin) {
        this.admin = admin;
    }

    /**
     * What tells a topic from another one of its name that is created later: the raft groups of its partitions, whose
     * numbers are never used again.
     *
     * @return as in {@code raft:12,13}; empty when there is no such topic
     */
    public String identity(String topic) {
        SortedMap<Integer, Long> groups = new TreeMap<>();
        admin.find("/v1/partitions/kafka/" + topic, "partitions of topic " + topic + " not found out about")
                .ifPresent(partitions -> partitions.forEach(
                        partition -> groups.put(partition.path("partition_id").asInt(), number(partition))));
        return groups.isEmpty()
                ? ""
                : groups.values().stream().map(Object::toString).collect(Collectors.joining(",", "raft:", ""));
    }

    private static long number(JsonNode partition) {
        return partition.path("raft_group_id").asLong();
    }
}
