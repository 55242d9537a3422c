package lvc.core.port;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;

/** The topics of a cluster. Every call may throw a {@link lvc.core.fault.Fault} of the exit code UNREACHABLE or FAILED. */
public interface Topics {

    /** What is there of these topics; one that does not exist is left out. */
    Map<String, TopicState> find(Collection<String> names);

    /**
     * Asks whether the cluster would create topics, and creates none.
     *
     * @return by the name of each that it would not, what it says
     */
    Map<String, String> refusals(Collection<TopicSpec> topics);

    /** Creates a topic and waits until the cluster knows its leaders. */
    void create(TopicSpec topic);

    /** Sets some settings of a topic and leaves all others alone. */
    void alter(String topic, Map<String, String> settings);

    /**
     * Sets some settings of a topic and takes others back that were set on it itself, all at once: there is no moment in
     * which it has half of them.
     *
     * @param taken of which it has from then on what the cluster gives
     */
    void alter(String topic, Map<String, String> settings, Set<String> taken);

    /**
     * Deletes the very topic that was found before, never another one of the same name, and waits until it is gone.
     *
     * @throws lvc.core.fault.Fault REFUSED when a transform still uses it or another topic has taken its name
     */
    void delete(TopicState found);

    /** Where the partitions of a topic begin and end now. */
    Map<Integer, Ends> ends(String topic);
}
