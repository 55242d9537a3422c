package lvc.acceptance.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that are run and timed. */
final class Child {
    private static final Path ROOT = Path.of(System.getProperty("lvc.root", "."));

    private Child() {}

    /** The command line of lvc on a cluster. */
    static List<String> lvc(String brokers, String admin, String... args) {
        Stream<String> cluster = Stream.of("--brokers", brokers, "--admin", admin);
        Stream<String> command = Stream.concat(Stream.of(launcher()), Stream.of(args));
        return Stream.concat(command, cluster).toList();
    }

    /** Path of the launcher. */
    static String launcher() {
        return ROOT.resolve("cli").resolve("lvc").toString();
    }

    /** Path of the java that runs this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Path of a folder below the root of the checkout. */
    static Path path(String first, String... more) {
        return ROOT.resolve(Path.of(first, more));
    }

    /** Whether a program is on the PATH. */
    static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a program to its end; gives all that it says. */
    static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException(command + " ended with " + exit + ": " + said);
        }
        return said;
    }

    /** Runs a program to its end; gives its seconds of wall time. What it prints is dropped, but for a failure. */
    static double seconds(List<String> command) throws IOException, InterruptedException {
        return seconds(command, ProcessBuilder.Redirect.DISCARD);
    }

    /** The same with what it prints in a file. */
    static double seconds(List<String> command, Path output) throws IOException, InterruptedException {
        return seconds(command, ProcessBuilder.Redirect.to(output.toFile()));
    }

    private static double seconds(List<String> command, ProcessBuilder.Redirect output)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile("lvc-bench-", ".err");
        try {
            long begun = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output)
                    .redirectError(errors.toFile())
                    .start();
            int exit = process.waitFor();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (exit != 0) {
                throw new IllegalStateException(command + " ended with " + exit + ": " + Files.readString(errors));
            }
            return seconds;
        } finally {
            Files.delete(errors);
        }
    }
}
