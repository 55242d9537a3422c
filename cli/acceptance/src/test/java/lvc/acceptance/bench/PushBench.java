package lvc.acceptance.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** From the acknowledgement of a record until a reader has it, in one process: one clock. */
final class PushBench {
    private static final int WARM_UP = 1_000;
    private static final int SINGLES = 1_000;
    private static final int BURSTS = 10;
    private static final int BURST = 1_000;
    private static final long SECOND = 1_000_000_000;
    private static final long BETWEEN = SECOND / 200;
    private static final String BEGUN = "begun";

    private final Benchmarks table;
    private final String brokers;
    /** Keys of this run. */
    private final String prefix = "push-" + ProcessHandle.current().pid() + "-";

    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    /** In nanoseconds: each single record in order of time, and the last one of the slowest burst. */
    private record Times(List<Long> singles, long slowestBurst) {
        String single() {
            return String.format(
                    Locale.ROOT,
                    "p50 %.2f ms, p99 %.2f ms",
                    singles.get(singles.size() / 2) / 1e6,
                    singles.get(singles.size() * 99 / 100) / 1e6);
        }

        String burst() {
            return String.format(Locale.ROOT, "longest of %d: %.1f ms", BURSTS, slowestBurst / 1e6);
        }
    }

    PushBench(Benchmarks table, String brokers) {
        this.table = table;
        this.brokers = brokers;
    }

    void run(RunningCache cache) throws Exception {
        Times bare = consumer();
        Times ours = stream(cache);
        String consumer = "a consumer of Kafka ";
        table.row(
                "from acknowledged to received by a stream, one record at a time",
                ours.single(),
                consumer + bare.single(),
                "");
        table.row(
                "the last of a burst of 1,000, after the last acknowledgement",
                ours.burst(),
                consumer + bare.burst(),
                "");
    }

    /** Reads from the socket: every event comes in a chunk of its own, or with others that are whole. */
    private Times stream(RunningCache cache) throws Exception {
        URI address = URI.create(cache.address);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET /v2/topics/" + ServedRecords.TOPIC + "/changes?prefix=" + prefix
                                    + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            Thread reader = reader(() -> {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:") && line.contains(prefix)) {
                        String key = line.substring(line.indexOf(prefix));
                        seen.put(key.substring(0, key.indexOf('"')), System.nanoTime());
                    } else if (line.startsWith("event: snapshot-end")) {
                        seen.put(BEGUN, System.nanoTime());
                    }
                }
            });
            return measure(prefix + "stream-", reader);
        }
    }

    /** What the same records take to somebody who reads the topic and nothing else. */
    private Times consumer() throws Exception {
        try (Consumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed", "enable.auto.commit", false),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(ServedRecords.TOPIC).stream()
                    .map(partition -> new TopicPartition(ServedRecords.TOPIC, partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
            Thread reader = reader(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    seen.put(BEGUN, System.nanoTime());
                    consumer.poll(Duration.ofMillis(100)).forEach(record -> seen.put(record.key(), System.nanoTime()));
                }
            });
            try {
                return measure(prefix + "bare-", reader);
            } finally {
                reader.interrupt();
                reader.join();
            }
        }
    }

    /** Reads until it is ended. */
    private interface Reading {
        void run() throws IOException;
    }

    private static Thread reader(Reading reading) {
        Thread reader = new Thread(() -> {
            try {
                reading.run();
            } catch (IOException e) {
                // The measurement is over, or waits in vain and says so.
                Thread.currentThread().interrupt();
            } catch (InterruptException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.setDaemon(true);
        return reader;
    }

    private Times measure(String keys, Thread reader) throws Exception {
        seen.clear();
        reader.start();
        await(BEGUN);
        try (Producer<String, String> producer = ServedRecords.producer(brokers, 0)) {
            List<Long> singles = new ArrayList<>();
            for (int i = -WARM_UP; i < SINGLES; i++) {
                String key = keys + "single-" + i;
                producer.send(new ProducerRecord<>(ServedRecords.TOPIC, key, ServedRecords.value(Math.abs(i))))
                        .get();
                long acknowledged = System.nanoTime();
                long event = await(key);
                if (i >= 0) {
                    singles.add(event - acknowledged);
                }
                LockSupport.parkNanos(BETWEEN);
            }
            long slowest = IntStream.range(0, BURSTS)
                    .mapToLong(burst -> burst(producer, keys + "burst-" + burst + "-"))
                    .max()
                    .orElseThrow();
            return new Times(singles.stream().sorted().toList(), slowest);
        }
    }

    private long burst(Producer<String, String> producer, String keys) {
        AtomicLong acknowledged = new AtomicLong();
        for (int i = 0; i < BURST; i++) {
            Object unused = producer.send(
                    new ProducerRecord<>(ServedRecords.TOPIC, keys + i, ServedRecords.value(i)),
                    (metadata, failure) -> acknowledged.set(System.nanoTime()));
        }
        producer.flush();
        return IntStream.range(0, BURST).mapToLong(i -> await(keys + i)).max().orElseThrow() - acknowledged.get();
    }

    private long await(String key) {
        long deadline = System.nanoTime() + 30 * SECOND;
        Long at = seen.get(key);
        while (at == null) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(key + " never came");
            }
            LockSupport.parkNanos(20_000);
            at = seen.get(key);
        }
        return at;
    }
}
