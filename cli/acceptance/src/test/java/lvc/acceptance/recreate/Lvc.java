package lvc.acceptance.recreate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lvc.cli.Environment;
import lvc.cli.Main;
import lvc.cli.term.Terminal;

/**
 * Runs lvc against one cluster: within this process where only its answer counts, which is quick, and as a process of
 * its own where something is to happen to it.
 */
public final class Lvc {
    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path LAUNCHER = HOME.resolve("cli").resolve("lvc");

    private final Map<String, String> variables;

    /** @param variables all of the environment that begins with LVC_ */
    public Lvc(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** How a command ended, and what it said. */
    public record Result(int exit, String out, String err) {}

    /** The same with some variables changed. */
    public Lvc with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(more);
        return new Lvc(all);
    }

    /** Runs a command within this process, in an empty directory of its own. */
    public Result run(String... arguments) {
        try {
            Path directory = Files.createTempDirectory("lvc-it");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exit = Main.run(
                    arguments,
                    new Environment(
                            InputStream.nullInputStream(),
                            out,
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            variables,
                            directory,
                            Optional.of(HOME),
                            Terminal.NONE));
            Files.delete(directory);
            return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts a command as a process, in an empty directory of its own; with -o json its events can be followed. */
    public LvcProcess start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        try {
            Path directory = Files.createTempDirectory("lvc-it");
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("LVC_"));
            environment.putAll(variables);
            environment.put("LVC_BUILD", "no");
            environment.put("LVC_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
            environment.put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            CompletableFuture<Void> unused = process.onExit().thenRun(directory.toFile()::delete);
            return new LvcProcess(process);
        } catch (IOException e) {
            throw new IllegalStateException("lvc did not start", e);
        }
    }
}
