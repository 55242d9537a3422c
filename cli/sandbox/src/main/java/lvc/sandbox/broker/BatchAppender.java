package lvc.sandbox.broker;

import java.nio.ByteBuffer;
import java.util.List;
import kafka.cluster.Partition;
import kafka.server.ReplicaManager;
import lvc.sandbox.broker.Logs.OutputRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.common.TransactionVersion;
import org.apache.kafka.server.purgatory.TopicPartitionOperationKey;
import org.apache.kafka.server.storage.log.UnexpectedAppendOffsetException;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.jspecify.annotations.Nullable;

/**
 * Writes finished batches into a log, as the leader of a raft group would: with offsets already in them. That leaves the
 * timestamp type of the batch alone and asks nothing about keys, both unlike what happens to a producer's batch.
 */
final class BatchAppender {

    private final ReplicaManager replicas;

    BatchAppender(ReplicaManager replicas) {
        this.replicas = replicas;
    }

    /** One batch of records, flagged LogAppendTime with the time of now. */
    static MemoryRecords batch(List<OutputRecord> records, String compression) {
        int estimate = 128;
        for (OutputRecord each : records) {
            estimate += 32 + length(each.key()) + length(each.value());
        }
        long now = System.currentTimeMillis();
        Compression codec = Compression.of(CompressionType.forName(compression)).build();
        try (MemoryRecordsBuilder builder = MemoryRecords.builder(
                ByteBuffer.allocate(estimate),
                RecordBatch.CURRENT_MAGIC_VALUE,
                codec,
                TimestampType.LOG_APPEND_TIME,
                0L,
                now)) {
            for (OutputRecord each : records) {
                builder.append(now, each.key(), each.value(), headers(each));
            }
            return builder.build();
        }
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static Header[] headers(OutputRecord of) {
        Header[] headers = new Header[of.headers().size()];
        for (int i = 0; i < headers.length; i++) {
            Logs.RecordHeader each = of.headers().get(i);
            headers[i] = new RecordHeader(each.key(), each.value());
        }
        return headers;
    }

    /**
     * Puts a single batch at the end of a partition.
     *
     * @return the offset of its first record
     * @throws ApiException when the broker does not take it, above all because it is too large
     */
    long append(Partition partition, MemoryRecords records) {
        MutableRecordBatch batch = records.batches().iterator().next();
        int last = (int) (batch.lastOffset() - batch.baseOffset());
        while (true) {
            long base = partition.localLogOrException().logEndOffset();
            batch.setLastOffset(base + last);
            batch.setPartitionLeaderEpoch(partition.getLeaderEpoch());
            try {
                partition.appendRecordsToLeader(
                        records,
                        AppendOrigin.RAFT_LEADER,
                        1,
                        RequestLocal.noCaching(),
                        VerificationGuard.SENTINEL,
                        TransactionVersion.TV_UNKNOWN);
                tellReaders(partition.topicPartition());
                return base;
            } catch (UnexpectedAppendOffsetException e) {
                // Somebody else was faster; the batch goes behind theirs.
                Thread.onSpinWait();
            }
        }
    }

    private void tellReaders(TopicPartition partition) {
        TopicPartitionOperationKey key = new TopicPartitionOperationKey(partition);
        replicas.delayedFetchPurgatory().checkAndComplete(key);
        replicas.delayedProducePurgatory().checkAndComplete(key);
    }
}
