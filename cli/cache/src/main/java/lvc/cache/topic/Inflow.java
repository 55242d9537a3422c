package lvc.cache.topic;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import lvc.cache.store.Offsets;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/** What comes out of all partitions of a topic, from some offsets on, for ever. For one thread, but for {@link #stop}. */
final class Inflow implements AutoCloseable {
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMillis(100);
    /** Redpanda leaves readers one short of an end that is a transaction marker or compacted away (its issue 8698). */
    private static final Duration STUCK = Duration.ofSeconds(5);
    /** Answers come in the order of questions: what was asked for before the ends were is there by the next poll. */
    private static final int ASKED = 2;
    /** Longer than a fetch that waits for records, after which brokers answer; short, for it is waited for. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final List<TopicPartition> partitions;
    private Map<TopicPartition, Long> ends = Map.of();
    private final Duration answer;
    private final LongSupplier nanos;
    private Duration still = Duration.ZERO;
    private int asked;
    private Offsets reached;
    private Offsets granted = Offsets.NONE;

    /** @param from what is known already */
    Inflow(FeedSettings settings, String topic, int partitions, Offsets from) {
        this(
                new KafkaConsumer<>(properties(settings)),
                settings.timeout().compareTo(ANSWER) < 0 ? settings.timeout() : ANSWER,
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList(),
                from,
                System::nanoTime);
    }

    /**
     * The same out of a consumer that is there.
     *
     * @param answer how long brokers may need to say where partitions end
     * @param partitions in their order
     * @param nanos a clock that never goes back
     */
    Inflow(
            Consumer<ByteBuffer, ByteBuffer> consumer,
            Duration answer,
            List<TopicPartition> partitions,
            Offsets from,
            LongSupplier nanos) {
        this.consumer = consumer;
        this.answer = answer;
        this.nanos = nanos;
        this.reached = from;
        this.partitions = List.copyOf(partitions);
        consumer.assign(this.partitions);
        List<TopicPartition> fresh = this.partitions.stream()
                .filter(partition -> from.last(partition.partition()) < 0)
                .toList();
        if (!fresh.isEmpty()) {
            consumer.seekToBeginning(fresh);
        }
        for (TopicPartition partition : this.partitions) {
            if (!fresh.contains(partition)) {
                consumer.seek(partition, from.last(partition.partition()) + 1);
            }
        }
    }

    /**
     * Tuned to read whole topics: what a connection says wins, but not over what correctness needs. More at once is
     * slower, for it has to be put into memory that was not touched yet.
     */
    private static Map<String, Object> properties(FeedSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "lvc-serve");
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * MEBIBYTE);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * MEBIBYTE);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, MEBIBYTE);
        properties.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        properties.putAll(settings.connection());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteBufferDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteBufferDeserializer.class);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int)
                settings.timeout().toMillis());
        return properties;
    }

    /**
     * Remembers where the partitions end now: what {@link #caughtUp} asks for.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException when nobody says so in time
     */
    void captureEnds() {
        ends = consumer.endOffsets(partitions, answer);
    }

    /** Whether more is known than there was when the ends were captured: then it is not of this topic as it is now. */
    boolean isPastTheEnd() {
        return partitions.stream()
                .anyMatch(partition ->
                        reached.last(partition.partition()) >= ends.getOrDefault(partition, Long.MAX_VALUE));
    }

    /**
     * Waits a little for records.
     *
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException when the partition does not have what comes next
     */
    ConsumerRecords<ByteBuffer, ByteBuffer> poll() {
        long begun = nanos.getAsLong();
        ConsumerRecords<ByteBuffer, ByteBuffer> records = consumer.poll(PATIENCE);
        still = still.plusNanos(Math.min(nanos.getAsLong() - begun, PATIENCE.toNanos()));
        return records;
    }

    /** How far the partitions are read, whatever was there: asked after every poll. */
    Offsets reached() {
        long[] last = new long[partitions.size()];
        for (int i = 0; i < last.length; i++) {
            last[i] = Math.max(consumer.position(partitions.get(i)) - 1, granted.last(i));
        }
        Offsets now = Offsets.of(last);
        if (!now.equals(reached)) {
            still = Duration.ZERO;
            asked = 0;
            reached = now;
        }
        return now;
    }

    /**
     * For how long it was waited for records and nothing has come. What a process that is stopped or busy elsewhere lets
     * pass does not count: nothing could come then.
     */
    Duration still() {
        return still;
    }

    /**
     * Whether all partitions are read up to where they ended when that was captured. Where nothing comes any more, no
     * partition is more than one short, and the brokers name the same end again and again, that is the end as well.
     */
    boolean caughtUp() {
        boolean there = within(0);
        if (there || still().compareTo(STUCK) < 0 || !within(1)) {
            return there;
        }
        Map<TopicPartition, Long> before = ends;
        captureEnds();
        asked = before.equals(ends) ? asked + 1 : 0;
        if (asked < ASKED) {
            return false;
        }
        long[] last = new long[partitions.size()];
        for (int i = 0; i < last.length; i++) {
            last[i] = ends.getOrDefault(partitions.get(i), 0L) - 1;
        }
        granted = Offsets.of(last);
        return true;
    }

    private boolean within(long missing) {
        return partitions.stream()
                .allMatch(partition ->
                        reached.last(partition.partition()) + 1 + missing >= ends.getOrDefault(partition, 0L));
    }

    /** Ends a poll that is going on in another thread. */
    void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
