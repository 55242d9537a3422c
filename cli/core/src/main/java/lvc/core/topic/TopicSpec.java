package lvc.core.topic;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A topic as it should be.
 *
 * @param partitions at least 1
 * @param replication copies of every partition; -1 leaves it to the cluster
 * @param settings topic properties by their Kafka or Redpanda name
 */
public record TopicSpec(String name, int partitions, int replication, SortedMap<String, String> settings) {
    public TopicSpec {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** The same topic with some of its settings changed. */
    public TopicSpec with(Map<String, String> changed) {
        SortedMap<String, String> all = new TreeMap<>(settings);
        all.putAll(changed);
        return new TopicSpec(name, partitions, replication, all);
    }

    /** The same topic under another name. */
    public TopicSpec named(String other) {
        return new TopicSpec(other, partitions, replication, settings);
    }
}
