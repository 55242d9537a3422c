package lvc.adapter.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer properties of a reader: large fetches, because whole topics are read. */
final class ReaderSettings {
    private static final int MEBIBYTE = 1 << 20;

    private ReaderSettings() {}

    /** What the connection says wins over the tuning, but not over what correctness needs. */
    static Map<String, Object> of(Map<String, Object> connection, boolean committed, Duration timeout) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "lvc");
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 64 * MEBIBYTE);
        // Much more of one partition at once would outlive the youngest garbage and be copied about by the collector.
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * MEBIBYTE);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        // Finding leaders takes a few tries; with the usual 100 ms between them a short read would mostly wait.
        settings.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        settings.putAll(connection);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        IsolationLevel isolation = committed ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        return settings;
    }

    /** The same as a member of a group, which begins where the group left off. */
    static Map<String, Object> ofGroup(
            Map<String, Object> connection, boolean committed, Duration timeout, String group, boolean fromStart) {
        Map<String, Object> settings = of(connection, committed, timeout);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, fromStart ? "earliest" : "latest");
        return settings;
    }
}
