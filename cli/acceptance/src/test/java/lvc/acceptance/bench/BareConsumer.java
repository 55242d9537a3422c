package lvc.acceptance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A program that reads topics to their ends, each in a thread of its own, and does nothing with the records but count. */
final class BareConsumer {

    private BareConsumer() {}

    /** How to start it in a process of its own, with the options that lvc is started with. */
    static List<String> command(String brokers, String... topics) {
        List<String> command = new ArrayList<>(List.of(
                Child.java(),
                "-XX:+UseParallelGC",
                "-Xshare:auto",
                "-cp",
                Child.path("cli", "acceptance", "target", "test-classes")
                        + System.getProperty("path.separator")
                        + Child.path("cli", "app", "target", "lib", "*"),
                BareConsumer.class.getName(),
                brokers));
        command.addAll(Arrays.asList(topics));
        return command;
    }

    /**
     * Counts.
     *
     * @param args brokers and topics
     */
    public static void main(String[] args) {
        List<CompletableFuture<Long>> counts = Arrays.stream(args)
                .skip(1)
                .map(topic -> CompletableFuture.supplyAsync(() -> count(args[0], topic)))
                .toList();
        long sum = counts.stream().mapToLong(CompletableFuture::join).sum();
        System.out.println(sum);
    }

    private static long count(String brokers, String topic) {
        long[] count = {0};
        read(brokers, topic, records -> count[0] += records.count());
        return count[0];
    }

    /** Reads a topic to where it ends now. */
    static void read(String brokers, String topic, java.util.function.Consumer<ConsumerRecords<byte[], byte[]>> each) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                brokers,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "max.poll.records",
                10_000,
                "max.partition.fetch.bytes",
                2 << 20,
                "fetch.max.bytes",
                8 << 20);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                each.accept(consumer.poll(Duration.ofMillis(100)));
            }
        }
    }
}
