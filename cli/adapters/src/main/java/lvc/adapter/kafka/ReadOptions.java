package lvc.adapter.kafka;

import java.util.Set;
import lvc.core.record.OffsetRange;

/**
 * What to read of a topic.
 *
 * @param partitions those to read; empty for all
 * @param most records to read, then stop; {@link #ALL} for no such limit
 * @param committed whether to leave out records of transactions that are open or were aborted (read_committed)
 */
public record ReadOptions(String topic, OffsetRange range, Set<Integer> partitions, long most, boolean committed) {
    /** No limit to the number of records. */
    public static final long ALL = Long.MAX_VALUE;

    /** Every committed record there is when reading begins. */
    public static ReadOptions allNow(String topic) {
        return new ReadOptions(topic, OffsetRange.ALL_NOW, Set.of(), ALL, true);
    }
}
