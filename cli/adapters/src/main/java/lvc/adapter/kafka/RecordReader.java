package lvc.adapter.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lvc.adapter.kafka.ReadSummary.Span;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import lvc.core.record.RecordSink;
import lvc.core.record.StoredRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;

/**
 * Reads the records of a topic without joining a group.
 *
 * <p>The ends are captured once, before reading. A partition is done when the consumer's <em>position</em> has reached
 * its end, never when some last record was seen: the last offset may be a transaction marker, an aborted record or
 * compacted away.
 */
public final class RecordReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> connection;
    private final String brokers;
    private final Duration timeout;
    private final StopSwitch stop = new StopSwitch();

    /**
     * Opens no connection yet.
     *
     * @param connection client properties: bootstrap.servers and, where needed, security
     * @param timeout how long the cluster may give no answer
     */
    public RecordReader(Map<String, Object> connection, Duration timeout) {
        this.connection = Map.copyOf(connection);
        this.brokers = String.valueOf(connection.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.timeout = timeout;
    }

    /**
     * Reads until the range ends, enough records were read, or {@link #close} is called from another thread. What was
     * read has been flushed to the sink when this returns or throws, unless the sink itself failed.
     *
     * @throws IOException of the sink as it is; {@link lvc.core.record.ReaderGone} means that nobody wants more
     * @throws Fault UNREACHABLE without an answer in time, FAILED when there is no such topic or partition or when
     *     records vanished before they were read
     * @throws Pause.Interrupted when this thread is interrupted
     */
    public ReadSummary read(ReadOptions options, RecordSink sink) throws IOException {
        String what = "topic " + options.topic() + " not read";
        Consumer<byte[], byte[]> consumer =
                Clients.make(ReaderSettings.of(connection, options.committed(), timeout), KafkaConsumer::new);
        try {
            stop.guard(consumer);
            List<TopicPartition> partitions = partitions(consumer, options, what);
            Map<TopicPartition, Span> spans = Spans.assign(consumer, partitions, options.range(), timeout);
            return new Reading(consumer, spans, options, sink).toTheEnd();
        } catch (WakeupException stopped) {
            return new ReadSummary(0, Map.of(), Map.of());
        } catch (OffsetOutOfRangeException e) {
            throw Fault.failed(
                            what + " to its end",
                            "records were deleted before they were read, or the topic was created again: "
                                    + e.offsetOutOfRangePartitions(),
                            "lvc status, then the same command again")
                    .causedBy(e);
        } catch (KafkaException e) {
            throw KafkaFaults.of(e, what, brokers);
        } finally {
            // A reader without a group has nothing to tell the brokers that would be worth waiting for.
            stop.close(consumer, Duration.ZERO);
        }
    }

    private List<TopicPartition> partitions(Consumer<?, ?> consumer, ReadOptions options, String what) {
        List<PartitionInfo> found = consumer.partitionsFor(options.topic(), timeout);
        if (found == null || found.isEmpty()) {
            throw Fault.failed(
                    what,
                    "there is no topic " + options.topic() + " at " + brokers,
                    "lvc create-topics, or lvc status");
        }
        Set<Integer> missing = new HashSet<>(options.partitions());
        List<TopicPartition> wanted = new ArrayList<>();
        for (PartitionInfo each : found) {
            if (options.partitions().isEmpty() || missing.remove(each.partition())) {
                wanted.add(new TopicPartition(options.topic(), each.partition()));
            }
        }
        if (!missing.isEmpty()) {
            throw Fault.failed(
                    what,
                    "there is no partition " + missing.iterator().next() + ": the topic has " + found.size()
                            + ", counted from 0",
                    "choose from 0 to " + (found.size() - 1));
        }
        return wanted;
    }

    /** Stops a read that another thread is in; it ends normally, with what it has. */
    @Override
    public void close() {
        stop.pull();
    }

    /** A record as the core knows it. */
    static StoredRecord stored(ConsumerRecord<byte[], byte[]> read) {
        Header[] headers = read.headers().toArray();
        List<lvc.core.record.Header> list = List.of();
        if (headers.length > 0) {
            list = new ArrayList<>(headers.length);
            for (Header header : headers) {
                list.add(new lvc.core.record.Header(header.key(), header.value()));
            }
        }
        return new StoredRecord(
                read.topic(),
                read.partition(),
                read.offset(),
                read.timestamp(),
                read.key(),
                read.value(),
                list,
                read.timestampType() == TimestampType.LOG_APPEND_TIME);
    }

    /** One read. */
    private final class Reading {
        private final Consumer<byte[], byte[]> consumer;
        private final Map<TopicPartition, Span> spans;
        private final ReadOptions options;
        private final RecordSink sink;
        private final Set<TopicPartition> open;
        private final Map<TopicPartition, Long> positions = new HashMap<>();
        private long records;
        private long moved = System.nanoTime();

        Reading(
                Consumer<byte[], byte[]> consumer,
                Map<TopicPartition, Span> spans,
                ReadOptions options,
                RecordSink sink) {
            this.consumer = consumer;
            this.spans = spans;
            this.options = options;
            this.sink = sink;
            this.open = new HashSet<>(consumer.assignment());
        }

        ReadSummary toTheEnd() throws IOException {
            Map<Integer, Long> unread = Map.of();
            try {
                while (!open.isEmpty() && records < options.most() && !stop.isPulled()) {
                    take(consumer.poll(POLL));
                    closeThoseAtTheirEnd();
                    if (!open.isEmpty() && idle().compareTo(timeout) >= 0) {
                        unread = askWhetherAnyoneIsThere();
                    }
                }
            } catch (WakeupException stopped) {
                // close() was called: what has been read stands
            } catch (InterruptException interrupted) {
                sink.flush();
                throw new Pause.Interrupted();
            }
            sink.flush();
            Map<Integer, Span> read = new TreeMap<>();
            spans.forEach((partition, span) -> read.put(partition.partition(), span));
            return new ReadSummary(records, read, unread);
        }

        private void take(ConsumerRecords<byte[], byte[]> batch) throws IOException {
            if (batch.isEmpty()) {
                return;
            }
            moved = System.nanoTime();
            for (TopicPartition partition : batch.partitions()) {
                Span span = spans.get(partition);
                if (span == null) {
                    throw new IllegalStateException("records of " + partition + ", which was never assigned");
                }
                for (ConsumerRecord<byte[], byte[]> each : batch.records(partition)) {
                    if (each.offset() >= span.until() || records == options.most()) {
                        break;
                    }
                    if (each.offset() >= span.from()) {
                        sink.accept(stored(each));
                        records++;
                    }
                }
            }
            sink.flush();
        }

        private void closeThoseAtTheirEnd() {
            List<TopicPartition> done = new ArrayList<>();
            for (TopicPartition partition : open) {
                long position = consumer.position(partition, timeout);
                Long before = positions.put(partition, position);
                if (before == null || before != position) {
                    moved = System.nanoTime();
                }
                Span span = spans.get(partition);
                if (span != null && position >= span.until()) {
                    done.add(partition);
                }
            }
            if (!done.isEmpty()) {
                consumer.pause(done);
                open.removeAll(done);
            }
        }

        private Duration idle() {
            return Duration.ofNanos(System.nanoTime() - moved);
        }

        /**
         * Nothing has come for the whole timeout. An answer to this question proves that the leaders are there: then
         * following goes on, and a read with an end gives up on what cannot be read.
         */
        private Map<Integer, Long> askWhetherAnyoneIsThere() {
            consumer.endOffsets(open, timeout);
            moved = System.nanoTime();
            if (!options.range().ends()) {
                return Map.of();
            }
            Map<Integer, Long> unread = new TreeMap<>();
            for (TopicPartition partition : open) {
                unread.put(partition.partition(), consumer.position(partition, timeout));
            }
            open.clear();
            return unread;
        }
    }
}
