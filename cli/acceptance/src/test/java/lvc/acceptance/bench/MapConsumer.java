package lvc.acceptance.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A program that reads a topic to its end into a HashMap: the cache that one writes in an afternoon. */
final class MapConsumer {
    private MapConsumer() {}

    /** How to start it in a process of its own, with the collector that lvc serve is started with. */
    static List<String> command(String brokers, String topic) {
        List<String> command = new ArrayList<>(BareConsumer.command(brokers, topic));
        command.set(command.indexOf("-XX:+UseParallelGC"), "-XX:+UseG1GC");
        command.set(command.indexOf(BareConsumer.class.getName()), MapConsumer.class.getName());
        return command;
    }

    /**
     * Reads.
     *
     * @param args brokers and a topic
     */
    public static void main(String[] args) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                args[0],
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "max.poll.records",
                10_000,
                "max.partition.fetch.bytes",
                8 << 20,
                "fetch.max.bytes",
                64 << 20);
        Map<String, byte[]> values = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(args[1]).stream()
                    .map(each -> new TopicPartition(args[1], each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    values.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
                }
            }
        }
        System.out.println(values.size());
    }
}
