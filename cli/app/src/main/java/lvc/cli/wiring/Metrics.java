package lvc.cli.wiring;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lvc.adapter.prometheus.RunMetrics;
import lvc.core.event.Event;
import lvc.core.report.RunRow;

/** Tells Prometheus what a run of recreate is at; where nobody asked for it, nobody is told. */
public final class Metrics implements Consumer<Event>, AutoCloseable {
    private final Optional<RunMetrics> metrics;
    private final Optional<String> address;

    /**
     * Begins.
     *
     * @param port on the loopback address, 0 for one that is free
     * @param file written at the end
     * @throws lvc.core.fault.Fault USAGE when one of the two cannot be used
     */
    Metrics(Optional<Integer> port, Optional<Path> file, Supplier<Instant> clock) {
        metrics = port.isPresent() || file.isPresent() ? Optional.of(new RunMetrics(clock)) : Optional.empty();
        file.ifPresent(path -> metrics.orElseThrow().writeAtEnd(path));
        address = port.map(number -> metrics.orElseThrow().serve(number));
    }

    /** Where they are served. */
    public Optional<String> address() {
        return address;
    }

    /** A run of another process goes on. */
    public void goesOn(RunRow run) {
        metrics.ifPresent(all -> all.goesOn(run.fences(), run.fenceSince()));
    }

    @Override
    public void accept(Event event) {
        metrics.ifPresent(all -> all.accept(event));
    }

    @Override
    public void close() {
        metrics.ifPresent(RunMetrics::close);
    }
}
