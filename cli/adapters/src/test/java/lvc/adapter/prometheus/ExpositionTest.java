package lvc.adapter.prometheus;

import java.util.List;
import java.util.Map;
import lvc.core.metric.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExpositionTest {

    @Test
    void a_page_as_a_broker_prints_it() throws Exception {
        String page = """
                # HELP redpanda_transform_lag The number of pending records
                # TYPE redpanda_transform_lag gauge
                redpanda_transform_lag{function_name="t",output_topic="out"} 9900000.000000
                redpanda_transform_lag{function_name="u",output_topic="out"} 0.000000

                # TYPE h histogram
                h_bucket{le="+Inf",} 3
                h_sum 1.5
                 # an odd comment
                plain 7 1700000000000
                """;

        assertThat(Exposition.parse(page))
                .containsExactly(
                        new Series(
                                "redpanda_transform_lag", Map.of("function_name", "t", "output_topic", "out"), 9.9e6),
                        new Series("redpanda_transform_lag", Map.of("function_name", "u", "output_topic", "out"), 0),
                        new Series("h_bucket", Map.of("le", "+Inf"), 3),
                        new Series("h_sum", Map.of(), 1.5),
                        new Series("plain", Map.of(), 7));
    }

    @ParameterizedTest
    @CsvSource({
        "+Inf, Infinity",
        "Inf, Infinity",
        "-Inf, -Infinity",
        "NaN, NaN",
        "1e3, 1000",
        "1.5E+2, 150",
        "-2.5e-1, -0.25",
        "18446744073709551615, 18446744073709551616",
        "18446744073709551611.000000, 18446744073709551616",
        "9007199254740993, 9007199254740992",
        ".5, 0.5",
    })
    void values_of_every_kind(String printed, Double value) throws Exception {
        assertThat(Exposition.parse("a " + printed)).singleElement().satisfies(series -> assertThat(series.value())
                .isEqualTo(value));
    }

    @Test
    void escapes_and_blanks_in_labels() throws Exception {
        List<Series> series = Exposition.parse("a_b:c { x = \"back\\\\slash\" ,\ty=\"q\\\"u\\no, } 1\" } 2\r\na{} 3");

        assertThat(series)
                .containsExactly(
                        new Series("a_b:c", Map.of("x", "back\\slash", "y", "q\"u\no, } 1"), 2),
                        new Series("a", Map.of(), 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a ",
                "a x",
                "a 1f",
                "a 0x10",
                "a 1 2 3",
                "a 1 noon",
                "1a 1",
                "a{x=\"1\"",
                "a{x=\"1} 1",
                "a{x=1} 1",
                "a{x=\"\\t\"} 1",
                "a{x=\"1\" y=\"2\"} 1",
                "a{=\"1\"} 1",
                "<html>",
            })
    void a_line_that_is_no_series_spoils_the_page(String line) {
        assertThatThrownBy(() -> Exposition.parse("good 1\n" + line))
                .isInstanceOf(Exposition.Malformed.class)
                .hasMessage("line 2 of its metrics is not understood: " + line);
    }

    @Test
    void a_page_that_was_cut_in_a_label_is_no_page() {
        assertThatThrownBy(() -> Exposition.parse("redpanda_transform_lag{function_name=\"t\",output_to"))
                .isInstanceOf(Exposition.Malformed.class);
    }
}
