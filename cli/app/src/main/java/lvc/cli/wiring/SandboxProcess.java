package lvc.cli.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;

/**
 * The sandbox, in a JVM of its own. It is known by its addresses only. It ends when its standard input does, so that it
 * never outlives the process that started it, even one that was killed.
 */
public final class SandboxProcess implements AutoCloseable {
    private static final String MAIN = "lvc.sandbox.Main";
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final String brokers;
    private final String admin;

    private SandboxProcess(Process process, String brokers, String admin) {
        this.process = process;
        this.brokers = brokers;
        this.admin = admin;
    }

    /**
     * Starts a temporary sandbox on free ports and waits until it is ready.
     *
     * @param home where lvc is
     */
    public static SandboxProcess start(Optional<Path> home) {
        List<String> command = command(home);
        command.addAll(List.of("--kafka-port", "0", "--admin-port", "0", "-o", "json", "--exit-with-parent"));
        try {
            Process process = new ProcessBuilder(command).start();
            Complaints complaints = Complaints.of(process);
            JsonNode ready = new ObjectMapper().readTree(firstLine(process).orElseThrow(complaints::asFault));
            return new SandboxProcess(
                    process, ready.path("brokers").asText(), ready.path("admin").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the sandbox prints when it is ready; empty when it ended before. A Ctrl-C meanwhile ends it. */
    private static Optional<String> firstLine(Process process) {
        CompletableFuture<Optional<String>> line = CompletableFuture.supplyAsync(
                () -> process.inputReader(StandardCharsets.UTF_8).lines().findFirst());
        try {
            return line.get();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    /**
     * Runs a sandbox in the foreground, with the streams of this process, until it ends.
     *
     * @param arguments as the sandbox understands them
     * @return its exit code
     */
    public static int run(Optional<Path> home, List<String> arguments) {
        List<String> command = command(home);
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // The signal that interrupted us reached the sandbox as well, or must reach it now.
                process.destroy();
                process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
                throw new Pause.Interrupted();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new Pause.Interrupted();
        }
    }

    /** Its Kafka addresses. */
    public String brokers() {
        return brokers;
    }

    /** The address of its Admin API. */
    public String admin() {
        return admin;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            boolean interrupted = Thread.interrupted();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Optional<Path> home) {
        Path jars = home.orElse(Path.of("")).resolve("cli/sandbox/target/lib");
        if (!Files.isDirectory(jars)) {
            throw Fault.refused(
                    "no sandbox started",
                    "this lvc comes without one: " + jars.toAbsolutePath() + " is missing",
                    "start lvc by its launcher in a checkout: cli/lvc sandbox");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Modules of real SDKs compile to methods that HotSpot would leave interpreted for their size.
        command.addAll(List.of("-XX:-DontCompileHugeMethods", "-XX:+UseSerialGC"));
        Path archive = jars.resolve("sandbox-" + System.getProperty("java.version") + ".jsa");
        if (Files.isRegularFile(archive)) {
            command.addAll(List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + archive));
        }
        command.addAll(List.of("-cp", jars + "/*"));
        command.add(MAIN);
        return command;
    }

    /** Reads what the sandbox says on standard error, for as long as it lives: unread, it would one day block it. */
    private static final class Complaints {
        private static final int KEPT = 20;

        private final List<String> first = new CopyOnWriteArrayList<>();
        private final Thread reader;

        private Complaints(Process process) {
            reader = new Thread(() -> listen(process), "sandbox-stderr");
            reader.setDaemon(true);
        }

        static Complaints of(Process process) {
            Complaints complaints = new Complaints(process);
            complaints.reader.start();
            return complaints;
        }

        private void listen(Process process) {
            try {
                process.errorReader(StandardCharsets.UTF_8).lines().forEach(this::hear);
            } catch (UncheckedIOException gone) {
                hear(String.valueOf(gone.getMessage()));
            }
        }

        private void hear(String line) {
            if (first.size() < KEPT && !line.isBlank()) {
                first.add(line);
            }
        }

        Fault asFault() {
            try {
                reader.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            } catch (InterruptedException e) {
                throw new Pause.Interrupted();
            }
            return Fault.failed(
                    "the sandbox did not start",
                    first.isEmpty() ? "it ended without a word" : String.join("; ", first),
                    "lvc sandbox, to see all it says");
        }
    }
}
