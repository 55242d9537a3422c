package lvc.cache.push;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** What became of updates, by topic and target. */
public final class PushMetrics {
    private final Counter ok;
    private final Counter failed;
    private final Counter suppressed;
    private final Counter deadLetters;
    private final Counter skippedKeys;
    private final Counter watchFailures;

    /** Registers the metrics; once in a registry. */
    public PushMetrics(PrometheusRegistry registry) {
        ok = counter(registry, "lvc_push_ok_total", "Updates that a target acknowledged.");
        failed = counter(registry, "lvc_push_failed_total", "Attempts that a target did not acknowledge.");
        suppressed = counter(
                registry, "lvc_push_suppressed_total", "Records not told because they say what was there already.");
        deadLetters = counter(registry, "lvc_push_dead_letters_total", "Updates given up after the last attempt.");
        skippedKeys = counter(
                registry,
                "lvc_push_skipped_keys_total",
                "Keys not told because they are no text, which version 1 wants.");
        watchFailures = Counter.builder()
                .name("lvc_push_watch_failures_total")
                .help("Attempts to ask the API server for the pods of a Service that failed.")
                .labelNames("service")
                .register(registry);
    }

    /** Counts how often the pods of a Service could not be asked for. */
    Runnable watchFailed(String service) {
        watchFailures.initLabelValues(service);
        return () -> watchFailures.labelValues(service).inc();
    }

    private static Counter counter(PrometheusRegistry registry, String name, String help) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames("topic", "target")
                .register(registry);
    }

    /** Those of one topic and target. */
    Of of(String topic, String target) {
        return new Of(topic, target);
    }

    /** The metrics of one topic and target. */
    final class Of {
        private final String[] labels;

        private Of(String topic, String target) {
            labels = new String[] {topic, target};
            all().forEach(counter -> counter.initLabelValues(labels));
        }

        private List<Counter> all() {
            return List.of(ok, failed, suppressed, deadLetters, skippedKeys);
        }

        void ok() {
            ok.labelValues(labels).inc();
        }

        void failed() {
            failed.labelValues(labels).inc();
        }

        void suppressed(long records) {
            suppressed.labelValues(labels).inc(records);
        }

        void deadLetter() {
            deadLetters.labelValues(labels).inc();
        }

        void skipped(int keys) {
            skippedKeys.labelValues(labels).inc(keys);
        }

        /** Pods come and go: their figures go with them. */
        void forget() {
            all().forEach(counter -> counter.remove(labels));
        }
    }
}
