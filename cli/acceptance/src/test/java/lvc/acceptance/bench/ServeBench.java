package lvc.acceptance.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Serving: a topic of records of 98 bytes, key and value, a fifth of them keys, each written five times, in four
 * partitions. Everything shares two cores: the broker, the cache and whoever asks it.
 */
final class ServeBench {
    private static final int PARTITIONS = 4;
    private static final int TIMES = 5;
    private static final int FEW = 1_000;
    private static final int SINGLES = 500;
    private static final int BURST = 1_000;
    private static final int CONNECTIONS = 32;
    private static final int LISTINGS = 5;
    private static final long SECOND = 1_000_000_000;
    private static final String TOPIC = "serve";

    private final Benchmarks table;
    private final Path work;
    private final int rounds;

    ServeBench(Benchmarks table, Path work, int rounds) {
        this.table = table;
        this.work = work;
        this.rounds = rounds;
    }

    void run(int records) throws Exception {
        try (RunningSandbox sandbox = RunningSandbox.start(work)) {
            int keys = records / TIMES;
            fill(sandbox, TOPIC, records, keys);
            fill(sandbox, "few", FEW, FEW);
            load(sandbox, records);
            memory(sandbox, keys);
            warm(sandbox, records);
            try (RunningCache cache = RunningCache.start(sandbox, TOPIC, work)) {
                gets(cache, keys);
                push(sandbox, cache);
                listings(sandbox, cache);
            }
            try (RunningCache cache = RunningCache.start(sandbox, "few", work)) {
                streams(sandbox, cache, 1_000, 200);
                streams(sandbox, cache, 10_000, 20);
            }
        }
    }

    private static Producer<String, String> producer(RunningSandbox sandbox, int linger) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", sandbox.brokers);
        settings.put("linger.ms", linger);
        settings.put("batch.size", 256 << 10);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static String key(int number) {
        return String.format(Locale.ROOT, "u%07d.com", number);
    }

    private static String value(long number) {
        return String.format(Locale.ROOT, "{\"n\":%09d,\"pad\":\"%s\"}", number, "x".repeat(63));
    }

