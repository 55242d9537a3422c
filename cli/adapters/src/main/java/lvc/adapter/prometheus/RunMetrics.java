package lvc.adapter.prometheus;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.gate.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a run of recreate is at, as gauges: made from its events, served over HTTP while it runs, and written to a file
 * when it has ended. What is not known is absent, never 0.
 *
 * <pre>
 *   lvc_recreate_step{step,number,of}        1 for the step that is being done
 *   lvc_recreate_copied_offsets              of the copy that is under way, or was last
 *   lvc_recreate_total_offsets               how many it has to copy
 *   lvc_recreate_verdict{verdict}            1 for what the gate says: open, wait or fail
 *   lvc_recreate_fence_up_since_seconds      Unix time; absent when writers may write
 *   lvc_recreate_finished{ending}            1: done, nothing_done, incomplete, unfinished, not_begun
 * </pre>
 */
public final class RunMetrics implements Consumer<Event>, AutoCloseable {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Supplier<Instant> clock;
    private final Gauge step;
    private final Gauge verdict;
    private final Gauge finished;
    private volatile @Nullable Long copied;
    private volatile @Nullable Long total;
    private volatile @Nullable Instant fenceSince;
    private String @Nullable [] current;
    private boolean fences;
    private @Nullable String ending;
    private @Nullable HTTPServer server;
    private @Nullable Path file;

    /**
     * Counts nothing yet.
     *
     * @param clock the time of day
     */
    public RunMetrics(Supplier<Instant> clock) {
        this.clock = clock;
        step = Gauge.builder()
                .name("lvc_recreate_step")
                .help("1 for the step that is being done")
                .labelNames("step", "number", "of")
                .register(registry);
        verdict = Gauge.builder()
                .name("lvc_recreate_verdict")
                .help("1 for what the gate says about the copy that is under way")
                .labelNames("verdict")
                .register(registry);
        finished = Gauge.builder()
                .name("lvc_recreate_finished")
                .help("1 when the run is over, by how it ended")
                .labelNames("ending")
                .register(registry);
        known("lvc_recreate_copied_offsets", "Offsets that a transform has copied", () -> copied);
        known("lvc_recreate_total_offsets", "Offsets that a transform has to copy", () -> total);
        known(
                "lvc_recreate_fence_up_since_seconds",
                "Unix time since which writers are kept away; absent when they are not",
                () -> {
                    Instant since = fenceSince;
                    return since == null ? null : since.getEpochSecond();
                });
    }

    private void known(String name, String help, Supplier<@Nullable Long> value) {
        GaugeWithCallback unused = GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(series -> {
                    Long now = value.get();
                    if (now != null) {
                        series.call(now);
                    }
                })
                .register(registry);
    }

    /**
     * Serves the gauges on the loopback address.
     *
     * @param port 0 for one that is free
     * @return where
     * @throws Fault USAGE when the port cannot be had
     */
    public String serve(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            server = HTTPServer.builder()
                    .inetAddress(loopback)
                    .port(port)
                    .registry(registry)
                    .buildAndStart();
            return "http://" + loopback.getHostAddress() + ":" + server.getPort() + "/metrics";
        } catch (IOException | IllegalArgumentException e) {
            throw Fault.usage(
                            "metrics not served, and nothing done",
                            "port " + port + " of " + loopback.getHostAddress() + " cannot be used: " + e.getMessage(),
                            "--metrics-port 0 takes one that is free")
                    .causedBy(e);
        }
    }

    /**
     * Writes the gauges to a file at the end, however it comes about.
     *
     * @throws Fault USAGE when it could not be written there
     */
    public void writeAtEnd(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(path)) {
            throw Fault.usage(
                    "no metrics file, and nothing done",
                    "cannot write " + path.toAbsolutePath(),
                    "--metrics-file FILE.prom in a folder that is there");
        }
        file = path.toAbsolutePath();
    }

    /** A run that was begun by another process goes on, perhaps behind a fence that is up. */
    public void goesOn(boolean fenced, Optional<Instant> since) {
        fences = fenced;
        fenceSince = since.orElse(null);
    }

    @Override
    public void accept(Event event) {
        if (event instanceof Event.RecreatePlanned planned) {
            fences = planned.plan().run().fenced();
        } else if (event instanceof Event.StepBegan began) {
            begin(began);
        } else if (event instanceof Event.CopyProgressed progress) {
            copied = progress.done();
            total = progress.total();
            verdict.labelValues("open").set(progress.verdict() instanceof Verdict.Open ? 1 : 0);
            verdict.labelValues("wait").set(progress.verdict() instanceof Verdict.Wait ? 1 : 0);
            verdict.labelValues("fail").set(progress.verdict() instanceof Verdict.Fail ? 1 : 0);
        } else if (event instanceof Event.StepEnded ended) {
            if (ended.step().equals("open-fence") || ended.step().equals("lower-fence")) {
                fenceSince = null;
            }
        } else if (event instanceof Event.Recreated recreated) {
            ending = recreated.recreation().ending().name().toLowerCase(Locale.ROOT);
        } else if (event instanceof Event.RunLeft left) {
            ending = left.hotIntact() ? "nothing_done" : "incomplete";
        } else if (event instanceof Event.RunUnfinished) {
            ending = "unfinished";
        }
    }

    private void begin(Event.StepBegan began) {
        if (began.step().equals("raise-fence") && fences && fenceSince == null) {
            fenceSince = clock.get();
        }
        String[] before = current;
        String[] now = {began.step(), Integer.toString(began.number()), Integer.toString(began.of())};
        step.labelValues(now).set(1);
        if (before != null && !String.join(" ", before).equals(String.join(" ", now))) {
            step.remove(before);
        }
        current = now;
    }

    /** Says how it ended, stops serving and writes the file. */
    @Override
    public void close() {
        if (current != null) {
            step.remove(current);
        }
        finished.labelValues(ending != null ? ending : current == null ? "not_begun" : "unfinished")
                .set(1);
        if (server != null) {
            server.close();
        }
        if (file != null) {
            write(file);
        }
    }

    /** Whoever collects the file sees the old one or the new one, and may be another user. */
    private void write(Path path) {
        Path part = path.resolveSibling(path.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                PrometheusTextFormatWriter.create().write(out, registry.scrape());
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Fault.failed(
                            "metrics file not written",
                            path + ": " + e.getMessage(),
                            "lvc status --history says how the run ended")
                    .causedBy(e);
        }
    }
}
