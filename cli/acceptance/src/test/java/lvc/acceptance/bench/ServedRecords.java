package lvc.acceptance.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The records that are served: 98 bytes each, a key of 12 and a value of 86. */
final class ServedRecords {
    static final String TOPIC = "serve";
    /** How often each key is written. */
    static final int TIMES = 5;
    /** Bytes of a value. */
    static final int VALUE = 86;

    private static final int PARTITIONS = 4;

    private ServedRecords() {}

    /** @param linger milliseconds */
    static Producer<String, String> producer(String brokers, int linger) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", brokers);
        settings.put("linger.ms", linger);
        settings.put("batch.size", 256 << 10);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    static String key(int number) {
        return String.format(Locale.ROOT, "u%07d.com", number);
    }

    static String value(long number) {
        return String.format(Locale.ROOT, "{\"n\":%09d,\"pad\":\"%s\"}", number, "x".repeat(63));
    }

    /** Creates a topic and fills it. */
    static void fill(String brokers, String topic, int records, int keys) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            NewTopic wanted = new NewTopic(topic, PARTITIONS, (short) 1).configs(Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(wanted)).all().get();
        }
        try (Producer<String, String> producer = producer(brokers, 10)) {
            for (int i = 0; i < records; i++) {
                // Spread over all keys without a random generator: every key once in each of the times.
                int key = (int) (i * 7_919L % keys);
                Object unused = producer.send(new ProducerRecord<>(topic, key(key), value(i)));
            }
        }
    }
}
