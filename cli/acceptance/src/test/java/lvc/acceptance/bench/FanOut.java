package lvc.acceptance.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A process of many streams of changes. Writes records, one after the other, and prints how long it took from each
 * acknowledgement until all streams had the record: median and longest, in milliseconds. Then it holds the streams until it
 * is ended.
 */
final class FanOut {
    private static final long SECOND = 1_000_000_000;
    private static final int AT_ONCE = 200;
    private static final String MARK = "fan-out-";

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicLong last = new AtomicLong();

    private FanOut() {}

    static List<String> command(String brokers, String address, String topic, int streams, int records) {
        return List.of(
                Child.java(),
                "-XX:+UseG1GC",
                "-cp",
                Child.path("cli", "acceptance", "target", "test-classes")
                        + System.getProperty("path.separator")
                        + Child.path("cli", "app", "target", "lib", "*"),
                FanOut.class.getName(),
                brokers,
                address,
                topic,
                Integer.toString(streams),
                Integer.toString(records));
    }

    /**
     * Measures.
     *
     * @param args brokers, address of the cache, topic, number of streams, number of records
     */
    public static void main(String[] args) throws Exception {
        new FanOut().run(args[0], URI.create(args[1]), args[2], Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    }

    private void run(String brokers, URI cache, String topic, int streams, int records) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        Buffer request = Buffer.buffer(
                "GET /v2/topics/" + topic + "/changes?prefix=" + MARK + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        for (int opened = 0; opened < streams; opened += AT_ONCE) {
            for (int i = opened; i < Math.min(streams, opened + AT_ONCE); i++) {
                client.connect(cache.getPort(), cache.getHost()).onSuccess(socket -> {
                    socket.handler(this::hear);
                    socket.write(request);
                });
            }
            await(begun, Math.min(streams, opened + AT_ONCE));
        }
        long[] took = new long[records];
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 0), new StringSerializer(), new StringSerializer())) {
            for (int i = -20; i < records; i++) {
                received.set(0);
                producer.send(new ProducerRecord<>(topic, MARK + i, "v")).get();
                long acknowledged = System.nanoTime();
                await(received, streams);
                if (i >= 0) {
                    took[i] = last.get() - acknowledged;
                }
            }
        }
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT,
                "p50 %.1f ms, longest %.1f ms%n",
                took[took.length / 2] / 1e6,
                took[took.length - 1] / 1e6);
        LockSupport.park();
    }

    /** Events are small and far apart: each comes whole. */
    private void hear(Buffer part) {
        String text = part.toString(StandardCharsets.UTF_8);
        if (text.contains("snapshot-end")) {
            begun.incrementAndGet();
        } else if (text.contains("\"" + MARK)) {
            last.accumulateAndGet(System.nanoTime(), Math::max);
            received.incrementAndGet();
        }
    }

    private static void await(AtomicInteger count, int until) {
        long deadline = System.nanoTime() + 120 * SECOND;
        while (count.get() < until) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(count + " of " + until + " streams");
            }
            LockSupport.parkNanos(50_000);
        }
    }
}
