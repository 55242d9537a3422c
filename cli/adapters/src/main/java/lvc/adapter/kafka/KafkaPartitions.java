package lvc.adapter.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lvc.core.fault.Fault;
import lvc.core.port.PartitionReader;
import lvc.core.record.OffsetRange;
import lvc.core.record.OffsetRange.Exactly;
import lvc.core.record.StoredRecord;

/** Parts of partitions, each read with a connection of its own. */
public final class KafkaPartitions implements PartitionReader {
    private final Map<String, Object> connection;
    private final Duration timeout;

    /**
     * Opens no connection yet.
     *
     * @param connection client properties: bootstrap.servers and, where needed, security
     * @param timeout how long the cluster may give no answer
     */
    public KafkaPartitions(Map<String, Object> connection, Duration timeout) {
        this.connection = Map.copyOf(connection);
        this.timeout = timeout;
    }

    @Override
    public void read(String topic, int partition, long from, long until, Consumer<StoredRecord> each) {
        read(topic, partition, from, until, ReadOptions.ALL, each);
    }

    @Override
    public boolean anyRecord(String topic, int partition, long from, long until) {
        return read(topic, partition, from, until, 1, record -> {}).records() > 0;
    }

    private ReadSummary read(
            String topic, int partition, long from, long until, long most, Consumer<StoredRecord> each) {
        OffsetRange range = new OffsetRange(new Exactly(from), new Exactly(until));
        ReadSummary summary;
        try (RecordReader reader = new RecordReader(connection, timeout)) {
            summary = reader.read(new ReadOptions(topic, range, Set.of(partition), most, true), each::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!summary.unread().isEmpty()) {
            throw Fault.failed(
                    "topic " + topic + " not read to its end",
                    "partition " + partition + " gives nothing from offset "
                            + summary.unread().get(partition) + " on, and should until " + until,
                    "the same command again; if it stays so, look at the brokers' logs");
        }
        return summary;
    }
}
