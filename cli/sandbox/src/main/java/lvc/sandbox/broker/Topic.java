package lvc.sandbox.broker;

import java.util.List;

/**
 * One topic as the cluster's metadata has it.
 *
 * @param name its name
 * @param id its identity, as Kafka clients see it; another one after it was deleted and created again
 * @param partitions its partitions, by number
 */
public record Topic(String name, String id, List<Partition> partitions) {

    /**
     * One partition.
     *
     * @param number from 0 on
     * @param leader the node that leads it, or -1
     * @param leaderEpoch how often the leader changed
     * @param replicas the nodes that hold it
     */
    public record Partition(int number, int leader, int leaderEpoch, List<Integer> replicas) {}
}
