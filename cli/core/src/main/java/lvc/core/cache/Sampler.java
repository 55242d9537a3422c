package lvc.core.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lvc.core.fault.Fault;
import lvc.core.gate.LagGate;
import lvc.core.gate.LagSample;
import lvc.core.gate.Seen;
import lvc.core.gate.Target;
import lvc.core.gate.Verdict;
import lvc.core.metric.Scrape;
import lvc.core.port.Cluster;
import lvc.core.port.Lag;
import lvc.core.port.Pause;
import lvc.core.port.Records;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformState;

/** Takes the samples that the gate judges. What cannot be seen is part of a sample and no fault. */
public final class Sampler {
    private static final Duration TAIL_IS_GOOD_FOR = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Topics topics;
    private final Transforms transforms;
    private final Lag lag;
    private final Records records;
    private final Pause pause;
    private final Map<String, Tail> tails = new HashMap<>();

    /** What was read at the end of a partition, and when. */
    private record Tail(Ends end, Duration at, long last) {}

    public Sampler(Cluster cluster, Topics topics, Transforms transforms, Lag lag, Records records, Pause pause) {
        this.cluster = cluster;
        this.topics = topics;
        this.transforms = transforms;
        this.lag = lag;
        this.records = records;
        this.pause = pause;
    }

    /**
     * Looks once. The ends of the input are read first, so that what is committed later may reach them.
     *
     * @param output its one output
     */
    public LagSample look(String transform, String input, String output) {
        Duration at = pause.elapsed();
        Seen<Map<Integer, Ends>> ends = seen(() -> topics.ends(input));
        Seen<List<TransformState>> listed = seen(transforms::list);
        Seen<List<Committed>> committed = seen(transforms::committed);
        return new LagSample(
                at,
                listed,
                committed,
                brokers(),
                ends,
                seen(() -> topics.ends(output)),
                lastReadable(transform, input, ends, committed));
    }

    /**
     * Whether a transform has copied everything up to the ends of this moment. One look: it cannot see a leader move, an
     * offset grow or a failure come back, and what is written while it looks is not part of it.
     *
     * @param fenced whether nobody but transforms can write to its input
     */
    public Verdict snapshot(TransformState transform, boolean fenced) {
        String output = transform.outputs().isEmpty() ? "" : transform.outputs().get(0);
        LagSample sample = look(transform.name(), transform.input(), output);
        if (sample.input() instanceof Seen.It<Map<Integer, Ends>> ends) {
            Target target = new Target(
                    transform.name(),
                    transform.input(),
                    output,
                    ends.value(),
                    fenced,
                    Map.of(),
                    sample.failures(transform.name()));
            return LagGate.snapshot(target, sample);
        }
        return new Verdict.Wait("the ends of " + transform.input() + " could not be read: "
                + ((Seen.Not<Map<Integer, Ends>>) sample.input()).why());
    }

    /** One scrape for each broker of the cluster; a broker that nobody could ask is silent. */
    private List<Scrape> brokers() {
        List<Scrape> scrapes = new ArrayList<>(lag.scrape());
        Set<Integer> answered = scrapes.stream()
                .flatMap(scrape -> scrape instanceof Scrape.Answered broker ? Stream.of(broker.node()) : Stream.empty())
                .collect(Collectors.toSet());
        Seen<List<Integer>> all = seen(() -> cluster.overview().brokers());
        if (all instanceof Seen.It<List<Integer>> nodes) {
            nodes.value().stream()
                    .filter(node -> !answered.contains(node))
                    .map(node -> new Scrape.Silent(
                            node.toString(), "none of the addresses of the Admin API that are given is its own"))
                    .forEach(scrapes::add);
        } else {
            scrapes.add(new Scrape.Silent("of unknown number", ((Seen.Not<List<Integer>>) all).why()));
        }
        return scrapes;
    }

    /** Only partitions that seem behind are read from the back: their tail may hold nothing that can be read. */
    private Map<Integer, Long> lastReadable(
            String transform, String input, Seen<Map<Integer, Ends>> ends, Seen<List<Committed>> committed) {
        Map<Integer, Long> last = new HashMap<>();
        if (ends instanceof Seen.It<Map<Integer, Ends>> found && committed instanceof Seen.It<List<Committed>> rows) {
            for (Committed row : rows.value()) {
                Ends end = found.value().get(row.partition());
                if (row.transform().equals(transform)
                        && end != null
                        && end.earliest() < end.lastStable()
                        && row.offset() < end.lastStable() - 1) {
                    lastReadable(input, row.partition(), end).ifPresent(offset -> last.put(row.partition(), offset));
                }
            }
        }
        return last;
    }

    /** A tail changes only when the partition grows, or when compaction takes it away: what was read is good for a while. */
    private Optional<Long> lastReadable(String input, int partition, Ends end) {
        Duration now = pause.elapsed();
        Tail known = tails.get(input + "/" + partition);
        if (known != null && known.end().equals(end) && now.minus(known.at()).compareTo(TAIL_IS_GOOD_FOR) < 0) {
            return Optional.of(known.last());
        }
        Seen<Long> last = seen(() -> records.lastReadable(input, partition, end.earliest(), end.lastStable()));
        if (last instanceof Seen.It<Long> it) {
            tails.put(input + "/" + partition, new Tail(end, now, it.value()));
            return Optional.of(it.value());
        }
        return Optional.empty();
    }

    private static <T> Seen<T> seen(Supplier<T> look) {
        try {
            return new Seen.It<>(look.get());
        } catch (Fault fault) {
            return new Seen.Not<>(fault.what() + ", " + fault.why());
        }
    }
}
