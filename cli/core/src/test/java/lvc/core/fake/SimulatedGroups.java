package lvc.core.fake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lvc.core.fault.Fault;
import lvc.core.port.Groups;

/** Consumer groups. What they remember of a topic outlives the topic, as in Redpanda. */
public final class SimulatedGroups implements Groups {
    private final SimulatedWorld world;
    private final Map<String, Map<String, Group>> groups = new HashMap<>();

    SimulatedGroups(SimulatedWorld world) {
        this.world = world;
    }

    /** A group that reads a topic, or has read it. */
    public void add(String topic, String group, int members, int offsets) {
        groups.computeIfAbsent(topic, t -> new HashMap<>()).put(group, new Group(group, members, offsets));
    }

    /** The groups of a topic. */
    public List<Group> of(String topic) {
        return List.copyOf(groups.getOrDefault(topic, Map.of()).values());
    }

    @Override
    public List<Group> on(String topic) {
        return world.ask("groups", () -> of(topic));
    }

    @Override
    public void forget(String group, String topic) {
        world.order("forget", () -> {
            Map<String, Group> all = groups.getOrDefault(topic, new HashMap<>());
            Group found = all.get(group);
            if (found != null && found.members() > 0) {
                throw Fault.refused("offsets of " + group + " not deleted", "it has members", "stop them");
            }
            all.remove(group);
            return true;
        });
    }
}
