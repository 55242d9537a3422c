package lvc.core.gate;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.gate.Verdict.Open;
import lvc.core.gate.Verdict.Wait;
import lvc.core.metric.Scrape;
import lvc.core.topic.Ends;
import lvc.core.transform.TransformState;

/**
 * Decides when a deleted transform has stopped everywhere. The answer to a delete only says that one broker knows of it;
 * others may still be writing. So: a successful list lacks it, no broker shows a series of its name, and its output has
 * stood still for a while, long enough for a write that was under way.
 */
public final class GoneGate {
    /** No topic has such ends. */
    private static final Map<Integer, Long> NOT_SEEN = Map.of(-1, -1L);

    private final String transform;
    private final Duration stillFor;
    private final Map<Integer, Long> ends;
    private final Duration since;
    private final Verdict verdict;

    private GoneGate(String transform, Duration stillFor, Map<Integer, Long> ends, Duration since, Verdict verdict) {
        this.transform = transform;
        this.stillFor = stillFor;
        this.ends = ends;
        this.since = since;
        this.verdict = verdict;
    }

    /**
     * A gate that has seen nothing yet.
     *
     * @param stillFor how long the output must not have moved: a commit interval
     */
    public static GoneGate closed(String transform, Duration stillFor) {
        return new GoneGate(transform, stillFor, NOT_SEEN, Duration.ZERO, new Wait("nothing was looked at yet"));
    }

    /** What follows from all samples so far. */
    public Verdict verdict() {
        return verdict;
    }

    /** The gate after one more sample. */
    public GoneGate after(LagSample sample) {
        Optional<String> there = stillThere(sample);
        if (there.isPresent()) {
            // However much time passes until the next look: it counts from the first one that finds nothing.
            return new GoneGate(transform, stillFor, NOT_SEEN, sample.at(), new Wait(there.get()));
        }
        if (sample.output() instanceof Seen.Not<Map<Integer, Ends>> not) {
            return new GoneGate(
                    transform,
                    stillFor,
                    ends,
                    sample.at(),
                    new Wait("the ends of its output could not be read: " + not.why()));
        }
        Map<Integer, Long> now = new HashMap<>();
        ((Seen.It<Map<Integer, Ends>>) sample.output())
                .value()
                .forEach((partition, each) -> now.put(partition, each.highWatermark()));
        Duration began = now.equals(ends) && verdict instanceof Wait ? since : sample.at();
        Duration still = sample.at().minus(began);
        return new GoneGate(
                transform,
                stillFor,
                now,
                began,
                still.compareTo(stillFor) >= 0
                        ? new Open()
                        : new Wait("its output must stand still for " + stillFor.toMillis() + " ms"));
    }

    private Optional<String> stillThere(LagSample sample) {
        if (sample.transforms() instanceof Seen.Not<List<TransformState>> not) {
            return Optional.of("the transforms could not be listed: " + not.why());
        }
        if (!sample.listed(transform).isEmpty()) {
            return Optional.of("it is still listed");
        }
        for (Scrape scrape : sample.brokers()) {
            if (scrape instanceof Scrape.Silent silent) {
                return Optional.of("broker " + silent.broker() + " does not show its metrics: " + silent.why());
            }
            if (scrape instanceof Scrape.Answered broker && new BrokerView(broker, transform).any()) {
                return Optional.of("broker " + broker.node() + " still runs it");
            }
        }
        return Optional.empty();
    }
}
