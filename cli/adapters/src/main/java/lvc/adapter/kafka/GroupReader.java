package lvc.adapter.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import lvc.core.record.OffsetRange;
import lvc.core.record.OffsetRange.BeforeEnd;
import lvc.core.record.OffsetRange.Place;
import lvc.core.record.RecordSink;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads a topic as a member of a consumer group, beginning where the group left off. What has been flushed to the sink
 * is committed; what was not may be read again by whoever comes next, but nothing is skipped.
 */
public final class GroupReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

    private final Map<String, Object> connection;
    private final String brokers;
    private final String group;
    private final Duration timeout;
    private final StopSwitch stop = new StopSwitch();

    /**
     * Opens no connection yet.
     *
     * @param connection client properties: bootstrap.servers and, where needed, security
     * @param timeout how long the cluster may give no answer
     */
    public GroupReader(Map<String, Object> connection, String group, Duration timeout) {
        this.connection = Map.copyOf(connection);
        this.brokers = String.valueOf(connection.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.group = group;
        this.timeout = timeout;
    }

    /**
     * Reads until enough records were read or {@link #close} is called from another thread.
     *
     * @param options the range may only say where a group without offsets begins: start or end
     * @throws IOException of the sink as it is
     * @throws Fault USAGE for a range or partitions that a group cannot have, else as {@link RecordReader#read}
     * @throws Pause.Interrupted when this thread is interrupted
     */
    public ReadSummary read(ReadOptions options, RecordSink sink) throws IOException {
        String what = "topic " + options.topic() + " not read as group " + group;
        Map<String, Object> settings =
                ReaderSettings.ofGroup(connection, options.committed(), timeout, group, beginsAtStart(options, what));
        Consumer<byte[], byte[]> consumer = Clients.make(settings, KafkaConsumer::new);
        Reading reading = new Reading(consumer, options, sink);
        try {
            stop.guard(consumer);
            if (consumer.partitionsFor(options.topic(), timeout).isEmpty()) {
                throw Fault.failed(
                        what,
                        "there is no topic " + options.topic() + " at " + brokers,
                        "lvc create-topics, or lvc status");
            }
            reading.untilStopped();
        } catch (WakeupException stopped) {
            // close() was called before reading began
        } catch (InterruptException interrupted) {
            throw new Pause.Interrupted();
        } catch (KafkaException e) {
            throw KafkaFaults.of(e, what, brokers);
        } finally {
            stop.close(consumer, timeout);
        }
        return new ReadSummary(reading.records, Map.of(), Map.of());
    }

    private static boolean beginsAtStart(ReadOptions options, String what) {
        Place from = options.range().from();
        boolean fromEnd = from.equals(new BeforeEnd(0));
        if (options.range().ends() || !(fromEnd || from.equals(OffsetRange.ALL_AND_FOLLOW.from()))) {
            throw Fault.usage(
                    what,
                    "a group begins where it left off; the offset can only say where a new group begins",
                    "use --offset start or --offset end with --group, or leave --group out");
        }
        if (!options.partitions().isEmpty()) {
            throw Fault.usage(
                    what,
                    "the members of a group are given their partitions by the cluster",
                    "leave out --partition or --group");
        }
        return !fromEnd;
    }

    /** Stops a read that another thread is in; it ends normally. */
    @Override
    public void close() {
        stop.pull();
    }

    /** One membership. */
    private final class Reading implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;
        private final ReadOptions options;
        private final RecordSink sink;
        private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
        private long records;
        private long moved = System.nanoTime();
        private long committed = System.nanoTime();

        Reading(Consumer<byte[], byte[]> consumer, ReadOptions options, RecordSink sink) {
            this.consumer = consumer;
            this.options = options;
            this.sink = sink;
        }

        void untilStopped() throws IOException {
            consumer.subscribe(List.of(options.topic()), this);
            try {
                while (records < options.most() && !stop.isPulled()) {
                    take(consumer.poll(POLL));
                    if (since(committed).compareTo(BETWEEN_COMMITS) >= 0) {
                        commit();
                    }
                    if (since(moved).compareTo(timeout) >= 0) {
                        consumer.partitionsFor(options.topic(), timeout);
                        moved = System.nanoTime();
                    }
                }
            } catch (WakeupException stopped) {
                // close() was called: what has been read stands
            }
            try {
                commit();
            } catch (WakeupException pending) {
                commit();
            }
        }

        private void take(ConsumerRecords<byte[], byte[]> batch) throws IOException {
            if (batch.isEmpty()) {
                return;
            }
            moved = System.nanoTime();
            Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> each : batch) {
                if (records == options.most()) {
                    break;
                }
                sink.accept(RecordReader.stored(each));
                records++;
                read.put(new TopicPartition(each.topic(), each.partition()), new OffsetAndMetadata(each.offset() + 1));
            }
            sink.flush();
            uncommitted.putAll(read);
        }

        private void commit() {
            committed = System.nanoTime();
            if (!uncommitted.isEmpty()) {
                try {
                    consumer.commitSync(Map.copyOf(uncommitted), timeout);
                    uncommitted.clear();
                } catch (RebalanceInProgressException later) {
                    // tried again with the next commit, or when the partitions are taken away
                }
            }
        }

        private static Duration since(long nanos) {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit();
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            uncommitted.keySet().removeAll(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            moved = System.nanoTime();
        }
    }
}
