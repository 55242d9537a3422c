package lvc.core.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.port.PartitionReader;
import lvc.core.port.Pause;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.record.StoredRecord;
import lvc.core.report.Verification;
import lvc.core.topic.Cache;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicState;
import lvc.core.wait.Wait;

/**
 * Compares the folds of the two topics of a cache, also while writers write.
 *
 * <p>There is no moment at which two topics can be looked at together, so a key is held against a span of time: S1 is
 * the input's end, D the output's end after forward has copied the input up to S1, S2 the input's end after that. A key
 * is equal when the output at D has the input's value at S1, or any the input takes from S1 to S2. A key that changes all
 * the time passes that, one that was left behind does not. What does not pass is looked at again at a later cut, three
 * times in all: compaction may have taken a record away while it was read, or a transform may be repeating itself.
 *
 * <p>Partition by partition, the next one being read while one is compared, so that memory is bounded by the keys of
 * the largest two.
 */
public final class Verify {
    private static final int MOST_ROUNDS = 3;
    private static final int MOST_OPEN = 200_000;
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);

    private final Topics topics;
    private final Transforms transforms;
    private final PartitionReader reader;
    private final Wait wait;
    private final Pause pause;
    private final Consumer<Event> events;

    public Verify(
            Topics topics,
            Transforms transforms,
            PartitionReader reader,
            Wait wait,
            Pause pause,
            Consumer<Event> events) {
        this.topics = topics;
        this.transforms = transforms;
        this.reader = reader;
        this.wait = wait;
        this.pause = pause;
        this.events = events;
    }

    /**
     * Reads both topics and compares.
     *
     * @param most how many differing keys to list
     * @throws Fault as {@link #run(Cache, int, Excuse, Consumer)}
     */
    public Verification run(Cache cache, int most) {
        return run(cache, most, Excuse.NONE, record -> {});
    }

    /**
     * Reads both topics and compares, where some keys may differ.
     *
     * @param most how many differing keys to list
     * @param excuse asked for each key that remains different after all rounds. Where more than 200,000 keys of a
     *     partition seem to differ, it is asked for those beyond as they were found in the first round
     * @param inputSeen gets every committed record of the input before its {@link Verification#inputEnds}, once, those of
     *     a partition in the order of their offsets. It is called by the threads that read while the caller of this
     *     method waits, by two at once, each with a partition of its own. All it did is seen by the caller when this
     *     returns; what it throws ends the comparison
     * @throws Fault REFUSED when there is nothing that could be compared: a topic is missing, partition counts differ,
     *     or two forward transforms write; UNREACHABLE when forward runs but gets no further
     */
    public Verification run(Cache cache, int most, Excuse excuse, Consumer<StoredRecord> inputSeen) {
        return run(cache, new Terms(most, MOST_OPEN, excuse, inputSeen));
    }

    Verification run(Cache cache, Terms terms) {
        int partitions = partitions(cache);
        Forward forward = Forward.find(cache, topics, transforms, reader, wait);
        Map<Integer, Ends> cut = topics.ends(cache.input().name());
        String how = forward.awaitCopied(cut);
        return compare(cache, terms, partitions, cut, how, Optional.of(forward));
    }

    /**
     * Reads both topics and compares them once, as they stand. Forward is not waited for, and what differs is not looked
     * at again: a difference means nothing. That both are equal is as good as from {@link #run(Cache, int)}, for somebody
     * who knows that nothing was written to either of them from before this began.
     *
     * @param inputSeen as in {@link #run(Cache, int, Excuse, Consumer)}
     * @throws Fault REFUSED when there is nothing that could be compared
     */
    public Verification asTheyStand(Cache cache, Consumer<StoredRecord> inputSeen) {
        return compare(
                cache,
                new Terms(0, MOST_OPEN, Excuse.NONE, inputSeen),
                partitions(cache),
                topics.ends(cache.input().name()),
                "neither topic has moved since before it was read",
                Optional.empty());
    }

    /** The same, telling somebody else how far it is. */
    public Verify telling(Consumer<Event> listener) {
        return new Verify(topics, transforms, reader, wait, pause, listener);
    }

    private Verification compare(
            Cache cache, Terms terms, int partitions, Map<Integer, Ends> cut, String how, Optional<Forward> forward) {
        List<Partition> compared = new ArrayList<>();
        KeyPlaces inputPlaces = new KeyPlaces(partitions);
        KeyPlaces outputPlaces = new KeyPlaces(partitions);
        int rounds = 1;
        try (Reads reads = new Reads(events)) {
            Optional<Partition.Folding> before = Optional.empty();
            for (int p = 0; p < partitions; p++) {
                Ends output = ends(topics.ends(cache.output().name()), p);
                Ends input = ends(topics.ends(cache.input().name()), p);
                Partition partition = new Partition(cache, p, reader, reads, terms, inputPlaces, outputPlaces);
                compared.add(partition);
                Partition.Folding folding = partition.fold(ends(cut, p), output.lastStable(), input.lastStable());
                before.ifPresent(Partition.Folding::compare);
                before = Optional.of(folding);
            }
            before.ifPresent(Partition.Folding::compare);
            while (rounds < MOST_ROUNDS
                    && forward.filter(Forward::runs).isPresent()
                    && compared.stream().anyMatch(Partition::hasOpen)) {
                rounds++;
                lookAgain(cache, forward.get(), compared);
            }
            compared.forEach(Partition::excuse);
            inputPlaces.toReadAgain().forEach(p -> compared.get(p).tellInputKeys());
            outputPlaces.toReadAgain().forEach(p -> compared.get(p).tellOutputKeys());
        }
        return new Findings(cache, compared, inputPlaces, outputPlaces).report(how, rounds, terms.most());
    }

    private void lookAgain(Cache cache, Forward forward, List<Partition> compared) {
        pause.pause(BETWEEN_ROUNDS);
        Map<Integer, Ends> cut = topics.ends(cache.input().name());
        forward.awaitCopied(cut);
        for (Partition partition : compared) {
            if (partition.hasOpen()) {
                Ends output = ends(topics.ends(cache.output().name()), partition.number());
                Ends input = ends(topics.ends(cache.input().name()), partition.number());
                partition.lookAgain(
                        ends(cut, partition.number()).lastStable(), output.lastStable(), input.lastStable());
            }
        }
    }

    private int partitions(Cache cache) {
        String input = cache.input().name();
        String output = cache.output().name();
        Map<String, TopicState> found = topics.find(List.of(input, output));
        int inputs = partitions(cache, input, found);
        int outputs = partitions(cache, output, found);
        if (inputs != outputs) {
            throw Fault.refused(
                    "cache '" + cache.name() + "' not verified: partition counts differ",
                    input + " has " + inputs + ", " + output + " has " + outputs
                            + "; a transform copies partition p to partition p, and that is how they are compared",
                    "lvc status" + flags(cache));
        }
        return inputs;
    }

    private static int partitions(Cache cache, String topic, Map<String, TopicState> found) {
        TopicState state = found.get(topic);
        if (state == null) {
            throw Fault.refused(
                    "cache '" + cache.name() + "' not verified",
                    "there is no topic " + topic,
                    "lvc create-topics" + flags(cache));
        }
        return state.partitions();
    }

    private static String flags(Cache cache) {
        return " --cache " + cache.name() + " --approach " + cache.approach().letter();
    }

    private static Ends ends(Map<Integer, Ends> all, int partition) {
        return Optional.ofNullable(all.get(partition))
                .orElseThrow(() -> new IllegalStateException("no ends of partition " + partition));
    }
}
