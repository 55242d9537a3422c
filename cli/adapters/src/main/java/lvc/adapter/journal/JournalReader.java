package lvc.adapter.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads what is committed, up to the end of the journal as it is when a read begins. Not for several threads. */
final class JournalReader implements AutoCloseable {
    private static final String WHAT = "the journal was not read";
    private static final TopicPartition PARTITION = new TopicPartition(KafkaJournal.TOPIC, 0);
    private static final List<TopicPartition> ALL = List.of(PARTITION);
    private static final Duration TICK = Duration.ofMillis(200);
    /** Offsets to look at first from the end; an entry and the end of its transaction take two. */
    private static final long TAIL = 16;

    private final String brokers;
    private final Duration timeout;
    private final boolean known;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param known whether the journal is there: then no broker is believed that has not heard of it */
    JournalReader(Map<String, Object> connection, Duration timeout, boolean known) {
        this.brokers = String.valueOf(connection.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.timeout = timeout;
        this.known = known;
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "lvc");
        settings.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        settings.putAll(connection);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        try {
            this.consumer = new KafkaConsumer<>(settings);
        } catch (KafkaException e) {
            throw Fault.usage(
                            "no Kafka client with these settings",
                            JournalFaults.said(e),
                            "look at the kafka.* lines of config.properties (lvc config shows what is used)")
                    .causedBy(e);
        }
    }

    /** All entries, in order. */
    void read(Consumer<Entry> each) {
        try {
            if (exists()) {
                long first = offset(consumer.beginningOffsets(ALL));
                if (first > 0) {
                    throw cutOff(first);
                }
                part(first, end(), record -> each.accept(entry(record)));
            }
        } catch (KafkaException e) {
            throw JournalFaults.of(e, WHAT, brokers);
        }
    }

    /** What is gone may have been a run that left a cache half way, or one that has not ended. */
    private static Fault cutOff(long first) {
        return Fault.refused(
                "the journal is incomplete",
                KafkaJournal.TOPIC + " begins at offset " + first + ": retention or a person has taken away what was"
                        + " before, and nobody knows whether a cache is whole",
                "look at what is left of it: lvc consume " + KafkaJournal.TOPIC + " --offset :end; when the hot topics"
                        + " are known to be whole and no fence is up, delete " + KafkaJournal.TOPIC
                        + ", and lvc makes a new one");
    }

    /** The last entry; each look reaches sixteen times as far back as the one before. */
    Optional<Entry> last() {
        try {
            if (!exists()) {
                return Optional.empty();
            }
            long first = offset(consumer.beginningOffsets(ALL));
            long until = end();
            for (long back = TAIL; until > first; back *= TAIL) {
                long from = Math.max(first, until - back);
                Newest newest = new Newest();
                part(from, until, newest);
                if (newest.record != null) {
                    return Optional.of(entry(newest.record));
                }
                until = from;
            }
            return Optional.empty();
        } catch (KafkaException e) {
            throw JournalFaults.of(e, WHAT, brokers);
        }
    }

    /** An interrupt of this thread stays pending, but does not keep connections open. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean exists() {
        if (!known && consumer.partitionsFor(KafkaJournal.TOPIC).isEmpty()) {
            return false;
        }
        consumer.assign(ALL);
        return true;
    }

    private long end() {
        return offset(consumer.endOffsets(ALL));
    }

    private static long offset(Map<TopicPartition, Long> offsets) {
        Long offset = offsets.get(PARTITION);
        if (offset == null) {
            throw new IllegalStateException("the client left out " + PARTITION);
        }
        return offset;
    }

    private void part(long from, long until, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.seek(PARTITION, from);
        long position = from;
        long moved = System.nanoTime();
        while (position < until) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TICK).records(PARTITION)) {
                if (record.offset() < until) {
                    each.accept(record);
                }
            }
            long now = consumer.position(PARTITION);
            if (now > position) {
                position = now;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved >= timeout.toNanos()) {
                throw Fault.unreachable(
                        WHAT + " to its end",
                        "nothing came from offset " + position + " on, and it should until " + until + ", for "
                                + timeout.toSeconds() + " s at " + brokers,
                        "is the broker up? lvc status, --timeout");
            }
        }
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        return JournalLine.read(
                record.value() == null ? new byte[0] : record.value(),
                "the line at offset " + record.offset() + " of " + KafkaJournal.TOPIC);
    }

    private static final class Newest implements Consumer<ConsumerRecord<byte[], byte[]>> {
        private @Nullable ConsumerRecord<byte[], byte[]> record;

        @Override
        public void accept(ConsumerRecord<byte[], byte[]> next) {
            record = next;
        }
    }
}
