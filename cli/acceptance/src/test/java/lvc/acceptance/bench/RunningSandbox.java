package lvc.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sandbox in a process of its own, ready. */
final class RunningSandbox implements AutoCloseable {
    final double startSeconds;
    final String brokers;
    final String admin;
    private final Process process;

    private RunningSandbox(Process process, double startSeconds, JsonNode ready) {
        this.process = process;
        this.startSeconds = startSeconds;
        this.brokers = ready.path("brokers").asText();
        this.admin = ready.path("admin").asText();
    }

    static RunningSandbox start(Path work) throws IOException {
        Path temporary = Files.createTempDirectory(work, "sandbox-");
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(
                        Child.java(),
                        "-XX:-DontCompileHugeMethods",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        Child.path("cli", "sandbox", "target", "lib", "*").toString(),
                        "lvc.sandbox.Main",
                        "--kafka-port",
                        "0",
                        "--admin-port",
                        "0",
                        "-o",
                        "json",
                        "--exit-with-parent")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (line == null) {
            throw new IllegalStateException("the sandbox did not start");
        }
        return new RunningSandbox(process, seconds, new ObjectMapper().readTree(line));
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
