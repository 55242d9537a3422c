package lvc.core.recreate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicState;
import lvc.core.transform.TransformState;

/**
 * What was seen of the cluster in one look before a step.
 *
 * @param truth the topic everything is rebuilt from
 * @param hot the topic of the hot topic's name, whichever that is
 * @param truthEnds by partition; empty without the topic
 * @param hotEnds by partition; empty without the topic
 * @param transforms all that read or write one of the two
 * @param fence topics that no producer may write to
 */
public record Observation(
        Optional<TopicState> truth,
        Optional<TopicState> hot,
        Map<Integer, Ends> truthEnds,
        Map<Integer, Ends> hotEnds,
        List<TransformState> transforms,
        List<String> fence) {
    public Observation {
        truthEnds = Map.copyOf(truthEnds);
        hotEnds = Map.copyOf(hotEnds);
        transforms = List.copyOf(transforms);
        fence = List.copyOf(fence);
    }

    /** Whether a transform is listed. */
    boolean lists(String transform) {
        return transforms.stream().anyMatch(t -> t.name().equals(transform));
    }

    /** Whether somebody may still commit records that lie in the hot topic already, and that no reader gets before. */
    boolean hasOpenTransaction() {
        return hotEnds.values().stream().anyMatch(ends -> ends.lastStable() < ends.highWatermark());
    }

    /** Where a topic begins, by partition. */
    static Map<Integer, Long> starts(Map<Integer, Ends> ends) {
        Map<Integer, Long> starts = new HashMap<>();
        ends.forEach((partition, each) -> starts.put(partition, each.earliest()));
        return starts;
    }

    /** Whether these are the ends of a topic still, as offsets after the last by partition. */
    static boolean stands(Map<Integer, Long> before, Map<Integer, Ends> now) {
        Map<Integer, Long> ends = new HashMap<>();
        now.forEach((partition, each) -> ends.put(partition, each.highWatermark()));
        return ends.equals(before);
    }
}
