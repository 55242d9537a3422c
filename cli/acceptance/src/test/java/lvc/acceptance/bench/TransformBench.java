package lvc.acceptance.bench;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import lvc.adapter.kafka.RecordWriter;
import lvc.adapter.kafka.WriteCounts;
import lvc.adapter.kafka.WriteOptions;
import lvc.core.record.BadLine;
import lvc.core.record.RecordTemplate;
import lvc.core.transform.Module;
import lvc.sandbox.Sandbox;
import lvc.sandbox.SandboxOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The built-in transform against a plain loop that reads and writes, both in the JVM of the broker, one partition. The
 * rate is that of the output's growth, so neither start-up nor the deploy counts.
 */
final class TransformBench {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = 5_000_000;

    private final Benchmarks table;
    private final Path work;
    private final int rounds;

    TransformBench(Benchmarks table, Path work, int rounds) {
        this.table = table;
        this.work = work;
        this.rounds = rounds;
    }

    void run(int records) throws Exception {
        Path input = CommandBench.input(work.resolve("transform.txt"), records);
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.fresh());
                InputStream in = Files.newInputStream(input)) {
            create(sandbox, "in");
            new RecordWriter(connection(sandbox), WriteOptions.plain("in"), PATIENCE)
                    .write(RecordTemplate.parse("%k,%v").parser(in, 1 << 20), new Silent());
            List<Double> copied = new ArrayList<>();
            List<Double> transformed = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                copied.add(copy(sandbox, "copied" + round, records));
                transformed.add(transform(sandbox, "transformed" + round, records));
            }
            table.rates(
                    "built-in transform", Benchmarks.median(transformed), "a plain loop", Benchmarks.median(copied));
            table.row(
                    "built-in transform, cost per record from topic to topic",
                    microseconds(Benchmarks.median(transformed)),
                    "a plain loop " + microseconds(Benchmarks.median(copied)),
                    "");
            table.row("built-in module", Module.identity().bytes().length + " bytes", "", "");
        }
    }

    private static double transform(Sandbox sandbox, String output, int records) throws Exception {
        create(sandbox, output);
        CompletableFuture<Double> rate = watch(sandbox, output, records);
        String brokers = sandbox.brokers();
        String admin = sandbox.admin().toString();
        Child.seconds(Child.lvc(
                brokers,
                admin,
                "transform",
                "deploy",
                "to-" + output,
                "--input-topic",
                "in",
                "--output-topic",
                output,
                "--from-offset",
                "+0"));
        double measured = rate.get();
        Child.seconds(Child.lvc(brokers, admin, "transform", "delete", "to-" + output, "--yes"));
        return measured;
    }

    private static double copy(Sandbox sandbox, String output, int records) throws Exception {
        create(sandbox, output);
        CompletableFuture<Double> rate = watch(sandbox, output, records);
        AtomicBoolean done = new AtomicBoolean();
        Thread loop = new Thread(() -> loop(sandbox, output, done), "copy");
        loop.start();
        double measured = rate.get();
        done.set(true);
        loop.join();
        return measured;
    }

    private static void loop(Sandbox sandbox, String output, AtomicBoolean done) {
        Map<String, Object> reading = new HashMap<>(connection(sandbox));
        reading.put("isolation.level", "read_committed");
        reading.put("enable.auto.commit", false);
        Map<String, Object> writing = new HashMap<>(connection(sandbox));
        writing.put("linger.ms", 5);
        writing.put("batch.size", 256 * 1024);
        TopicPartition partition = new TopicPartition("in", 0);
        try (Consumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!done.get()) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
                    Future<RecordMetadata> unused =
                            producer.send(new ProducerRecord<>(output, each.key(), each.value()));
                }
            }
        }
    }

    /** Records per second from the first one seen in the output to the last. */
    private static CompletableFuture<Double> watch(Sandbox sandbox, String output, int records) {
        return CompletableFuture.supplyAsync(() -> {
            TopicPartition partition = new TopicPartition(output, 0);
            try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    connection(sandbox), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                long first = 0;
                long begun = 0;
                while (true) {
                    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                    long now = System.nanoTime();
                    if (end > 0 && first == 0) {
                        first = end;
                        begun = now;
                    }
                    if (end >= records) {
                        return (end - first) * 1e9 / (now - begun);
                    }
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            }
        });
    }

    private static Map<String, Object> connection(Sandbox sandbox) {
        return Map.of("bootstrap.servers", sandbox.brokers());
    }

    private static void create(Sandbox sandbox, String topic) throws Exception {
        try (Admin admin = Admin.create(connection(sandbox))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    /** Nobody watches. */
    private static final class Silent implements RecordWriter.Watcher {
        @Override
        public void at(WriteCounts counts) {}

        @Override
        public void skipped(BadLine line) {
            throw new IllegalStateException("a bad line in made input: " + line);
        }
    }

    private static String microseconds(double perSecond) {
        return String.format(Locale.ROOT, "%.2f µs", 1e6 / perSecond);
    }
}
