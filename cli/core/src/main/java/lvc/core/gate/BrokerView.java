package lvc.core.gate;

import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import lvc.core.metric.Scrape;
import lvc.core.metric.Series;

/**
 * What one broker shows of one transform (Redpanda source, transform/probe.cc and wasm/transform_probe.cc). A series
 * that is not there is empty, never 0.
 */
record BrokerView(Scrape.Answered broker, String transform) {
    /** The name that brokers print, and the one that Redpanda's documentation prints. */
    private static final Set<String> LAG = Set.of("redpanda_transform_lag", "redpanda_transform_processor_lag");

    private static final Set<String> FAILURES =
            Set.of("redpanda_transform_failures", "redpanda_transform_execution_errors");

    private static final Set<String> STATE = Set.of("redpanda_transform_state");

    /** Offsets still to be processed by the processors of this broker; the largest number if it is shown twice. */
    OptionalDouble lag(String output) {
        return largest(LAG, series -> series.has("output_topic", output));
    }

    /** Whether the broker shows anything of it. */
    boolean any() {
        return broker.series().stream().anyMatch(series -> series.has("function_name", transform));
    }

    /** Partitions in a state, as the broker counts them. */
    OptionalDouble count(String state) {
        return largest(STATE, series -> series.has("state", state));
    }

    /** Failures of processors and of the module together. */
    OptionalDouble failures() {
        OptionalDouble sum = OptionalDouble.empty();
        for (String name : FAILURES) {
            OptionalDouble one = largest(Set.of(name), series -> true);
            if (one.isPresent()) {
                sum = OptionalDouble.of(sum.orElse(0) + one.getAsDouble());
            }
        }
        return sum;
    }

    private OptionalDouble largest(Set<String> names, Predicate<Series> wanted) {
        return broker.series().stream()
                .filter(series -> names.contains(series.name()) && series.has("function_name", transform))
                .filter(wanted)
                .mapToDouble(Series::value)
                .max();
    }
}
