package lvc.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import lvc.cli.wiring.Metrics;
import lvc.cli.wiring.Wiring;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is told how a run goes, besides whoever looks. */
final class MetricsOptions {
    @Option(
            names = "--metrics-port",
            paramLabel = "N",
            description = "Serve metrics for Prometheus on this port of 127.0.0.1 while it runs; 0 takes a free one")
    @Nullable
    Integer port;

    @Option(
            names = "--metrics-file",
            paramLabel = "FILE",
            description = "Write the same metrics to this file at the end, for a textfile collector")
    @Nullable
    Path file;

    Metrics open(Wiring wiring) {
        return wiring.metrics(
                Optional.ofNullable(port),
                Optional.ofNullable(file).map(wiring.environment().workingDirectory()::resolve));
    }
}
