package lvc.adapter.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer properties of a writer: large batches, in order, each acknowledged by all in-sync replicas. */
final class WriterSettings {
    private static final int KIBIBYTE = 1 << 10;
    private static final int MEBIBYTE = 1 << 20;

    private WriterSettings() {}

    /** What the connection says wins over the tuning, but not over what correctness needs. */
    static Map<String, Object> of(
            Map<String, Object> connection, String compression, int largestBatch, Duration timeout) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "lvc");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * KIBIBYTE);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        // More records under way would only mean more that fall out of the processor's caches before they are done.
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L * MEBIBYTE);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * MEBIBYTE);
        settings.put(ProducerConfig.SEND_BUFFER_CONFIG, -1);
        settings.putAll(connection);
        if (largestBatch < 256 * KIBIBYTE) {
            settings.put(ProducerConfig.BATCH_SIZE_CONFIG, largestBatch);
        }
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout.toMillis());
        // A batch may wait long behind others while all goes well. Whether anything moves is watched by the writer.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(timeout.toMillis(), 30_000));
        return settings;
    }
}
