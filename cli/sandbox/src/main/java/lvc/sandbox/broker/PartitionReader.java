package lvc.sandbox.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import kafka.cluster.Partition;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.broker.Logs.RecordHeader;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.message.FetchResponseData.AbortedTransaction;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.CloseableIterator;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.server.partition.PartitionListener;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.storage.internals.log.FetchDataInfo;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.jspecify.annotations.Nullable;

/** Reads one partition straight from its log, committed records only, without a client and its network in between. */
final class PartitionReader implements Logs.Reader {

    private static final int AT_ONCE = 1 << 20;

    private final Partition partition;
    private final LogThreads threads;
    private final BufferSupplier buffers = BufferSupplier.create();
    private final Watch watch = new Watch();
    private long next;

    private PartitionReader(Partition partition, LogThreads threads, long next) {
        this.partition = partition;
        this.threads = threads;
        this.next = next;
    }

    /** A reader that begins at an offset, or at the first one that is still there. */
    static PartitionReader open(Partition partition, LogThreads threads, long offset) {
        PartitionReader reader = new PartitionReader(partition, threads, offset);
        if (!partition.maybeAddListener(reader.watch)) {
            throw reader.gone();
        }
        return reader;
    }

    /** Wakes a waiting reader when the partition grows or goes away. */
    private static final class Watch implements PartitionListener {
        private long changes;
        private boolean gone;

        @Override
        public synchronized void onHighWatermarkUpdated(TopicPartition partition, long offset) {
            changes++;
            notifyAll();
        }

        @Override
        public synchronized void onFailed(TopicPartition partition) {
            gone = true;
            notifyAll();
        }

        @Override
        public void onDeleted(TopicPartition partition) {
            onFailed(partition);
        }

        synchronized long changes() {
            return changes;
        }

        synchronized boolean gone() {
            return gone;
        }

        /** Waits for more changes than {@code seen}; false when the time is over. */
        synchronized boolean await(long seen, long deadlineNanos) throws InterruptedException {
            while (changes == seen && !gone) {
                long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        }
    }

    /**
     * The next committed records, in order; empty when none came in time or the thread was interrupted, which it stays.
     *
     * @throws NoSuchPartition when the topic was deleted
     */
    @Override
    public List<InputRecord> poll(Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        try {
            while (true) {
                long seen = watch.changes();
                List<InputRecord> records = readOnThread();
                if (!records.isEmpty() || !watch.await(seen, deadline)) {
                    return records;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private List<InputRecord> readOnThread() {
        if (watch.gone()) {
            throw gone();
        }
        try {
            return hasMore() ? threads.call(this::read) : List.of();
        } catch (KafkaStorageException | ClosedChannelException e) {
            // A segment was cleaned away under the read; the next one finds its successor, unless all is gone.
            return List.of();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("reading " + partition.topicPartition(), e);
        }
    }

    private boolean hasMore() {
        return partition.log().exists(log -> next < log.lastStableOffset());
    }

    private List<InputRecord> read() throws IOException {
        UnifiedLog log = partition.localLogOrException();
        next = Math.max(next, log.logStartOffset());
        FetchDataInfo found;
        try {
            found = log.read(next, AT_ONCE, FetchIsolation.TXN_COMMITTED, true);
        } catch (OffsetOutOfRangeException e) {
            return List.of();
        }
        List<InputRecord> records = new ArrayList<>();
        Aborted aborted = new Aborted(found.abortedTransactions.orElse(List.of()));
        for (RecordBatch batch : inMemory(found.records).batches()) {
            if (!aborted.covers(batch) && !batch.isControlBatch()) {
                addAll(batch, records);
            }
            next = batch.nextOffset();
        }
        return records;
    }

    private static MemoryRecords inMemory(Records records) throws IOException {
        if (records instanceof FileRecords file) {
            ByteBuffer buffer = ByteBuffer.allocate(file.sizeInBytes());
            file.readInto(buffer, 0);
            return MemoryRecords.readableRecords(buffer);
        }
        return (MemoryRecords) records;
    }

    private void addAll(RecordBatch batch, List<InputRecord> records) {
        try (CloseableIterator<Record> each = batch.streamingIterator(buffers)) {
            while (each.hasNext()) {
                Record record = each.next();
                if (record.offset() >= next) {
                    records.add(new InputRecord(
                            record.offset(),
                            record.timestamp(),
                            bytes(record.key()),
                            bytes(record.value()),
                            headers(record.headers())));
                }
            }
        }
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        return Utils.toNullableArray(buffer);
    }

    private static List<RecordHeader> headers(Header[] headers) {
        return headers.length == 0
                ? List.of()
                : Arrays.stream(headers)
                        .map(header -> new RecordHeader(header.key(), header.value()))
                        .toList();
    }

    private NoSuchPartition gone() {
        return new NoSuchPartition(
                partition.topicPartition().topic(), partition.topicPartition().partition());
    }

    @Override
    public void close() {
        partition.removeListener(watch);
        buffers.close();
    }

    /** Which batches of one read belong to transactions that were aborted. */
    private static final class Aborted {
        private final Queue<AbortedTransaction> ahead =
                new PriorityQueue<>(Comparator.comparingLong(AbortedTransaction::firstOffset));
        private final Set<Long> open = new HashSet<>();

        Aborted(List<AbortedTransaction> transactions) {
            ahead.addAll(transactions);
        }

        boolean covers(RecordBatch batch) {
            for (AbortedTransaction first = ahead.peek();
                    first != null && first.firstOffset() <= batch.lastOffset();
                    first = ahead.peek()) {
                ahead.remove();
                open.add(first.producerId());
            }
            if (batch.isControlBatch()) {
                if (isAbort(batch)) {
                    open.remove(batch.producerId());
                }
                return false;
            }
            return batch.isTransactional() && open.contains(batch.producerId());
        }

        private static boolean isAbort(RecordBatch marker) {
            Record only = marker.iterator().next();
            return ControlRecordType.parse(only.key()) == ControlRecordType.ABORT;
        }
    }
}
