package lvc.sandbox.admin;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import lvc.sandbox.transform.TransformControl.Probe;

/**
 * {@code /public_metrics}: the transform metrics under the names that Redpanda registers (Redpanda source,
 * transform/probe.cc, wasm/transform_probe.cc, wasm/engine_probe.cc). A transform without processors has no probe and
 * so no series, and a family without series is not printed at all: absent is not zero.
 */
record PublicMetrics(boolean aliasLag) {

    private static final String LAG_HELP =
            "The number of pending records on the input topic that have not yet been processed by the transform";

    String print(List<Probe> probes, Duration uptime) {
        Exposition out = new Exposition();
        out.family("redpanda_application_uptime_seconds_total", "gauge", "Redpanda uptime in seconds");
        out.sample("", Map.of(), BigDecimal.valueOf(uptime.toMillis(), 3));
        out.family("redpanda_cluster_brokers", "gauge", "Number of configured brokers in the cluster");
        out.sample(Map.of(), 1);
        out.family(
                "redpanda_wasm_binary_executable_memory_usage",
                "gauge",
                "The amount of executable memory used for WebAssembly binaries");
        out.sample(Map.of(), 0);
        if (!probes.isEmpty()) {
            printTransforms(out, probes);
            printEngine(out, probes);
        }
        return out.toString();
    }

    private void printTransforms(Exposition out, List<Probe> probes) {
        perTransform(
                out,
                probes,
                "transform_read_bytes",
                "counter",
                "The number of bytes input to the transform",
                Probe::readBytes);
        perTransform(out, probes, "transform_failures", "counter", "The number of transform failures", Probe::failures);
        perLabel(out, probes, "transform_lag", "gauge", LAG_HELP, "output_topic", Probe::lag);
        if (aliasLag) {
            perLabel(out, probes, "transform_processor_lag", "gauge", LAG_HELP, "output_topic", Probe::lag);
        }
        perLabel(
                out,
                probes,
                "transform_write_bytes",
                "counter",
                "The number of bytes output by the transform",
                "output_topic",
                Probe::writeBytes);
        perLabel(
                out,
                probes,
                "transform_state",
                "gauge",
                "The number of transforms in a specific state",
                "state",
                Probe::state);
    }

    private static void printEngine(Exposition out, List<Probe> probes) {
        out.family(
                "redpanda_transform_execution_latency_sec",
                "histogram",
                "A histogram of the latency in seconds of transforming a single record");
        for (Probe probe : probes) {
            Map<String, String> name = Map.of("function_name", probe.transform());
            BigDecimal records = BigDecimal.valueOf(probe.records());
            out.sample("_sum", name, BigDecimal.valueOf(probe.cpuSeconds()));
            out.sample("_count", name, records);
            out.sample("_bucket", Map.of("function_name", probe.transform(), "le", "+Inf"), records);
        }
        perTransform(
                out,
                probes,
                "transform_execution_errors",
                "counter",
                "Data transform invocation errors",
                Probe::executionErrors);
        out.family(
                "redpanda_wasm_engine_cpu_seconds_total",
                "counter",
                "Total CPU time (in seconds) spent inside a WebAssembly function");
        for (Probe probe : probes) {
            out.sample("", Map.of("function_name", probe.transform()), BigDecimal.valueOf(probe.cpuSeconds()));
        }
        perTransform(
                out,
                probes,
                "wasm_engine_memory_usage",
                "gauge",
                "Amount of memory usage for a WebAssembly function",
                Probe::memoryBytes);
        perTransform(
                out,
                probes,
                "wasm_engine_max_memory",
                "gauge",
                "Max amount of memory for a WebAssembly function",
                Probe::maxMemoryBytes);
    }

    private static void perTransform(
            Exposition out, List<Probe> probes, String name, String type, String help, ToLongFunction<Probe> value) {
        out.family("redpanda_" + name, type, help);
        for (Probe probe : probes) {
            out.sample(Map.of("function_name", probe.transform()), value.applyAsLong(probe));
        }
    }

    private static void perLabel(
            Exposition out,
            List<Probe> probes,
            String name,
            String type,
            String help,
            String label,
            Function<Probe, Map<String, Long>> values) {
        out.family("redpanda_" + name, type, help);
        for (Probe probe : probes) {
            new TreeMap<>(values.apply(probe))
                    .forEach((of, value) -> out.sample(
                            "",
                            Map.of("function_name", probe.transform(), label, of),
                            // The counters behind these are unsigned: a negative lag shows as a huge one.
                            new BigDecimal(Long.toUnsignedString(value))));
        }
    }
}
