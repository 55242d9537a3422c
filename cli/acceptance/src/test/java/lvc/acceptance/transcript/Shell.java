package lvc.acceptance.transcript;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A directory in which commands are run by a real shell that finds {@code lvc}. */
public final class Shell {
    /** The checkout. */
    public static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

    private static final long DEADLINE_SECONDS = 120;

    private final Path directory;
    private final Map<String, String> variables;

    /**
     * Runs nothing yet.
     *
     * @param variables added to the environment of every command
     */
    public Shell(Path directory, Map<String, String> variables) {
        this.directory = directory;
        this.variables = variables;
    }

    /** How a command ended. */
    public record Result(int exit, List<String> out, List<String> err) {}

    /** Runs a command line in bash, without anything on standard input. */
    public Result run(String command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("lvc-", ".out");
        Path err = Files.createTempFile("lvc-", ".err");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("LVC_"));
        environment.putAll(variables);
        environment.put("PATH", HOME.resolve("cli") + File.pathSeparator + environment.get("PATH"));
        environment.put("LVC_BUILD", "no");
        // Commands of a test end too soon to profit from the second compiler.
        environment.put("LVC_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        environment.put("CHECKOUT", HOME.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("no end after " + DEADLINE_SECONDS + " s: " + command);
        }
        Result result = new Result(process.exitValue(), lines(out), lines(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
