package lvc.core.wait;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lvc.core.fault.Fault;

/** Durations as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
public final class Durations {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms",
            Duration.ofMillis(1),
            "s",
            Duration.ofSeconds(1),
            "m",
            Duration.ofMinutes(1),
            "h",
            Duration.ofHours(1));

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param name of the setting or flag, for the fault
     */
    public static Duration parse(String name, String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        if (!matcher.matches()) {
            throw Fault.usage(
                    name + " is no duration",
                    "'" + text + "' has not the form 500ms, 30s, 5m or 1h",
                    "give a number and its unit");
        }
        Duration duration =
                UNITS.getOrDefault(matcher.group(2), Duration.ZERO).multipliedBy(Long.parseLong(matcher.group(1)));
        if (duration.isZero()) {
            throw Fault.usage(
                    name + " is no duration",
                    "nothing can be done in '" + text + "'",
                    "give a longer one, such as 30s");
        }
        return duration;
    }
}
