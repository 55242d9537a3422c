package lvc.adapter.kafka;

import java.util.Map;
import lvc.core.fault.Fault;

/**
 * What was read.
 *
 * @param records handed to the sink
 * @param spans what was to be read of each partition
 * @param unread partitions whose end was never reached although the broker answered: nothing could be read from this
 *     offset on. Older Redpanda versions do that one offset before the end of a compacted topic with transactions. Empty
 *     when reading ended as it should; whoever needs proof must not take a partition listed here as read.
 */
public record ReadSummary(long records, Map<Integer, Span> spans, Map<Integer, Long> unread) {

    /**
     * Makes sure that nothing was left out. What lies beyond may be markers of transactions or have been compacted away;
     * it may as well be records that did not come in time, and nobody can tell.
     *
     * @throws Fault UNREACHABLE naming the first partition whose end was not reached
     */
    public void demandAll(String topic) {
        unread.forEach((partition, offset) -> {
            Span span = spans.getOrDefault(partition, new Span(offset, offset));
            throw Fault.unreachable(
                    "topic " + topic + " not read to its end",
                    "partition " + partition + ": nothing came from offset " + offset + " on, and it ends at "
                            + span.until(),
                    "the same command again, with a longer --timeout");
        });
    }

    /**
     * A part of a partition.
     *
     * @param from first offset
     * @param until offset after the last, {@link Long#MAX_VALUE} when there is no end
     */
    public record Span(long from, long until) {

        /** Whether there is nothing to read. */
        public boolean isEmpty() {
            return from >= until;
        }
    }
}
