package lvc.acceptance.bench;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Serving a topic of four partitions in which every key was written five times. Everything shares the processors: the
 * broker, the cache and whoever asks it.
 */
final class ServeBench {
    private static final int FEW = 1_000;
    private static final String FEW_TOPIC = "few";

    private final Benchmarks table;
    private final Path work;
    private final int rounds;

    ServeBench(Benchmarks table, Path work, int rounds) {
        this.table = table;
        this.work = work;
        this.rounds = rounds;
    }

    void run(int records) throws Exception {
        int keys = records / ServedRecords.TIMES;
        Optional<RedisBench.Measured> redis = RedisBench.measure(work, keys, GetBench.CONNECTIONS);
        if (redis.isEmpty()) {
            table.skipped("Redis", "redis-server, redis-benchmark or redis-cli is not on the PATH");
        }
        try (RunningSandbox sandbox = RunningSandbox.start(work)) {
            ServedRecords.fill(sandbox.brokers, ServedRecords.TOPIC, records, keys);
            ServedRecords.fill(sandbox.brokers, FEW_TOPIC, FEW, FEW);
            load(sandbox, records);
            memory(sandbox, keys, redis);
            warm(sandbox, records);
            try (RunningCache cache = RunningCache.start(sandbox, ServedRecords.TOPIC, work)) {
                new GetBench(table, work, rounds).run(cache, keys, redis);
                new PushBench(table, sandbox.brokers).run(cache);
                new ListingBench(table, sandbox.brokers).run(cache, keys);
            }
            try (RunningCache cache = RunningCache.start(sandbox, FEW_TOPIC, work)) {
                streams(sandbox, cache, 1_000, 200);
                streams(sandbox, cache, 10_000, 20);
            }
        }
    }

    private void load(RunningSandbox sandbox, int records) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> map = new ArrayList<>();
        // The broker is warmed up; the processes that are measured begin cold.
        double unused = Child.seconds(BareConsumer.command(sandbox.brokers, ServedRecords.TOPIC));
        for (int round = 0; round < rounds; round++) {
            try (RunningCache cache = RunningCache.start(sandbox, ServedRecords.TOPIC, work)) {
                ours.add(records / cache.readySeconds);
            }
            bare.add(records / Child.seconds(BareConsumer.command(sandbox.brokers, ServedRecords.TOPIC)));
            map.add(records / Child.seconds(MapConsumer.command(sandbox.brokers, ServedRecords.TOPIC)));
        }
        String what = "lvc serve, from process start to ready";
        double median = Benchmarks.median(ours);
        table.rates(what, median, "a consumer that only counts", Benchmarks.median(bare));
        table.rates(what, median, "a consumer that fills a HashMap", Benchmarks.median(map));
    }

    private void memory(RunningSandbox sandbox, int keys, Optional<RedisBench.Measured> redis) throws Exception {
        long many;
        try (RunningCache cache = RunningCache.start(sandbox, ServedRecords.TOPIC, work)) {
            many = cache.heap();
        }
        long few;
        try (RunningCache cache = RunningCache.start(sandbox, FEW_TOPIC, work)) {
            few = cache.heap();
        }
        double ours = (many - few) / (double) (keys - FEW);
        table.row(
                "heap of lvc serve per key of 98 bytes",
                String.format(Locale.ROOT, "%.1f bytes", ours),
                redis.map(measured -> String.format(Locale.ROOT, "memory of Redis %.1f bytes", measured.bytesPerKey()))
                        .orElse(""),
                redis.map(measured -> String.format(Locale.ROOT, "%.2f", ours / measured.bytesPerKey()))
                        .orElse(""));
    }

    private void warm(RunningSandbox sandbox, int records) throws Exception {
        String[] images = {
            "--images", Files.createDirectory(work.resolve("images")).toString()
        };
        double cold;
        try (RunningCache cache = RunningCache.start(sandbox, ServedRecords.TOPIC, work, images)) {
            cold = cache.readySeconds;
        }
        try (RunningCache cache = RunningCache.start(sandbox, ServedRecords.TOPIC, work, images)) {
            table.times(
                    String.format(Locale.ROOT, "warm start of lvc serve, %,d records", records),
                    cache.readySeconds,
                    "cold start",
                    cold);
        }
    }

    private void streams(RunningSandbox sandbox, RunningCache cache, int streams, int records) throws Exception {
        long before = cache.heap();
        Process process = new ProcessBuilder(
                        FanOut.command(sandbox.brokers, cache.address, FEW_TOPIC, streams, records))
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
}
