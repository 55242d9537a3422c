package lvc.acceptance.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The commands as a person runs them, each in a process of its own, on a sandbox in another. */
final class CommandBench {
    private static final int KEYS = 1_000_000;
    private static final int PARTITIONS = 4;

    private final Benchmarks table;
    private final Path work;
    private final int rounds;

    CommandBench(Benchmarks table, Path work, int rounds) {
        this.table = table;
        this.work = work;
        this.rounds = rounds;
    }

    void run(int records) throws Exception {
        start();
        Path input = input(work.resolve("input.txt"), records);
        try (RunningSandbox sandbox = RunningSandbox.start(work)) {
            shortCommands(sandbox);
            streams(sandbox, input, records);
            verify(sandbox, input, records);
            memory(sandbox, records);
        } finally {
            Files.delete(input);
        }
    }

    /** The comparison alone. */
    void runVerify(int records) throws Exception {
        Path input = input(work.resolve("input.txt"), records);
        try (RunningSandbox sandbox = RunningSandbox.start(work)) {
            verify(sandbox, input, records);
        } finally {
            Files.delete(input);
        }
    }

    private void start() throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (RunningSandbox sandbox = RunningSandbox.start(work)) {
                seconds.add(sandbox.startSeconds);
            }
        }
        table.row("sandbox, from start to ready", Benchmarks.time(Benchmarks.median(seconds)), "", "");
    }

    private void shortCommands(RunningSandbox sandbox) throws Exception {
        Child.seconds(Child.lvc(sandbox.brokers, sandbox.admin, "create-topics", "--approach", "b", "--yes"));
        List<Double> nothing = new ArrayList<>();
        List<Double> help = new ArrayList<>();
        List<Double> status = new ArrayList<>();
        for (int round = 0; round < 2 * rounds + 1; round++) {
            nothing.add(Child.seconds(List.of(Child.java(), "-Xshare:auto", "-version")));
            help.add(Child.seconds(List.of(Child.launcher(), "--help")));
            status.add(Child.seconds(Child.lvc(sandbox.brokers, sandbox.admin, "status", "--approach", "b")));
        }
        double floor = Benchmarks.median(nothing);
        table.times("lvc --help", Benchmarks.median(help), "java -version", floor);
        table.times("lvc status of a cache", Benchmarks.median(status), "java -version", floor);
    }

    private void streams(RunningSandbox sandbox, Path input, int records) throws Exception {
        Optional<Path> kcat = Child.find("kcat");
        List<Double> produced = new ArrayList<>();
        List<Double> producedByKcat = new ArrayList<>();
        List<Double> consumed = new ArrayList<>();
        List<Double> consumedByKcat = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            String ours = topic(sandbox, "ours" + round);
            String theirs = topic(sandbox, "theirs" + round);
            produced.add(records
                    / Child.seconds(Child.lvc(
                            sandbox.brokers, sandbox.admin, "produce", ours, input.toString(), "-f", "%k,%v\\n")));
            expect(sandbox, ours, records);
            if (kcat.isPresent()) {
                producedByKcat.add(records
                        / Child.seconds(List.of(
                                kcat.get().toString(),
                                "-P",
                                "-b",
                                sandbox.brokers,
                                "-t",
                                theirs,
                                "-K",
                                ",",
                                "-l",
                                input.toString(),
                                "-X",
                                "partitioner=murmur2_random")));
                expect(sandbox, theirs, records);
                consumedByKcat.add(records
                        / Child.seconds(List.of(
                                kcat.get().toString(),
                                "-C",
                                "-q",
                                "-e",
                                "-b",
                                sandbox.brokers,
                                "-t",
                                ours,
                                "-f",
                                "%k,%s\\n")));
            }
            consumed.add(records
                    / Child.seconds(Child.lvc(
                            sandbox.brokers, sandbox.admin, "consume", ours, "--offset", ":end", "-f", "%k,%v\\n")));
        }
        if (kcat.isPresent()) {
            table.rates("lvc produce", Benchmarks.median(produced), "kcat -P", Benchmarks.median(producedByKcat));
            table.rates("lvc consume", Benchmarks.median(consumed), "kcat -C", Benchmarks.median(consumedByKcat));
        } else {
            table.skipped("lvc produce and consume", "kcat is not on the PATH");
        }
    }

    /** A fast program that leaves records out has won nothing. */
    private static void expect(RunningSandbox sandbox, String topic, int records)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.brokers))) {
            long found = admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
            if (found != records) {
                throw new IllegalStateException(topic + " has " + found + " records, not " + records);
            }
        }
    }

    /** Two topics of equal records, without a transform; the bare consumers read both at the same time as verify does. */
    private void verify(RunningSandbox sandbox, Path input, int records) throws Exception {
        String source = topic(sandbox, "bench-source");
        String destination = topic(sandbox, "bench-destination");
        for (String each : List.of(source, destination)) {
            Child.seconds(
                    Child.lvc(sandbox.brokers, sandbox.admin, "produce", each, input.toString(), "-f", "%k,%v\\n"));
        }
        List<Double> verified = new ArrayList<>();
        List<Double> counted = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            verified.add(2.0
                    * records
                    / Child.seconds(Child.lvc(
                            sandbox.brokers, sandbox.admin, "verify", "--cache", "bench", "--approach", "a")));
            counted.add(2.0 * records / Child.seconds(BareConsumer.command(sandbox.brokers, source, destination)));
        }
        table.rates("lvc verify", Benchmarks.median(verified), "consumers that only count", Benchmarks.median(counted));
    }

    /** What the process of the sandbox holds after all the records above, several times over. */
    private void memory(RunningSandbox sandbox, int records) throws IOException {
        Path status = Path.of("/proc", Long.toString(sandbox.pid()), "status");
        String what = String.format(Locale.ROOT, "memory of the sandbox with %,d records and more", records);
        if (!Files.isReadable(status)) {
            table.skipped(what, "there is no /proc");
            return;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                long kibibytes = Long.parseLong(line.replaceAll("\\D", ""));
                table.row(what, kibibytes / 1024 + " MiB resident", "", "");
            }
        }
    }

    private static String topic(RunningSandbox sandbox, String name) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.brokers))) {
            admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        return name;
    }

    /** Lines of a key of 12 bytes, a comma and a value of 88. */
    static Path input(Path file, int records) throws IOException {
        Random random = new Random(1);
        byte[] text = new byte[1 << 16];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 18)) {
            for (int i = 0; i < records; i++) {
                out.write(String.format(Locale.ROOT, "key-%08d,", random.nextInt(KEYS))
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(text, random.nextInt(text.length - 88), 88);
                out.write('\n');
            }
        }
        return file;
    }
}
