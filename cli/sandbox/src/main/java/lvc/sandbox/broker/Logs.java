package lvc.sandbox.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of the broker as the transform engine sees them: read behind the last stable offset, written past
 * every rule that holds for producers. Offsets are Kafka offsets; times are milliseconds since 1970.
 */
public interface Logs {

    /** Number of partitions of a topic, or empty when there is no such topic. */
    Optional<Integer> partitions(String topic);

    /** The identity of a topic; another one after it was deleted and created again. */
    Optional<String> topicId(String topic);

    /**
     * First offset that is still there.
     *
     * @throws NoSuchPartition when there is no such partition; so do the other questions about one
     */
    long earliest(String topic, int partition);

    /** First offset that is not yet readable with isolation read_committed. */
    long lastStable(String topic, int partition);

    /** First offset not yet written, as consumers see it. */
    long highWatermark(String topic, int partition);

    /** First offset whose record is at or after a time; empty when there is none. */
    OptionalLong atOrAfter(String topic, int partition, long timestamp);

    /**
     * Reads committed records of one partition from an offset on, or from the first one that is still there. The reader
     * belongs to the calling thread.
     *
     * @throws NoSuchPartition when there is no such partition
     */
    Reader read(String topic, int partition, long offset);

    /**
     * Appends records in one batch as Redpanda's transforms do: timestamp type LogAppendTime with the broker's now, no
     * producer id, not subject to {@code kafka_noproduce_topics}, null keys allowed.
     *
     * @param compression none, gzip, snappy, lz4 or zstd
     * @return the offset of the first record
     * @throws AppendRefused when the batch is too large for the topic or the partition is not there
     */
    long append(String topic, int partition, List<OutputRecord> records, String compression) throws AppendRefused;

    /** Creates a topic as the broker itself would; nothing happens when it exists. */
    void createInternal(String topic, int partitions, Map<String, String> settings);

    /** One record as read: key and value may be null. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared; millions of copies would cost too much
    record InputRecord(
            long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) {}

    /** One record to append: key and value may be null. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared; millions of copies would cost too much
    record OutputRecord(byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) {}

    /** A header; its value may be null. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared; millions of copies would cost too much
    record RecordHeader(String key, byte @Nullable [] value) {}

    /** A position in a partition that moves on as it is polled. */
    interface Reader extends AutoCloseable {
        /**
         * The next committed records, in order; empty when none came in time, and at once when the thread is
         * interrupted.
         *
         * @throws NoSuchPartition when the topic was deleted, even if there is another one of its name by now
         */
        List<InputRecord> poll(Duration wait);

        @Override
        void close();
    }

    /** The broker would not take a batch. */
    final class AppendRefused extends Exception {
        public AppendRefused(String message) {
            super(message);
        }
    }
}
