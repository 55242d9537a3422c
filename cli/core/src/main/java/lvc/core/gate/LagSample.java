package lvc.core.gate;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lvc.core.metric.Scrape;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformState;

/**
 * Everything that was seen in one look at a transform.
 *
 * @param at when, on a clock that only goes forward
 * @param transforms all that are listed
 * @param committed of all transforms
 * @param brokers one scrape for each broker of the cluster
 * @param input ends of the input, by partition
 * @param output ends of the output, by partition
 * @param lastReadable where the input was read for it: offset of the last record below the last stable offset that a
 *     read_committed reader sees, by partition; {@link #NOTHING} when there is none
 */
public record LagSample(
        Duration at,
        Seen<List<TransformState>> transforms,
        Seen<List<Committed>> committed,
        List<Scrape> brokers,
        Seen<Map<Integer, Ends>> input,
        Seen<Map<Integer, Ends>> output,
        Map<Integer, Long> lastReadable) {

    /** In place of an offset: no record that could be read. */
    public static final long NOTHING = -1;

    public LagSample {
        brokers = List.copyOf(brokers);
        lastReadable = Map.copyOf(lastReadable);
    }

    /** How often a transform failed so far, by node; a node without a series of it is left out. */
    public Map<Integer, Double> failures(String transform) {
        Map<Integer, Double> failures = new HashMap<>();
        for (Scrape scrape : brokers) {
            if (scrape instanceof Scrape.Answered broker) {
                new BrokerView(broker, transform)
                        .failures()
                        .ifPresent(count -> failures.merge(broker.node(), count, Math::max));
            }
        }
        return failures;
    }

    /** The different offsets that are given as committed for each partition; more than one is a contradiction. */
    Map<Integer, Set<Long>> committedOffsets(String transform) {
        Map<Integer, Set<Long>> offsets = new HashMap<>();
        if (committed instanceof Seen.It<List<Committed>> rows) {
            for (Committed row : rows.value()) {
                if (row.transform().equals(transform)) {
                    offsets.computeIfAbsent(row.partition(), p -> new TreeSet<>())
                            .add(row.offset());
                }
            }
        }
        return offsets;
    }

    /** The entries of the list under a name; one is right. */
    List<TransformState> listed(String transform) {
        return transforms instanceof Seen.It<List<TransformState>> list
                ? list.value().stream().filter(t -> t.name().equals(transform)).toList()
                : List.of();
    }
}
