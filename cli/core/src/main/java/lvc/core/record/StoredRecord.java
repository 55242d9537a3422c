package lvc.core.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in a topic.
 *
 * @param timestamp milliseconds since 1970
 * @param key null for no key; empty bytes are a key
 * @param value null for a tombstone; empty bytes are a value
 * @param logAppendTime whether the broker set the timestamp when it stored the record, and not the producer. Redpanda
 *     does so with all that transforms write (its {@code src/v/model/transform.cc}), and with what producers write only
 *     where the topic's {@code message.timestamp.type} says so
 */
@SuppressWarnings("ArrayRecordComponent") // hot path: the arrays go to the output as they are
public record StoredRecord(
        String topic,
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        boolean logAppendTime) {

    /** A record with the timestamp of its producer. */
    public StoredRecord(
            String topic,
            int partition,
            long offset,
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {
        this(topic, partition, offset, timestamp, key, value, headers, false);
    }
}
