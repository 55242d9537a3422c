package lvc.sandbox.admin;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lvc.sandbox.config.Faults;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.transform.TransformControl;
import lvc.sandbox.transform.TransformControl.Probe;

/** {@code /public_metrics} and {@code /metrics}; nobody is asked for a name here, whatever the configuration says. */
final class MetricsResource {

    private final TransformControl transforms;
    private final Faults faults;
    private final PublicMetrics metrics;
    private final long started = System.nanoTime();

    MetricsResource(TransformControl transforms, Faults faults, boolean aliasLag) {
        this.transforms = transforms;
        this.faults = faults;
        this.metrics = new PublicMetrics(aliasLag);
    }

    void addTo(Router router) {
        router.get("/public_metrics", Access.PUBLIC, request -> publicMetrics());
        router.get("/metrics", Access.PUBLIC, request -> internalMetrics());
    }

    private Answer publicMetrics() throws Refusal {
        if (faults.take(Fault.METRICS_503)) {
            throw new Refusal(503, "Service unavailable (metrics)");
        }
        List<Probe> probes = transforms.probes();
        return Answer.text(metrics.print(probes, uptime()));
    }

    private Answer internalMetrics() {
        Exposition out = new Exposition();
        out.family("vectorized_application_uptime", "gauge", "Redpanda uptime in milliseconds");
        out.sample(Map.of("shard", "0"), uptime().toMillis());
        out.family(
                "vectorized_data_transforms_log_manager_buffer_usage_ratio",
                "gauge",
                "Share of the buffer for log lines of transforms that is in use");
        out.sample("", Map.of("shard", "0"), BigDecimal.ZERO);
        return Answer.text(out.toString());
    }

    private Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
