package lvc.acceptance.recreate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A writer as the documents advise: whatever is not acknowledged is sent again until it is, kept away by a fence or
 * not. Nobody else writes its keys, and no key is sent again before its last record was acknowledged: so what was
 * acknowledged last must be what a cache holds.
 */
final class Writer implements AutoCloseable {
    private static final int BATCH = 20;
    private static final int TOMBSTONES = 10;
    private static final long BETWEEN_BATCHES_MS = 50;
    private static final int PATIENCE_SECONDS = 60;

    private final String topic;
    private final String prefix;
    private final int keys;
    private final Random random;
    private final KafkaProducer<String, String> producer;
    private final Map<String, String> held = new HashMap<>();
    private final Map<String, String> unacknowledged = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicBoolean broken = new AtomicBoolean();
    private boolean deletes = true;
    private long sequence;

    /** @param prefix what its keys begin with */
    Writer(Map<String, Object> connection, String topic, String prefix, int keys) {
        this.topic = topic;
        this.prefix = prefix;
        this.keys = keys;
        this.random = new Random(prefix.hashCode());
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put("linger.ms", 0);
        settings.put("max.block.ms", 2_000);
        settings.put("request.timeout.ms", 1_000);
        settings.put("delivery.timeout.ms", 2_000);
        settings.put("metadata.max.age.ms", 1_000);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** From now on no key is deleted. */
    Writer keeping() {
        deletes = false;
        return this;
    }

    /** Writes every key once, and some of them once more, some as tombstones. */
    void fill() {
        for (int key = 0; key < keys; key++) {
            unacknowledged.put(prefix + key, value());
            if (unacknowledged.size() == 5_000) {
                sendAll();
            }
        }
        sendAll();
        for (int i = 0; i < keys / 3; i++) {
            change();
            if (unacknowledged.size() >= 5_000) {
                sendAll();
            }
        }
        sendAll();
    }

    /** Goes on writing in the background. */
    void start() {
        Future<?> unused = clock.scheduleWithFixedDelay(this::once, 0, BETWEEN_BATCHES_MS, TimeUnit.MILLISECONDS);
    }

    /** Stops when all is acknowledged. */
    void stop() {
        clock.shutdown();
        try {
            assertThat(clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!unacknowledged.isEmpty() && System.nanoTime() < deadline) {
            send();
        }
        assertThat(broken).as("the writer met what it did not expect").isFalse();
        assertThat(unacknowledged).as("records that never got in").isEmpty();
    }

    /** Live keys with the values that were acknowledged last. */
    Map<String, String> held() {
        Map<String, String> live = new TreeMap<>(held);
        live.values().removeIf(String::isEmpty);
        return live;
    }

    /** How often a record was refused because of the fence. */
    long refused() {
        return refused.get();
    }

    long acknowledged() {
        return acknowledged.get();
    }

    private void once() {
        try {
            while (unacknowledged.size() < BATCH) {
                change();
            }
            send();
        } catch (RuntimeException e) {
            broken.set(true);
            throw e;
        }
    }

    private void change() {
        String key = prefix + random.nextInt(keys);
        unacknowledged.putIfAbsent(key, deletes && random.nextInt(TOMBSTONES) == 0 ? "" : value());
    }

    private String value() {
        return "v" + ++sequence;
    }

    private void sendAll() {
        while (!unacknowledged.isEmpty()) {
            send();
        }
    }

    /** One try for all that is not acknowledged. */
    private void send() {
        Map<String, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        unacknowledged.forEach((key, value) ->
                sent.put(key, producer.send(new ProducerRecord<>(topic, key, value.isEmpty() ? null : value))));
        producer.flush();
        for (Map.Entry<String, Future<RecordMetadata>> each : List.copyOf(sent.entrySet())) {
            if (arrived(each.getValue())) {
                acknowledged.incrementAndGet();
                held.put(each.getKey(), unacknowledged.remove(each.getKey()));
            }
        }
    }

    private boolean arrived(Future<RecordMetadata> future) {
        try {
            future.get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicAuthorizationException) {
                refused.incrementAndGet();
            } else if (!(e.getCause() instanceof RetriableException)) {
                throw new IllegalStateException("a write failed for good", e);
            }
            return false;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
    }
}
