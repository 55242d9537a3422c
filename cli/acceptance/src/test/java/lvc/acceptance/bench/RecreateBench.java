package lvc.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Recreate of approach B with the cluster's default intervals. The floor is the sum of the waits that the plan names;
 * beside many records stands in addition how long a transform of its own takes to copy as many from topic to topic, from
 * its first record to its last.
 */
final class RecreateBench {
    private static final int PARTITIONS = 4;
    private static final int FEW = 1_000;
    private static final long LOOK_NANOS = 20_000_000;

    private final Benchmarks table;
    private final Path work;

    RecreateBench(Benchmarks table, Path work) {
        this.table = table;
        this.work = work;
    }

    void run(int records) throws Exception {
        try (RunningSandbox sandbox = RunningSandbox.start(work)) {
            Run few = recreate(sandbox, "few", FEW);
            table.times("lvc recreate, approach b, 1,000 records", few.seconds, "the waits it names", few.floor);
        }
        try (RunningSandbox sandbox = RunningSandbox.start(work)) {
            Run many = recreate(sandbox, "many", records);
            double copy = copy(sandbox);
            table.times(
                    String.format(Locale.ROOT, "lvc recreate, approach b, %,d records", records),
                    many.seconds,
                    String.format(Locale.ROOT, "these waits and a bare copy (%.2f s)", copy),
                    many.floor + copy);
        }
    }

    /**
     * One recreate.
     *
     * @param seconds of the whole command
     * @param floor the waits that its plan names
     */
    private record Run(double seconds, double floor) {}

    private Run recreate(RunningSandbox sandbox, String cache, int records) throws IOException, InterruptedException {
        Path settings = Files.writeString(
                work.resolve(cache + ".properties"),
                "cache.%1$s.approach=b%ncache.%1$s.partitions=%2$d%ncache.%1$s.primary=primary%ncache.%1$s.secondary=secondary%n"
                        .formatted(cache, PARTITIONS));
        Path input = CommandBench.input(work.resolve(cache + ".txt"), records);
        lvc(sandbox, "create-topics", "--cache", cache, "--config", settings.toString());
        lvc(sandbox, "produce", "primary", input.toString(), "-f", "%k,%v\\n");
        lvc(sandbox, "verify", "--cache", cache, "--config", settings.toString(), "--timeout", "5m");
        Path output = work.resolve(cache + ".jsonl");
        double seconds = Child.seconds(
                Child.lvc(
                        sandbox.brokers,
                        sandbox.admin,
                        "recreate",
                        "--cache",
                        cache,
                        "--config",
                        settings.toString(),
                        "--yes",
                        "-o",
                        "json"),
                output);
        double floor = 0;
        for (String line : Files.readAllLines(output)) {
            JsonNode event = new ObjectMapper().readTree(line);
            for (JsonNode wait : event.path("plan").path("waits")) {
                floor += wait.path("least").asDouble();
            }
        }
        Files.delete(input);
        return new Run(seconds, floor);
    }

    private static void lvc(RunningSandbox sandbox, String... args) throws IOException, InterruptedException {
        Child.seconds(Child.lvc(sandbox.brokers, sandbox.admin, args));
    }

    /** Seconds from the first record in the output of a transform until the output has as many as its input. */
    private static double copy(RunningSandbox sandbox) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.brokers))) {
            admin.createTopics(List.of(new NewTopic("copy", PARTITIONS, (short) 1)))
                    .all()
                    .get();
            long wanted = count(admin, "secondary");
            Process deploy = new ProcessBuilder(Child.lvc(
                            sandbox.brokers,
                            sandbox.admin,
                            "transform",
                            "deploy",
                            "bench-copy",
                            "-i",
                            "secondary",
                            "--output-topic",
                            "copy",
                            "--from-offset",
                            "+0",
                            "--yes"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            while (count(admin, "copy") == 0) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            long begun = System.nanoTime();
            while (count(admin, "copy") < wanted) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (deploy.waitFor() != 0) {
                throw new IllegalStateException("the bare copy could not be deployed");
            }
            return seconds;
        }
    }

    private static long count(Admin admin, String topic) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        List<Long> offsets = new ArrayList<>();
        for (ListOffsetsResultInfo each : admin.listOffsets(ends).all().get().values()) {
            offsets.add(each.offset());
        }
        return offsets.stream().mapToLong(Long::longValue).sum();
    }
}
