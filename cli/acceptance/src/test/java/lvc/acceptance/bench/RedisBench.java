package lvc.acceptance.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Redis with as many keys and values of the same lengths, in its own protocol. Its programs must be on the PATH. */
final class RedisBench implements AutoCloseable {
    /** Random keys: of five writes for each key nearly every one gets one. */
    private static final int WRITES_PER_KEY = 5;

    private static final String KEY = "__rand_int__";
    private static final List<String> PROGRAMS = List.of("redis-server", "redis-benchmark", "redis-cli");

    private final Process process;
    private final String port;

    private RedisBench(Process process, String port) {
        this.process = process;
        this.port = port;
    }

    /** What was measured: bytes of memory for each key, and GET requests a second. */
    record Measured(double bytesPerKey, double getsPerSecond) {}

    /** Empty when its programs are not there. */
    static Optional<Measured> measure(Path work, int keys, int connections) throws IOException, InterruptedException {
        if (!PROGRAMS.stream().allMatch(program -> Child.find(program).isPresent())) {
            return Optional.empty();
        }
        try (RedisBench redis = start(work)) {
            return Optional.of(new Measured(redis.fill(keys), redis.gets(keys, connections)));
        }
    }

    private static RedisBench start(Path work) throws IOException, InterruptedException {
        String port = Integer.toString(20_000 + (int) (ProcessHandle.current().pid() % 20_000));
        Process process = new ProcessBuilder(
                        "redis-server",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        port,
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--dir",
                        work.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        RedisBench redis = new RedisBench(process, port);
        redis.awaitAnswer();
        return redis;
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        int exit = 1;
        while (exit != 0) {
            if (!process.isAlive()) {
                throw new IllegalStateException("redis-server ended");
            }
            exit = new ProcessBuilder("redis-cli", "-p", port, "ping")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    private double fill(int keys) throws IOException, InterruptedException {
        long empty = number("INFO", "memory", "used_memory:(\\d+)");
        benchmark(keys, keys * WRITES_PER_KEY, "-P", "64", "SET", KEY, "x".repeat(ServedRecords.VALUE));
        long full = number("INFO", "memory", "used_memory:(\\d+)");
        return (full - empty) / (double) number("INFO", "keyspace", "keys=(\\d+)");
    }

    private double gets(int keys, int connections) throws IOException, InterruptedException {
        String said = benchmark(keys, 1_000_000, "-c", Integer.toString(connections), "GET", KEY);
        return Double.parseDouble(GetBench.find("([0-9.]+) requests per second", said));
    }

    private String benchmark(int keys, int requests, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("redis-benchmark", "-p", port, "-q"));
        command.addAll(List.of("-r", Integer.toString(keys), "-n", Integer.toString(requests)));
        command.addAll(List.of(more));
        return Child.output(command);
    }

    private long number(String command, String section, String pattern) throws IOException, InterruptedException {
        return Long.parseLong(GetBench.find(pattern, Child.output(List.of("redis-cli", "-p", port, command, section))));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
