package lvc.core.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lvc.core.fault.Fault;
import lvc.core.port.Topics;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;

/** Topics in memory: they have settings and ends, and no records. */
public final class FakeTopics implements Topics {
    public final Map<String, TopicState> topics = new LinkedHashMap<>();
    public final Map<String, Map<Integer, Ends>> ends = new HashMap<>();
    /** Whether the ends cannot be had. */
    public boolean failing;

    /** A setting that the cluster does not know. */
    public String unknown = "";

    private int ids;

    public void add(String name, int partitions, Map<String, String> settings) {
        topics.put(name, new TopicState(name, "id" + ++ids, partitions, 1, settings, settings.keySet()));
        Map<Integer, Ends> empty = new HashMap<>();
        for (int p = 0; p < partitions; p++) {
            empty.put(p, new Ends(0, 0, 0));
        }
        ends.put(name, empty);
    }

    public Map<String, String> settings(String topic) {
        return topics.get(topic).settings();
    }

    @Override
    public Map<String, TopicState> find(Collection<String> names) {
        Map<String, TopicState> found = new HashMap<>(topics);
        found.keySet().retainAll(names);
        return found;
    }

    @Override
    public Map<String, String> refusals(Collection<TopicSpec> wanted) {
        Map<String, String> refused = new TreeMap<>();
        wanted.stream()
                .filter(topic -> topic.settings().containsKey(unknown))
                .forEach(topic -> refused.put(topic.name(), "Unknown topic config name: " + unknown));
        return refused;
    }

    @Override
    public void create(TopicSpec topic) {
        add(topic.name(), topic.partitions(), topic.settings());
    }

    @Override
    public void alter(String topic, Map<String, String> settings) {
        TopicState old = topics.get(topic);
        Map<String, String> all = new TreeMap<>(old.settings());
        all.putAll(settings);
        topics.put(topic, new TopicState(topic, old.id(), old.partitions(), old.replication(), all, all.keySet()));
    }

    @Override
    public void alter(String topic, Map<String, String> settings, Set<String> taken) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(TopicState found) {
        if (!topics.get(found.name()).id().equals(found.id())) {
            throw Fault.refused("not deleted", "another topic", "look");
        }
        topics.remove(found.name());
    }

    @Override
    public Map<Integer, Ends> ends(String topic) {
        if (failing) {
            throw Fault.unreachable("ends not read", "cut off", "look");
        }
        return ends.get(topic);
    }
}
