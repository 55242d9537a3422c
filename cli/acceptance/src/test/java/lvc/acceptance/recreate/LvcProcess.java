package lvc.acceptance.recreate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import lvc.acceptance.recreate.Lvc.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** lvc as a process of its own. It is killed when the test ends before it does. */
public final class LvcProcess implements AutoCloseable {
    private static final int SECONDS = 90;

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    LvcProcess(Process process) {
        this.process = process;
        this.readers = List.of(collect(process.inputReader(), out), collect(process.errorReader(), err));
    }

    private static Thread collect(BufferedReader from, List<String> to) {
        Thread thread = new Thread(() -> {
            try {
                from.lines().forEach(to::add);
            } catch (UncheckedIOException e) {
                to.add("(cut off: " + e.getMessage() + ")");
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** What it has printed until now, line by line. */
    public List<String> out() {
        return List.copyOf(out);
    }

    /** Waits for a line of its output, which is an event with -o json. */
    public void awaitOut(Predicate<String> line) {
        await().atMost(SECONDS, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(() -> out.stream().anyMatch(line) || !process.isAlive());
        assertThat(out).as("what it printed; stderr: %s", err).anyMatch(line);
    }

    /** Waits until a step has begun. */
    public void awaitStep(String step) {
        awaitOut(line -> line.contains("\"step-began\"") && line.contains("\"step\":\"" + step + "\""));
    }

    /** Sends it a signal such as STOP. */
    public void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(exit).as("kill -%s of a process that runs", name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it at once, as a power failure would, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        result();
    }

    /** Waits until it ends; 137 when it was killed. */
    public Result result() {
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as("an end within %s s; it printed %s and %s", SECONDS, out, err)
                    .isTrue();
            for (Thread reader : readers) {
                reader.join();
            }
            return new Result(process.exitValue(), String.join("\n", out), String.join("\n", err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