    private static void fill(RunningSandbox sandbox, String topic, int records, int keys) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.brokers))) {
            NewTopic wanted = new NewTopic(topic, PARTITIONS, (short) 1).configs(Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(wanted)).all().get();
        }
        try (Producer<String, String> producer = producer(sandbox, 10)) {
            for (int i = 0; i < records; i++) {
                // Spread over all keys without a random generator: every key once in each of the times.
                int key = (int) (i * 7_919L % keys);
                Object unused = producer.send(new ProducerRecord<>(topic, key(key), value(i)));
            }
        }
    }

    private void load(RunningSandbox sandbox, int records) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> map = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (RunningCache cache = RunningCache.start(sandbox, TOPIC, work)) {
                ours.add(records / cache.readySeconds);
            }
            bare.add(records / Child.seconds(BareConsumer.command(sandbox.brokers, TOPIC)));
            map.add(records / Child.seconds(MapConsumer.command(sandbox.brokers, TOPIC)));
        }
        table.rates(
                "lvc serve, from process start to ready",
                Benchmarks.median(ours),
                "a consumer that only counts",
                Benchmarks.median(bare));
        table.rates(
                "lvc serve, from process start to ready",
                Benchmarks.median(ours),
                "a consumer that fills a HashMap",
                Benchmarks.median(map));
    }

    private void memory(RunningSandbox sandbox, int keys) throws Exception {
        long many;
        try (RunningCache cache = RunningCache.start(sandbox, TOPIC, work)) {
            many = cache.heap();
        }
        long few;
        try (RunningCache cache = RunningCache.start(sandbox, "few", work)) {
            few = cache.heap();
        }
        table.row(
                "heap of lvc serve per key of 98 bytes",
                String.format(Locale.ROOT, "%.1f bytes", (many - few) / (double) (keys - FEW)),
                "",
                "");
    }

    private void warm(RunningSandbox sandbox, int records) throws Exception {
        Path images = Files.createDirectory(work.resolve("images"));
        double cold;
        try (RunningCache cache = RunningCache.start(sandbox, TOPIC, work, "--images", images.toString())) {
            cold = cache.readySeconds;
        }
        try (RunningCache cache = RunningCache.start(sandbox, TOPIC, work, "--images", images.toString())) {
            table.times(
                    String.format(Locale.ROOT, "warm start of lvc serve, %,d records", records),
                    cache.readySeconds,
                    "cold start",
                    cold);
        }
    }

    private void gets(RunningCache cache, int keys) throws Exception {
        if (Child.find("wrk").isEmpty()) {
            table.skipped("GET of random keys", "wrk is not on the PATH");
            return;
        }
        List<Wrk> ours = new ArrayList<>();
        List<Wrk> first = new ArrayList<>();
        List<Wrk> bare = new ArrayList<>();
        try (BareServer server = BareServer.start()) {
            for (int round = 0; round <= rounds; round++) {
                ours.add(wrk(cache.address + "/v2/topics/" + TOPIC + "/values/", keys));
                first.add(wrk(cache.address + "/cache/v1/raw/", keys));
                bare.add(wrk(server.address() + "/", keys));
            }
        }
        gets("GET of random keys, version 2, 32 connections", ours, bare);
        gets("GET of random keys, version 1, 32 connections", first, bare);
    }

    /** The first round warmed up both. */
    private void gets(String what, List<Wrk> ours, List<Wrk> bare) {
        double mine =
                Benchmarks.median(ours.stream().skip(1).map(Wrk::perSecond).toList());
        double other =
                Benchmarks.median(bare.stream().skip(1).map(Wrk::perSecond).toList());
        table.row(
                what,
                String.format(Locale.ROOT, "%,.0f/s, p99 %s", mine, ours.get(ours.size() - 1).p99),
                String.format(
                        Locale.ROOT, "a bare answer of Vert.x %,.0f/s, p99 %s", other, bare.get(bare.size() - 1).p99),
                String.format(Locale.ROOT, "%.2f", mine / other));
    }

    private void streams(RunningSandbox sandbox, RunningCache cache, int streams, int records) throws Exception {
        long before = cache.heap();
        Process process = new ProcessBuilder(FanOut.command(sandbox.brokers, cache.address, "few", streams, records))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            table.row(
                    String.format(
                            Locale.ROOT,
                            "from acknowledged until %,d streams have a record, all in one process",
                            streams),
                    String.valueOf(line),
                    "",
                    "");
            table.row(
                    String.format(Locale.ROOT, "heap of lvc serve per stream, %,d of them", streams),
                    String.format(Locale.ROOT, "%,.0f bytes", (cache.heap() - before) / (double) streams),
                    "",
                    "");
        } finally {
            process.destroy();
            process.onExit().join();
        }
    }

    /** What wrk says. */
    private record Wrk(double perSecond, String p99) {}

    private Wrk wrk(String address, int keys) throws IOException, InterruptedException {
        URI base = URI.create(address);
        Path script = Files.writeString(
                work.resolve("keys.lua"),
                "request = function() return wrk.format('GET', string.format('" + base.getPath()
                        + "u%07d.com', math.random(0," + (keys - 1) + "))) end\n");
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + CONNECTIONS,
                        "-d10s",
                        "--latency",
                        "-s",
                        script.toString(),
                        base.getScheme() + "://" + base.getAuthority())
                .redirectErrorStream(true)
                .start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0 || said.contains("Non-2xx")) {
            throw new IllegalStateException("wrk: " + said);
        }
        return new Wrk(Double.parseDouble(find("Requests/sec:\\s+([0-9.]+)", said)), find("99%\\s+(\\S+)", said));
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " is not in " + text);
        }
        return matcher.group(1);
    }

    /** From the acknowledgement of a record to its event, in one process: one clock. */
    private void push(RunningSandbox sandbox, RunningCache cache) throws Exception {
        Map<String, Long> seen = new ConcurrentHashMap<>();
        HttpClient http = HttpClient.newHttpClient();
        InputStream stream = http.send(
                        HttpRequest.newBuilder(
                                        URI.create(cache.address + "/v2/topics/" + TOPIC + "/changes?prefix=push-"))
                                .build(),
                        BodyHandlers.ofInputStream())
                .body();
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:") && line.contains("push-")) {
                        String key = line.substring(line.indexOf("push-"));
                        seen.put(key.substring(0, key.indexOf('"')), System.nanoTime());
                    } else if (line.startsWith("event: snapshot-end")) {
                        seen.put("begun", System.nanoTime());
                    }
                }
            } catch (IOException e) {
                seen.put("ended", System.nanoTime());
            }
        });
        reader.setDaemon(true);
        reader.start();
        await(seen, "begun");
        List<Long> singles = new ArrayList<>();
        List<Long> bursts = new ArrayList<>();
        try (Producer<String, String> producer = producer(sandbox, 0)) {
            for (int i = -100; i < SINGLES; i++) {
                String key = "push-single-" + i;
                producer.send(new ProducerRecord<>(TOPIC, key, value(i))).get();
                long acknowledged = System.nanoTime();
                long event = await(seen, key);
                if (i >= 0) {
                    singles.add(event - acknowledged);
                }
                LockSupport.parkNanos(SECOND / 200);
            }
            for (int burst = 0; burst < 10; burst++) {
                long[] last = {0};
                for (int i = 0; i < BURST; i++) {
                    Object unused = producer.send(
                            new ProducerRecord<>(TOPIC, "push-burst-" + burst + "-" + i, value(i)),
                            (metadata, failure) -> last[0] = System.nanoTime());
                }
                producer.flush();
                long newest = 0;
                for (int i = 0; i < BURST; i++) {
                    newest = Math.max(newest, await(seen, "push-burst-" + burst + "-" + i));
                }
                bursts.add(newest - last[0]);
            }
        }
        stream.close();
        long[] sorted = singles.stream().mapToLong(Long::longValue).sorted().toArray();
        table.row(
                "from acknowledged to received by a stream, one record at a time",
                String.format(
                        Locale.ROOT,
                        "p50 %.2f ms, p99 %.2f ms",
                        sorted[sorted.length / 2] / 1e6,
                        sorted[sorted.length * 99 / 100] / 1e6),
                "",
                "");
        table.row(
                "the last of a burst of 1,000, after the last acknowledgement",
                String.format(
                        Locale.ROOT,
                        "longest of 10: %.1f ms",
                        LongStream.of(bursts.stream().mapToLong(Long::longValue).toArray())
                                        .max()
                                        .orElse(0)
                                / 1e6),
                "",
                "");
    }

    private static long await(Map<String, Long> seen, String key) {
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

    /** While a thousand new keys a second come in. */
    private void listings(RunningSandbox sandbox, RunningCache cache) throws Exception {
        boolean[] stop = {false};
        Thread writer = new Thread(() -> {
            try (Producer<String, String> producer = producer(sandbox, 0)) {
                for (int i = 0; !stop[0]; i++) {
                    Object unused = producer.send(new ProducerRecord<>(TOPIC, "new-" + i, value(i)));
                    LockSupport.parkNanos(SECOND / 1_000);
                }
            }
        });
        writer.start();
        try {
            for (String path : List.of("/cache/v1/values", "/v2/topics/" + TOPIC + "/values")) {
                List<Double> seconds = new ArrayList<>();
                long lines = 0;
                for (int i = 0; i < LISTINGS; i++) {
                    long begun = System.nanoTime();
                    lines = lines(cache.address + path);
                    seconds.add((System.nanoTime() - begun) / 1e9);
                }
                table.row(
                        "listing of all values under 1,000 new keys/s, " + path,
                        String.format(Locale.ROOT, "%.2f s, %,d lines", Benchmarks.median(seconds), lines),
                        "",
                        "");
            }
        } finally {
            stop[0] = true;
            writer.join();
        }
    }

    private static long lines(String address) throws IOException, InterruptedException {
        long count = 0;
        try (InputStream in = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofInputStream())
                .body()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    count += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return count;
    }
}
