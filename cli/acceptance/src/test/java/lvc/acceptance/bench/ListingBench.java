package lvc.acceptance.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Listing all values while a thousand new keys a second come in: from asking until the last byte. */
final class ListingBench {
    private static final int LISTINGS = 10;
    private static final long BETWEEN = 1_000_000;
    private static final List<String> PROGRAMS = List.of("curl", "wc");

    private final Benchmarks table;
    private final String brokers;

    ListingBench(Benchmarks table, String brokers) {
        this.table = table;
        this.brokers = brokers;
    }

    void run(RunningCache cache, int keys) throws Exception {
        if (!PROGRAMS.stream().allMatch(program -> Child.find(program).isPresent())) {
            table.skipped("listing of all values", "curl or wc is not on the PATH");
            return;
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try (Producer<String, String> producer = ServedRecords.producer(brokers, 0)) {
                for (int i = 0; !stop.get(); i++) {
                    Object unused = producer.send(
                            new ProducerRecord<>(ServedRecords.TOPIC, "new-" + i, ServedRecords.value(i)));
                    LockSupport.parkNanos(BETWEEN);
                }
            }
        });
        writer.start();
        try {
            for (String path : List.of("/cache/v1/values", "/v2/topics/" + ServedRecords.TOPIC + "/values")) {
                List<Double> seconds = new ArrayList<>();
                long lines = 0;
                for (int i = 0; i < LISTINGS; i++) {
                    seconds.add(Child.seconds(curl(cache.address + path)));
                    lines = lines(cache.address + path);
                    if (lines < keys) {
                        throw new IllegalStateException(path + " was cut short: " + lines + " lines");
                    }
                }
                table.row(
                        "listing of all values under 1,000 new keys/s, " + path,
                        String.format(Locale.ROOT, "%.2f s, %,d lines", Benchmarks.median(seconds), lines),
                        "",
                        "");
            }
        } finally {
            stop.set(true);
            writer.join();
        }
    }

    /** Fails when the answer does not end as it should. */
    private static List<String> curl(String address) {
        return List.of("curl", "-sSf", address);
    }

    /** Counts what is listed, in a listing that is not timed: a pipe takes as long as the listing itself. */
    private static long lines(String address) throws Exception {
        List<Process> pipeline = ProcessBuilder.startPipeline(
                List.of(new ProcessBuilder(curl(address)), new ProcessBuilder("wc", "-l")));
        String count = new String(pipeline.get(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        for (Process each : pipeline) {
            if (each.waitFor() != 0) {
                throw new IllegalStateException(address + " could not be listed: " + each.info());
            }
        }
        return Long.parseLong(count.strip());
    }
}
