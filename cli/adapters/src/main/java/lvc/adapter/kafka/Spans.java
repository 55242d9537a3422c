package lvc.adapter.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lvc.adapter.kafka.ReadSummary.Span;
import lvc.core.record.OffsetRange;
import lvc.core.record.OffsetRange.AfterStart;
import lvc.core.record.OffsetRange.BeforeEnd;
import lvc.core.record.OffsetRange.Exactly;
import lvc.core.record.OffsetRange.Moment;
import lvc.core.record.OffsetRange.Place;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Turns an offset range into offsets of every partition, as the cluster stands now. The end of a partition is its last
 * stable offset for a read_committed consumer and its high watermark for any other.
 */
final class Spans {
    private final Consumer<?, ?> consumer;
    private final Collection<TopicPartition> partitions;
    private final Duration timeout;
    private final Map<TopicPartition, Long> earliest;
    private final Map<TopicPartition, Long> ends;

    private Spans(Consumer<?, ?> consumer, Collection<TopicPartition> partitions, Duration timeout) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.timeout = timeout;
        this.earliest = consumer.beginningOffsets(partitions, timeout);
        this.ends = consumer.endOffsets(partitions, timeout);
    }

    /** The parts of these partitions that a range means now; the consumer is assigned those that are not empty. */
    static Map<TopicPartition, Span> assign(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions, OffsetRange range, Duration timeout) {
        Spans now = new Spans(consumer, partitions, timeout);
        Map<TopicPartition, Long> from = now.offsets(range.from());
        Map<TopicPartition, Long> until = range.ends() ? now.offsets(range.until()) : Map.of();
        Map<TopicPartition, Span> spans = new HashMap<>();
        List<TopicPartition> wanted = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            long first = range.from() instanceof Exactly exactly
                    ? Math.max(exactly.offset(), at(now.earliest, partition))
                    : at(from, partition);
            Span span = new Span(first, until.getOrDefault(partition, Long.MAX_VALUE));
            spans.put(partition, span);
            if (!span.isEmpty()) {
                wanted.add(partition);
            }
        }
        consumer.assign(wanted);
        wanted.forEach(partition -> consumer.seek(partition, at(from, partition)));
        return spans;
    }

    private Map<TopicPartition, Long> offsets(Place place) {
        if (place instanceof Moment moment) {
            return atOrAfter(moment);
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            offsets.put(partition, offset(place, at(earliest, partition), at(ends, partition)));
        }
        return offsets;
    }

    /** Never before the first record nor after the end: a range that asks for more stops where the records do. */
    private static long offset(Place place, long earliest, long end) {
        if (place instanceof AfterStart after) {
            return Math.min(earliest + after.offsets(), end);
        }
        if (place instanceof BeforeEnd before) {
            return Math.max(earliest, end - before.offsets());
        }
        if (place instanceof Exactly exactly) {
            return Math.max(earliest, Math.min(exactly.offset(), end));
        }
        return Long.MAX_VALUE;
    }

    private Map<TopicPartition, Long> atOrAfter(Moment moment) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, moment.time().toEpochMilli()));
        Map<TopicPartition, Long> offsets = new HashMap<>(ends);
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                consumer.offsetsForTimes(times, timeout).entrySet()) {
            if (found.getValue() != null) {
                offsets.merge(found.getKey(), found.getValue().offset(), Math::min);
            }
        }
        return offsets;
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        Long offset = offsets.get(partition);
        if (offset == null) {
            throw new IllegalStateException("the client left out " + partition);
        }
        return offset;
    }
}
