package lvc.core.record;

import java.time.Instant;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.record.OffsetRange.AfterStart;
import lvc.core.record.OffsetRange.BeforeEnd;
import lvc.core.record.OffsetRange.Exactly;
import lvc.core.record.OffsetRange.Moment;
import lvc.core.record.OffsetRange.Open;
import lvc.core.record.OffsetRange.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class OffsetRangeTest {
    private static final Instant NOW = Instant.parse("2026-11-20T07:14:00Z");

    @ParameterizedTest
    @CsvSource({
        "start, start, open",
        "end, end-0, open",
        ":end, start, end-0",
        "start:end, start, end-0",
        "47, 47, open",
        "47:, 47, open",
        ":47, start, 47",
        "+2, start+2, open",
        "-3, end-3, open",
        "-3:end, end-3, end-0",
        "10:20, 10, 20",
        "10-20, 10, 20",
        "10:end, 10, end-0",
        "@1732000000000, 2024-11-19T07:06:40Z, open",
        "@1732000000, 2024-11-19T07:06:40Z, open",
        "@2026-11-20, 2026-11-20T00:00:00Z, open",
        "@2026-11-20T07:00:00Z, 2026-11-20T07:00:00Z, open",
        "@2026-11-20T07:00:00.5Z:2026-11-20T07:00:01Z, 2026-11-20T07:00:00.500Z, 2026-11-20T07:00:01Z",
        "@2026-11-20:1h30m, 2026-11-20T00:00:00Z, 2026-11-20T01:30:00Z",
        "@-1h, 2026-11-20T06:14:00Z, open",
        "@-1h:-500ms, 2026-11-20T06:14:00Z, 2026-11-20T07:13:59.500Z",
        "@-2d:end, 2026-11-18T07:14:00Z, end-0",
        "@:-1m, start, 2026-11-20T07:13:00Z",
    })
    void understandsWhatRpkUnderstands(String text, String from, String until) {
        // When
        OffsetRange range = OffsetRange.parse(text, NOW);

        // Then
        assertThat(shown(range.from())).isEqualTo(from);
        assertThat(shown(range.until())).isEqualTo(until);
        assertThat(range.ends()).isEqualTo(!until.equals("open"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "middle",
                "--3",
                "+",
                "1.5",
                "20:10",
                "20-20",
                "99999999999999999999",
                "@",
                "@:",
                "@yesterday",
                "@2026-13-01",
                "@1h1",
                "@2026-11-20:2026-11-19",
                "1:2:3",
                "@-1h:start"
            })
    void whatIsNotUnderstoodIsAUsageFault(String text) {
        // When
        Fault fault = catchThrowableOfType(Fault.class, () -> OffsetRange.parse(text, NOW));

        // Then
        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.what()).contains("'" + text + "'");
    }

    @Test
    void theNamedRangesAreWhatTheirTextSays() {
        assertThat(OffsetRange.parse("start", NOW)).isEqualTo(OffsetRange.ALL_AND_FOLLOW);
        assertThat(OffsetRange.parse(":end", NOW)).isEqualTo(OffsetRange.ALL_NOW);
    }

    private static String shown(Place place) {
        if (place instanceof AfterStart after) {
            return after.offsets() == 0 ? "start" : "start+" + after.offsets();
        }
        if (place instanceof BeforeEnd before) {
            return "end-" + before.offsets();
        }
        if (place instanceof Exactly exactly) {
            return Long.toString(exactly.offset());
        }
        return place instanceof Moment moment ? moment.time().toString() : place instanceof Open ? "open" : "?";
    }
}
