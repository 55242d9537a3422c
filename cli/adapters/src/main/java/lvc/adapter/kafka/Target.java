package lvc.adapter.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lvc.core.fault.Fault;
import lvc.core.record.Header;
import lvc.core.record.NewRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * What a writer must know of a topic.
 *
 * @param partitions how many
 * @param largestBatch bytes that the topic takes at once ({@code max.message.bytes})
 */
record Target(int partitions, int largestBatch) {
    private static final int USUAL_LARGEST_BATCH = 1 << 20;
    /** More than the headers of a batch, of its one record, and of each of its headers take. */
    private static final int FRAME = 200;

    /** Asks the cluster; a topic that is not there is a fault at once, not after the client's patience. */
    static Target find(Map<String, Object> connection, String topic, Duration timeout, String what) {
        String brokers = String.valueOf(connection.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        Admin admin = AdminClients.open(connection, timeout);
        try {
            Map<String, TopicDescription> found =
                    KafkaFaults.get(admin.describeTopics(List.of(topic)).allTopicNames(), what, brokers);
            int partitions = found.values().iterator().next().partitions().size();
            return new Target(partitions, largestBatch(admin, topic, what, brokers));
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** Who may write need not be allowed to see the settings: then it is what Redpanda and Kafka begin with. */
    private static int largestBatch(Admin admin, String topic, String what, String brokers) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            for (Config config : KafkaFaults.get(
                            admin.describeConfigs(List.of(resource)).all(), what, brokers)
                    .values()) {
                ConfigEntry entry = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
                if (entry != null && entry.value() != null) {
                    return Integer.parseInt(entry.value());
                }
            }
        } catch (Fault fault) {
            if (!(fault.getCause() instanceof AuthorizationException)) {
                throw fault;
            }
        }
        return USUAL_LARGEST_BATCH;
    }

    /**
     * Whether a record must travel alone. The client halves a batch that the topic finds too large by the client's own
     * batch size, which does not part a very large record from a small one that fitted in behind it: the two would be
     * sent again and again for ever (KAFKA-8350). Alone, a record that is too large is refused, and that is an end.
     */
    boolean travelsAlone(NewRecord made) {
        long size = FRAME + length(made.key()) + length(made.value());
        for (Header header : made.headers()) {
            size += FRAME + 3L * header.key().length() + length(header.value());
        }
        return size > largestBatch;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
