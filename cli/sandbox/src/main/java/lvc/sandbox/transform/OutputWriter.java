package lvc.sandbox.transform;

import java.util.ArrayList;
import java.util.List;
import lvc.sandbox.broker.Logs;
import lvc.sandbox.broker.Logs.AppendRefused;
import lvc.sandbox.broker.Logs.OutputRecord;
import lvc.sandbox.broker.Logs.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a module emits for one output topic and appends it, joined into one batch per batch that was read. A
 * batch that the topic finds too large is halved until it fits, as Redpanda does from 25.1 on; older versions fail on
 * such a batch for ever, and so does every version on a single record that is too large.
 *
 * <p>The partition is the number of the input partition modulo the number of output partitions; keys are not looked at.
 */
final class OutputWriter {

    /** Below Redpanda's default of 1 MiB per batch, so that halving is the exception. */
    private static final long TARGET_BYTES = 1_000_000;

    /** An upper bound for what a record takes in a batch beyond its bytes. */
    private static final int RECORD_OVERHEAD = 36;

    private final Logs logs;
    private final String topic;
    private final int inputPartition;
    private final String compression;
    private List<OutputRecord> records = new ArrayList<>();

    OutputWriter(Logs logs, String topic, int inputPartition, String compression) {
        this.logs = logs;
        this.topic = topic;
        this.inputPartition = inputPartition;
        this.compression = compression;
    }

    void add(OutputRecord record) {
        records.add(record);
    }

    /**
     * Appends what was collected.
     *
     * @return bytes of keys, values and headers that were written
     * @throws AppendRefused when the topic is gone or does not take a record
     */
    long flush() throws AppendRefused {
        if (records.isEmpty()) {
            return 0;
        }
        List<OutputRecord> all = records;
        records = new ArrayList<>(all.size());
        int partitions =
                logs.partitions(topic).orElseThrow(() -> new AppendRefused("unable to compute output partition"));
        int partition = inputPartition % partitions;
        long written = 0;
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            long size = size(all.get(i));
            if (i > from && bytes + size + (long) (i + 1 - from) * RECORD_OVERHEAD > TARGET_BYTES) {
                append(partition, all.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += size;
            written += size;
        }
        append(partition, all.subList(from, all.size()));
        return written;
    }

    private void append(int partition, List<OutputRecord> batch) throws AppendRefused {
        try {
            logs.append(topic, partition, batch, compression);
        } catch (AppendRefused e) {
            if (batch.size() == 1) {
                throw e;
            }
            int half = batch.size() / 2;
            append(partition, batch.subList(0, half));
            append(partition, batch.subList(half, batch.size()));
        }
    }

    private static long size(OutputRecord record) {
        long size = length(record.key()) + length(record.value());
        for (RecordHeader header : record.headers()) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
