package lvc.adapter.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import lvc.core.port.Records;
import lvc.core.record.BadLine;
import lvc.core.record.NewRecord;
import lvc.core.record.OffsetRange;
import lvc.core.record.StoredRecord;

/** Few records at a time, each call with a connection of its own. */
public final class KafkaRecords implements Records {
    private static final long NONE = -1;
    private static final long WIDER = 16;

    private final Map<String, Object> connection;
    private final Duration timeout;

    /**
     * Opens no connection yet.
     *
     * @param connection client properties: bootstrap.servers and, where needed, security
     */
    public KafkaRecords(Map<String, Object> connection, Duration timeout) {
        this.connection = Map.copyOf(connection);
        this.timeout = timeout;
    }

    @Override
    public void write(String topic, List<NewRecord> records) {
        Iterator<NewRecord> left = records.iterator();
        new RecordWriter(connection, WriteOptions.plain(topic), timeout)
                .write(() -> left.hasNext() ? Optional.of(left.next()) : Optional.empty(), new Unwatched());
    }

    @Override
    public void read(String topic, Consumer<StoredRecord> each) {
        try (RecordReader reader = new RecordReader(connection, timeout)) {
            reader.read(ReadOptions.allNow(topic), each::accept).demandAll(topic);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each step looks sixteen times as far back as the one before, so that little is read where nothing is odd. */
    @Override
    public long lastReadable(String topic, int partition, long from, long until) {
        long[] last = {NONE};
        long end = until;
        for (long step = 1; last[0] == NONE && end > from; step *= WIDER) {
            long begin = Math.max(from, end - step);
            OffsetRange part = new OffsetRange(new OffsetRange.Exactly(begin), new OffsetRange.Exactly(end));
            try (RecordReader reader = new RecordReader(connection, timeout)) {
                reader.read(
                                new ReadOptions(topic, part, Set.of(partition), ReadOptions.ALL, true),
                                record -> last[0] = record.offset())
                        .demandAll(topic);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            end = begin;
        }
        return last[0];
    }

    /** For writes so short that nobody looks on. */
    private static final class Unwatched implements RecordWriter.Watcher {
        @Override
        public void at(WriteCounts counts) {}

        @Override
        public void skipped(BadLine line) {}
    }
}
