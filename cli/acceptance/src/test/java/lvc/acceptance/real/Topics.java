package lvc.acceptance.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Topics as Apache Kafka's own Java client creates, writes and reads them. */
record Topics(String brokers) {

    /** A record as tests compare it; keys, values and header values may be null, and null is not the empty text. */
    record Entry(
            int partition, @Nullable String key, @Nullable String value, List<String> headers) {

        static Entry of(int partition, @Nullable String key, @Nullable String value, String... headers) {
            return new Entry(partition, key, value, List.of(headers));
        }

        private static Entry of(ConsumerRecord<byte[], byte[]> record) {
            return new Entry(
                    record.partition(),
                    text(record.key()),
                    text(record.value()),
                    Arrays.stream(record.headers().toArray())
                            .map(header -> header.key() + "=" + text(header.value()))
                            .toList());
        }
    }

    /** Creates topics of one replica. */
    void create(int partitions, String... names) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(Arrays.stream(names)
                            .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }

    /**
     * Writes records and waits for their acknowledgement.
     *
     * @param entries a negative partition lets the producer choose by key; headers are {@code key=value}, and
     *     {@code key=null} is a header without a value
     */
    void produce(String topic, Collection<Entry> entries) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Entry entry : entries) {
                sent.add(producer.send(record(topic, entry)));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing", e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, Entry entry) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, entry.partition() < 0 ? null : entry.partition(), bytes(entry.key()), bytes(entry.value()));
        for (String header : entry.headers()) {
            String[] parts = header.split("=", 2);
            record.headers().add(parts[0], parts[1].equals("null") ? null : bytes(parts[1]));
        }
        return record;
    }

    /** Everything that stands in a topic now, partition by partition, in order. */
    List<Entry> read(String topic) {
        return raw(topic).stream().map(Entry::of).toList();
    }

    /** Everything that stands in a topic now, partition by partition, in order, as the client gives it. */
    List<ConsumerRecord<byte[], byte[]>> raw(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(
                            0, consumer.partitionsFor(topic).size())
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = ends.getOrDefault(partition, 0L);
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
            return records;
        }
    }

    /** Sum of the high watermarks. */
    long size(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(one -> new TopicPartition(topic, one.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
