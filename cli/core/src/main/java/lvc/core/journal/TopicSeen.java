package lvc.core.journal;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;

/**
 * A topic as the plan saw it: which one it was, and all that is needed to create it again.
 *
 * @param id topic id, or what stands for one on brokers that give none; changes when it is deleted and created again
 * @param replication copies of every partition; -1 where it is left to the cluster
 * @param settings those that were set on the topic itself, not what it takes from the cluster
 */
public record TopicSeen(String name, String id, int partitions, int replication, SortedMap<String, String> settings) {
    private static final Map<String, String> KEEPING =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

    /** What of a topic that was found must be written down. */
    public static TopicSeen of(TopicState found) {
        return new TopicSeen(
                found.name(), found.id(), found.partitions(), found.replication(), new TreeMap<>(found.ownSettings()));
    }

    /** The same topic, to be created. */
    public TopicSpec spec() {
        return new TopicSpec(name, partitions, replication, settings);
    }

    /**
     * How it is created with approach B, until all of it is restored and proven: nothing is compacted away. A record that
     * came in from elsewhere would be gone once reverse has written an older value of its key behind it, and nobody would
     * ever know.
     */
    public TopicSeen restoring() {
        SortedMap<String, String> keeping = new TreeMap<>(settings);
        keeping.putAll(KEEPING);
        return new TopicSeen(name, id, partitions, replication, keeping);
    }

    /** Settings that {@link #restoring} has and this one has not. */
    public Set<String> onlyRestoring() {
        Set<String> added = new TreeSet<>(KEEPING.keySet());
        added.removeAll(settings.keySet());
        return added;
    }

    /** The same topic after it was created again. */
    public TopicSeen withId(String other) {
        return new TopicSeen(name, other, partitions, replication, settings);
    }

    /**
     * Whether a topic could have been created from this: partitions, copies and all its settings are the same. Where the
     * copies were left to the cluster, any number will do.
     */
    public boolean sameShape(TopicState other) {
        return other.partitions() == partitions
                && (replication < 0 || other.replication() == replication)
                && other.settings().entrySet().containsAll(settings.entrySet());
    }
}
