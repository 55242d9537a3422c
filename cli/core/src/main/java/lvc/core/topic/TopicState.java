package lvc.core.topic;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A topic as it was found.
 *
 * @param id changes when a topic is deleted and created again; empty where the broker gives none
 * @param replication copies of the first partition
 * @param settings the effective topic properties that the broker describes
 * @param own names of those that were set on the topic itself; the others come from the cluster
 */
public record TopicState(
        String name, String id, int partitions, int replication, Map<String, String> settings, Set<String> own) {
    public TopicState {
        settings = Map.copyOf(settings);
        own = Set.copyOf(own);
    }

    /** The properties that were set on the topic itself. */
    public Map<String, String> ownSettings() {
        Map<String, String> mine = new TreeMap<>(settings);
        mine.keySet().retainAll(own);
        return mine;
    }
}
