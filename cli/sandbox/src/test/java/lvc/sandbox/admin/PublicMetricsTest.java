package lvc.sandbox.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PublicMetricsTest {

    @Test
    void aTransformWithProcessorsHasAllItsSeries() throws Exception {
        try (AdminFixture admin = new AdminFixture()) {
            // Given
            admin.transforms.probes = List.of(FakeTransforms.probe("f\"1", 42));

            // When
            String metrics = admin.get("/public_metrics").body();

            // Then
            assertThat(metrics.lines())
                    .contains(
                            "# HELP redpanda_transform_lag The number of pending records on the input topic that have"
                                    + " not yet been processed by the transform",
                            "# TYPE redpanda_transform_lag gauge",
                            "redpanda_transform_lag{function_name=\"f\\\"1\",output_topic=\"out\"} 42.000000",
                            "# TYPE redpanda_transform_read_bytes counter",
                            "redpanda_transform_read_bytes{function_name=\"f\\\"1\"} 1234.000000",
                            "redpanda_transform_failures{function_name=\"f\\\"1\"} 1.000000",
                            "redpanda_transform_write_bytes{function_name=\"f\\\"1\",output_topic=\"out\"} 99.000000",
                            "redpanda_transform_state{function_name=\"f\\\"1\",state=\"running\"} 3.000000",
                            "redpanda_transform_state{function_name=\"f\\\"1\",state=\"errored\"} 1.000000",
                            "redpanda_transform_execution_errors{function_name=\"f\\\"1\"} 2.000000",
                            "redpanda_transform_execution_latency_sec_count{function_name=\"f\\\"1\"} 7.000000",
                            "redpanda_wasm_engine_cpu_seconds_total{function_name=\"f\\\"1\"} 0.250000",
                            "redpanda_wasm_engine_memory_usage{function_name=\"f\\\"1\"} 65536.000000",
                            "redpanda_wasm_engine_max_memory{function_name=\"f\\\"1\"} 2097152.000000",
                            "redpanda_wasm_binary_executable_memory_usage 0.000000")
                    .doesNotContain("redpanda_transform_processor_lag");
        }
    }

    @Test
    void everyLineIsACommentOrASample() throws Exception {
        try (AdminFixture admin = new AdminFixture()) {
            // Given
            admin.transforms.probes = List.of(FakeTransforms.probe("f", 0), FakeTransforms.probe("g", 1));
            Pattern sample = Pattern.compile("[a-z_]+(\\{[^{}]*})? \\d+\\.\\d{6}");

            // Then
            assertThat(admin.get("/public_metrics").body().lines())
                    .allMatch(line ->
                            line.startsWith("# ") || sample.matcher(line).matches());
            assertThat(admin.get("/metrics").body()).contains("vectorized_");
        }
    }

    @Test
    void withoutProcessorsThereIsNoSeriesAndNotAZero() throws Exception {
        try (AdminFixture admin = new AdminFixture()) {
            assertThat(admin.get("/public_metrics").body()).doesNotContain("redpanda_transform_");
        }
    }

    @Test
    void aNegativeLagShowsAsAHugeOneBecauseTheGaugeIsUnsigned() throws Exception {
        try (AdminFixture admin = new AdminFixture()) {
            // Given
            admin.transforms.probes = List.of(FakeTransforms.probe("f", -1));

            // Then
            assertThat(admin.get("/public_metrics").body())
                    .contains("redpanda_transform_lag{function_name=\"f\",output_topic=\"out\"}"
                            + " 18446744073709551615.000000");
        }
    }

    @Test
    void theDocumentedNameAppearsOnlyAsAnAliasThatWasAskedFor() throws IOException, Exception {
        try (AdminFixture admin = new AdminFixture(new AdminOptions(0, Optional.empty(), true))) {
            // Given
            admin.transforms.probes = List.of(FakeTransforms.probe("f", 42));

            // Then
            assertThat(admin.get("/public_metrics").body().lines())
                    .contains(
                            "redpanda_transform_lag{function_name=\"f\",output_topic=\"out\"} 42.000000",
                            "redpanda_transform_processor_lag{function_name=\"f\",output_topic=\"out\"} 42.000000");
        }
    }
}
