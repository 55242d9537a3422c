package lvc.core.gate;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.gate.Verdict.Fail;
import lvc.core.gate.Verdict.Open;
import lvc.core.gate.Verdict.Wait;
import lvc.core.metric.Scrape;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Row;
import lvc.core.transform.TransformState.Status;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a transform has copied everything up to the ends that were noted. Immutable: {@link #after} gives the
 * gate as it stands one sample later, and the same samples always lead to the same verdict.
 *
 * <p>It opens after a number of samples in a row in which every condition of {@link Conditions} held and the leaders of
 * the input did not move. Once failed, it stays failed; once open, a sample that speaks against it closes it again.
 */
public final class LagGate {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final Target target;
    private final int samples;
    private final Duration patience;
    private final Memory memory;
    private final Verdict verdict;

    /**
     * What is remembered of earlier samples.
     *
     * @param held samples in a row in which all conditions held
     * @param leaders node by partition, as listed last
     * @param failures by node, as counted last; a broker that starts again counts from 0
     * @param missingSince since when a processor has been missing all the time
     */
    private record Memory(
            int held,
            Map<Integer, Integer> leaders,
            Map<Integer, Double> failures,
            Map<Integer, Climb> climbs,
            @Nullable Duration missingSince) {}

    private LagGate(Target target, int samples, Duration patience, Memory memory, Verdict verdict) {
        this.target = target;
        this.samples = samples;
        this.patience = patience;
        this.memory = memory;
        this.verdict = verdict;
    }

    /**
     * A gate that has seen nothing yet.
     *
     * @param samples how many in a row must show that everything was copied
     * @param patience after how long a transform that is not listed, or has a partition without a processor, is given
     *     up; brokers try every 30 s to make one
     */
    public static LagGate closed(Target target, int samples, Duration patience) {
        return new LagGate(
                target,
                samples,
                patience,
                new Memory(0, Map.of(), target.failures(), Map.of(), null),
                new Wait("nothing was looked at yet"));
    }

    /** What one sample says for itself: no leader can move in it, and nobody is waited for. */
    public static Verdict snapshot(Target target, LagSample sample) {
        return closed(target, 1, FOR_EVER).after(sample).verdict();
    }

    /** What follows from all samples so far. */
    public Verdict verdict() {
        return verdict;
    }

    /** The gate after one more sample. */
    public LagGate after(LagSample sample) {
        if (verdict instanceof Fail) {
            return this;
        }
        Map<Integer, Climb> climbs = Climb.after(memory.climbs, sample.committedOffsets(target.transform()));
        Map<Integer, Integer> leaders = leaders(sample);
        Duration missingSince = missingSince(sample);
        Conditions conditions = new Conditions(target, sample, climbs);
        Optional<String> failure = conditions.failure(memory.failures).or(() -> neverMade(missingSince, sample));
        Optional<String> obstacle = conditions.obstacle();
        Optional<String> moved = moved(leaders);
        int held = obstacle.isPresent() ? 0 : moved.isPresent() ? 1 : memory.held + 1;
        Verdict next;
        if (failure.isPresent()) {
            next = new Fail(failure.get());
        } else if (obstacle.isPresent()) {
            next = new Wait(obstacle.get());
        } else if (held < samples) {
            next = new Wait(moved.map(text -> text + "; ").orElse("") + "all copied in " + held + " of " + samples
                    + " looks (waiting: the others)");
        } else {
            next = new Open();
        }
        return new LagGate(
                target, samples, patience, new Memory(held, leaders, counted(sample), climbs, missingSince), next);
    }

    private Map<Integer, Integer> leaders(LagSample sample) {
        Map<Integer, Integer> leaders = new TreeMap<>();
        sample.listed(target.transform())
                .forEach(t -> t.rows().forEach(row -> leaders.merge(row.partition(), row.node(), Math::max)));
        return leaders;
    }

    private Optional<String> moved(Map<Integer, Integer> leaders) {
        if (memory.leaders.isEmpty() || memory.leaders.equals(leaders)) {
            return Optional.empty();
        }
        return leaders.entrySet().stream()
                .filter(now -> !now.getValue().equals(memory.leaders.get(now.getKey())))
                .findFirst()
                .map(now -> "partition " + now.getKey() + " moved to broker " + now.getValue());
    }

    /** A broker that answered and shows no counter has dropped it; one that did not answer keeps what it had. */
    private Map<Integer, Double> counted(LagSample sample) {
        Map<Integer, Double> counted = new HashMap<>(memory.failures);
        for (Scrape scrape : sample.brokers()) {
            if (scrape instanceof Scrape.Answered broker) {
                counted.remove(broker.node());
            }
        }
        counted.putAll(sample.failures(target.transform()));
        return counted;
    }

    private @Nullable Duration missingSince(LagSample sample) {
        if (sample.transforms() instanceof Seen.Not) {
            return memory.missingSince;
        }
        List<TransformState> listed = sample.listed(target.transform());
        boolean missing =
                listed.isEmpty() || listed.stream().anyMatch(t -> t.rows().isEmpty() || t.count(Status.UNKNOWN) > 0);
        if (!missing) {
            return null;
        }
        return memory.missingSince == null ? sample.at() : memory.missingSince;
    }

    private Optional<String> neverMade(@Nullable Duration since, LagSample sample) {
        if (since == null || sample.at().minus(since).compareTo(patience) < 0) {
            return Optional.empty();
        }
        List<Integer> partitions = sample.listed(target.transform()).stream()
                .flatMap(t -> t.rows().stream())
                .filter(row -> row.status() == Status.UNKNOWN)
                .map(Row::partition)
                .distinct()
                .sorted()
                .toList();
        String what = partitions.isEmpty()
                ? "transform " + target.transform() + " was not listed with any partition"
                : "no broker has made a processor of " + target.transform() + " for partition "
                        + String.join(
                                ", ", partitions.stream().map(String::valueOf).toList());
        return Optional.of(what + " for " + sample.at().minus(since).toSeconds() + " s");
    }
}
