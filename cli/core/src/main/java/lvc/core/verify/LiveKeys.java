package lvc.core.verify;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import lvc.core.fold.Digests;
import lvc.core.port.PartitionReader;
import lvc.core.port.Topics;
import lvc.core.topic.Ends;

/** Counts the live keys of topics, a few partitions at the same time; memory is bounded by the largest of these. */
public final class LiveKeys {
    private final Topics topics;
    private final PartitionReader reader;

    public LiveKeys(Topics topics, PartitionReader reader) {
        this.topics = topics;
        this.reader = reader;
    }

    /**
     * Folds a topic as it stands.
     *
     * @return the number of its keys whose newest record is a value; a key of two partitions counts twice
     * @throws lvc.core.fault.Fault when it could not be read to its end
     */
    public long count(String topic) {
        LongAdder keys = new LongAdder();
        try (Reads reads = new Reads(unheard -> {})) {
            List<Future<?>> begun = topics.ends(topic).entrySet().stream()
                    .<Future<?>>map(
                            each -> reads.start(() -> keys.add(liveKeys(topic, each.getKey(), each.getValue()))))
                    .toList();
            begun.forEach(reads::await);
        }
        return keys.sum();
    }

    private int liveKeys(String topic, int partition, Ends ends) {
        Digests fold = new Digests();
        if (ends.earliest() < ends.lastStable()) {
            reader.read(topic, partition, ends.earliest(), ends.lastStable(), fold::add);
        }
        return fold.liveKeys();
    }
}
