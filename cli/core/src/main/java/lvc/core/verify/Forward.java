package lvc.core.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.fault.Fault;
import lvc.core.port.PartitionReader;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.topic.Cache;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformState;
import lvc.core.wait.Wait;
import lvc.core.wait.Wait.Look;

/**
 * What the forward transform has to do with a comparison: where it runs, the output is compared only after it has copied
 * the input up to the cut.
 */
final class Forward {
    /** The Admin API prints committed offsets with 32 bits; from here on they prove nothing by themselves. */
    private static final long WRAPS = 1L << 31;

    private final Cache cache;
    private final Topics topics;
    private final Transforms transforms;
    private final PartitionReader reader;
    private final Wait wait;
    private final Optional<TransformState> state;
    /** By partition: the committed offset at which the rest up to the cut was last looked at, and whether it was empty. */
    private final Map<Integer, Tail> tails = new HashMap<>();

    private record Tail(long committed, long until, boolean asked, boolean empty) {}

    private Forward(
            Cache cache,
            Topics topics,
            Transforms transforms,
            PartitionReader reader,
            Wait wait,
            Optional<TransformState> state) {
        this.cache = cache;
        this.topics = topics;
        this.transforms = transforms;
        this.reader = reader;
        this.wait = wait;
        this.state = state;
    }

    /** @throws Fault REFUSED when there are two */
    static Forward find(Cache cache, Topics topics, Transforms transforms, PartitionReader reader, Wait wait) {
        List<TransformState> all =
                transforms.list().stream().filter(cache::isForward).toList();
        if (all.size() > 1) {
            throw Fault.refused(
                    "cache '" + cache.name() + "' not verified: it has " + all.size() + " forward transforms",
                    String.join(" and ", all.stream().map(TransformState::name).toList()) + " both copy "
                            + cache.input().name() + " to " + cache.output().name(),
                    "look at both with 'lvc transform list', then 'lvc transform delete NAME' one of them");
        }
        return new Forward(cache, topics, transforms, reader, wait, all.stream().findFirst());
    }

    /** Whether it runs on every partition, so that what differs now may be equal in a moment. */
    boolean runs() {
        return state.filter(TransformState::runsEverywhere).isPresent();
    }

    /**
     * Waits until it has copied the input up to these ends, if it runs at all.
     *
     * @return what that means for the comparison, in a sentence
     * @throws Fault UNREACHABLE when it runs and yet gets no further
     */
    String awaitCopied(Map<Integer, Ends> ends) {
        String asTheyStood = ": both topics were compared as they stood, without waiting for anything to be copied";
        if (state.isEmpty()) {
            return "there is no forward transform" + asTheyStood;
        }
        String name = state.get().name();
        if (!runs()) {
            return "forward transform " + name + " does not run everywhere" + asTheyStood;
        }
        if (ends.values().stream().anyMatch(each -> each.lastStable() > WRAPS)) {
            return "what forward transform " + name + " has committed cannot be told from offset 2^31 on" + asTheyStood;
        }
        wait.until(
                "forward transform " + name + " has copied " + cache.input().name() + " up to now",
                "lvc transform list shows whether it runs, lvc transform logs " + name + " what it says",
                () -> look(name, ends));
        return "forward transform " + name + " had copied " + cache.input().name() + " up to where it was compared";
    }

    private Look look(String name, Map<Integer, Ends> ends) {
        Map<Integer, Long> committed = new HashMap<>();
        transforms.committed().stream()
                .filter(each -> each.transform().equals(name))
                .forEach((Committed each) -> committed.put(each.partition(), each.offset()));
        for (Map.Entry<Integer, Ends> each : ends.entrySet()) {
            int partition = each.getKey();
            long last = each.getValue().lastStable() - 1;
            if (last < each.getValue().earliest()) {
                continue;
            }
            long done = committed.getOrDefault(partition, -1L);
            // "Nothing before offset 0" is printed as 0: it counts only when the output shows a record.
            boolean nothingYet = done == 0 && isEmpty(cache.output().name(), partition);
            if (done >= last && !nothingYet) {
                continue;
            }
            long from = nothingYet ? 0 : done + 1;
            if (!restIsEmpty(partition, done, Math.max(from, each.getValue().earliest()), last + 1)) {
                return Look.waiting("partition " + partition + " committed "
                        + (committed.containsKey(partition) ? Long.toString(done) : "nothing") + " of " + last);
            }
        }
        return Look.done();
    }

    private boolean isEmpty(String topic, int partition) {
        Ends ends = topics.ends(topic).get(partition);
        return ends == null || ends.highWatermark() == 0;
    }

    /**
     * Behind the last record there may be transaction markers, aborted records and holes, which a transform never
     * commits. Looked at only once the committed offset stands still, and then once.
     */
    private boolean restIsEmpty(int partition, long committed, long from, long until) {
        Tail before = tails.get(partition);
        if (before == null || before.committed() != committed || before.until() != until) {
            tails.put(partition, new Tail(committed, until, false, false));
            return false;
        }
        if (!before.asked()) {
            boolean empty = !reader.anyRecord(cache.input().name(), partition, from, until);
            tails.put(partition, new Tail(committed, until, true, empty));
            return empty;
        }
        return before.empty();
    }
}
