package lvc.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import lvc.cache.http.Writes;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes with one idempotent producer: what was acknowledged is on as many brokers as the topic wants. */
final class KafkaWrites implements Writes, AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Executor threads;

    /**
     * Opens no connection yet.
     *
     * @param threads where it may wait for the brokers to say who leads a partition
     */
    KafkaWrites(Map<String, Object> connection, Duration timeout, Executor threads) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "lvc-serve-writes");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeout.toMillis() * 2);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.threads = threads;
    }

    @Override
    public CompletionStage<Written> write(String topic, byte[] key, byte @Nullable [] value) {
        CompletableFuture<Written> written = new CompletableFuture<>();
        threads.execute(() -> send(new ProducerRecord<>(topic, key, value), written));
        return written;
    }

    private void send(ProducerRecord<byte[], byte[]> record, CompletableFuture<Written> written) {
        try {
            Object unused = producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    written.complete(new Written(metadata.partition(), metadata.offset()));
                } else {
                    written.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            written.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
