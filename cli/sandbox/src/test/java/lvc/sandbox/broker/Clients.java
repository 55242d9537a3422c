package lvc.sandbox.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/** Plain Kafka clients, as strangers would use them. */
final class Clients implements AutoCloseable {

    private final String bootstrap;
    private final Admin admin;
    private final KafkaProducer<String, String> producer;

    Clients(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.producer = producer(Map.of());
    }

    Admin admin() {
        return admin;
    }

    String bootstrap() {
        return bootstrap;
    }

    KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", bootstrap, "linger.ms", 0));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    void create(String topic, int partitions, Map<String, String> settings) {
        await(() -> admin.createTopics(List.of(new NewTopic(topic, partitions, (short) -1).configs(settings)))
                .all());
    }

    void delete(String topic) {
        await(() -> admin.deleteTopics(List.of(topic)).all());
    }

    RecordMetadata produce(String topic, @Nullable String key, @Nullable String value) {
        return await(() -> producer.send(new ProducerRecord<>(topic, key, value)));
    }

    /** Everything in partition 0, as {@code offset:key=value}. */
    List<String> consume(String topic) {
        return consumeRecords(topic, 0).stream()
                .map(each -> each.offset() + ":" + each.key() + "="
                        + (each.value() == null ? null : new String(each.value(), UTF_8)))
                .toList();
    }

    List<ConsumerRecord<String, byte[]>> consumeRecords(String topic, int partition) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer("earliest")) {
            TopicPartition only = new TopicPartition(topic, partition);
            consumer.assign(List.of(only));
            long end = requireNonNull(consumer.endOffsets(List.of(only)).get(only));
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    KafkaConsumer<String, byte[]> consumer(String reset) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "auto.offset.reset",
                        reset,
                        "isolation.level",
                        "read_committed",
                        "fetch.max.wait.ms",
                        50),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The outcome of a call, with its own exception instead of a wrapped one. */
    static <T> T await(Supplier<? extends java.util.concurrent.Future<T>> call) {
        try {
            return call.get().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}
