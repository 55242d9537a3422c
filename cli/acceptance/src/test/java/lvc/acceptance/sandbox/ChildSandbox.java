package lvc.acceptance.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A sandbox in a process of its own, as {@code lvc sandbox} starts it, on free ports. It ends with this process. */
public final class ChildSandbox implements AutoCloseable {
    private static final int SECONDS = 60;
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final Process process;
    private final JsonNode ready;

    private ChildSandbox(Process process, JsonNode ready) {
        this.process = process;
        this.ready = ready;
    }

    /** Starts one and waits until it is ready. What it has to say is among the output of the test. */
    public static ChildSandbox start(String... options) {
        Path jars = Path.of("..", "sandbox", "target", "lib").toAbsolutePath().normalize();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:-DontCompileHugeMethods",
                // It lives for seconds: what the second compiler costs never comes back.
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-XX:+UseSerialGC",
                "-XX:SharedArchiveFile=" + jars.resolve("sandbox-" + System.getProperty("java.version") + ".jsa"),
                "-cp",
                jars + "/*",
                "lvc.sandbox.Main",
                "--kafka-port",
                "0",
                "--admin-port",
                "0",
                "-o",
                "json",
                "--exit-with-parent"));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new ChildSandbox(process, new ObjectMapper().readTree(firstLine(process)));
        } catch (IOException e) {
            throw new IllegalStateException("the sandbox did not start", e);
        }
    }

    private static String firstLine(Process process) {
        CompletableFuture<Optional<String>> line = CompletableFuture.supplyAsync(
                () -> process.inputReader(StandardCharsets.UTF_8).lines().findFirst());
        try {
            return line.get(SECONDS, TimeUnit.SECONDS)
                    .orElseThrow(() -> new IllegalStateException("the sandbox ended before it was ready"));
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the sandbox did not get ready", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the sandbox started", e);
        }
    }

    /** The one that all tests of this process share; for tests that use topics of their own and harm nobody. */
    public static ChildSandbox shared() {
        return Shared.SANDBOX;
    }

    private static final class Shared {
        static final ChildSandbox SANDBOX = start();
    }

    /** Host and port for Kafka clients. */
    public String brokers() {
        return ready.path("brokers").asText();
    }

    /** Address of the Admin API. */
    public String admin() {
        return ready.path("admin").asText();
    }

    /** Where clients are to be led who come to the port of {@code --forwarded-kafka-port}. */
    public String forwardTo() {
        return ready.path("forward_to").asText();
    }

    /** What a Kafka client needs to connect. */
    public Map<String, Object> connection() {
        return Map.of("bootstrap.servers", brokers());
    }

    /** A new topic with a name of its own. */
    public String topic(int partitions, Map<String, String> settings) {
        String name = "t" + TOPICS.incrementAndGet();
        try (Admin client = Admin.create(connection())) {
            client.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("topic not created", e);
        }
        return name;
    }

    /** Kills it, as a power failure would. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Stops it as Ctrl-C would and waits for its end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
