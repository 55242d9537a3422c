package lvc.core.port;

import java.util.List;

/** Consumer groups, as far as a topic matters to them. */
public interface Groups {

    /** The groups that read a topic now or remember offsets of it. */
    List<Group> on(String topic);

    /** Deletes what a group remembers of a topic; nothing happens when it remembers nothing or does not exist. */
    void forget(String group, String topic);

    /**
     * One of them.
     *
     * @param members clients that are subscribed to the topic or have partitions of it at this moment
     * @param offsets partitions of the topic of which it remembers an offset
     */
    record Group(String name, int members, int offsets) {}
}
