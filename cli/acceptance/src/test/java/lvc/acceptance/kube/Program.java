package lvc.acceptance.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A program of another maker in a process of its own. It is killed, and the directory it works in deleted, when this
 * process closes it or is gone itself, however it went: a shell stands between the two and waits for the end of its
 * input. Programs that share a directory end together. One that ended of itself leaves its log.
 */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SECONDS = 30;
    private static final int LAST_WORDS = 12;

    /** A line asks the program to end. Ends with what the program ends with; 137 is a kill, after which nobody wants to read its log. */
    private static final String KEEPER = """
            directory=$1 log=$2
            shift 2
            exec 3<&0
            "$@" </dev/null 3<&- >"$log" 2>&1 &
            program=$!
            { while read -r line; do kill -TERM $program; done; kill -KILL $program; } <&3 &
            keeper=$!
            wait $program
            ended=$?
            kill $keeper
            [ $ended != 137 ] || rm -rf "$directory"
            exit $ended
            """;

    private final String name;
    private final Path log;
    private final Process keeper;

    private Program(String name, Path log, Process keeper) {
        this.name = name;
        this.log = log;
        this.keeper = keeper;
    }

    /**
     * Starts a program in a directory, which is its home too, and with nothing of this process's environment but the
     * path. What it prints goes to a file there that bears its name.
     */
    static Program start(Path directory, Map<String, String> variables, Path program, List<String> arguments) {
        String name = String.valueOf(program.getFileName());
        Path log = directory.resolve(name + ".log");
        List<String> line = new ArrayList<>(List.of("sh", "-c", KEEPER, name, directory.toString(), log.toString()));
        line.add(program.toString());
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("HOME", directory.toString());
        builder.environment().putAll(variables);
        try {
            return new Program(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new directory for programs that share one. */
    static Path directory(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a directory and all in it. */
    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a condition; fails with the last words of the program when it ends before, or when it takes too long. */
    void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !keeper.isAlive() || condition.call());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("%s is not %s\n%s".formatted(name, what, lastWords()), e);
        }
        if (!keeper.isAlive()) {
            throw new IllegalStateException(
                    "%s ended with %d before it was %s\n%s".formatted(name, keeper.exitValue(), what, lastWords()));
        }
    }

    private String lastWords() {
        try {
            List<String> lines =
                    new String(Files.readAllBytes(log), UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
        } catch (IOException e) {
            return "it left no log: " + e;
        }
    }

    /** Asks it to end, and waits until it has: the directory stays, and another one may go on in it. */
    void stop() {
        try {
            keeper.getOutputStream().write('\n');
            keeper.getOutputStream().flush();
            awaitEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it, as a power failure would, and waits for its end. */
    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
            awaitEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!keeper.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
