package lvc.acceptance.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program that a person would call, with what always comes first on its command line and what it finds in its
 * environment, in a home folder of its own so that nothing this machine's user has set up changes what it does.
 */
record Command(Path home, List<String> start, Map<String, String> variables) {

    private static final int SECONDS = 60;

    Command(Path home, List<String> start) {
        this(home, start, Map.of());
    }

    /** How a call ended: exit code, and what was printed on both streams. */
    record Outcome(int exit, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        /** Both streams, as a person at a terminal sees them. */
        String all() {
            return out + err;
        }
    }

    /** Calls the program without input; it must end with 0. */
    Outcome run(String... arguments) {
        return feed("", arguments);
    }

    /** Calls the program with an input; it must end with 0. */
    Outcome feed(String input, String... arguments) {
        Outcome outcome = attempt(input, arguments);
        assertThat(outcome.exit())
                .as("%s %s\n%s", start, List.of(arguments), outcome.all())
                .isZero();
        return outcome;
    }

    /** Calls the program with an input, however it may end; it is given a minute. */
    Outcome attempt(String input, String... arguments) {
        List<String> line = new ArrayList<>(start);
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(home.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("LVC_") || name.startsWith("RPK_"));
        environment.putAll(Map.of(
                "HOME",
                home.toString(),
                "XDG_CONFIG_HOME",
                home.toString(),
                "JAVA_HOME",
                System.getProperty("java.home")));
        environment.putAll(variables);
        try {
            Process process = builder.start();
            try {
                return outcome(process, input, line);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + line, e);
        }
    }

    private static Outcome outcome(Process process, String input, List<String> line)
            throws IOException, InterruptedException {
        CompletableFuture<String> out = text(process.getInputStream());
        CompletableFuture<String> err = text(process.getErrorStream());
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        }
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                .as("%s ends", line)
                .isTrue();
        return new Outcome(process.exitValue(), out.join(), err.join());
    }

    private static CompletableFuture<String> text(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
