package lvc.core.record;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lvc.core.fault.Fault;

/**
 * Which part of every partition to read, written as in rpk:
 *
 * <table>
 * <caption>Offset expressions</caption>
 * <tr><td>{@code start}, {@code end}</td><td>from the first record; from the current end</td></tr>
 * <tr><td>{@code 47}, {@code +2}, {@code -3}</td><td>from offset 47; two after the first; three before the end</td></tr>
 * <tr><td>{@code @1732000000000}, {@code @1732000000}, {@code @2026-11-20}, {@code @2026-11-20T07:14:00Z}, {@code @-1h}
 * </td><td>from the first record at or after a time: milliseconds, seconds, a day or moment in UTC, an hour ago</td></tr>
 * <tr><td>{@code FROM:UNTIL}</td><td>and stop before another such place; {@code FROM:end} stops at what is the end
 * when reading begins</td></tr>
 * <tr><td>{@code :UNTIL}</td><td>the same from the first record: {@code :end} is all there is now</td></tr>
 * <tr><td>{@code 10-20}</td><td>as {@code 10:20}</td></tr>
 * </table>
 *
 * @param until {@link Open} to go on as records arrive
 */
public record OffsetRange(Place from, Place until) {

    /** A place in every partition. */
    public sealed interface Place permits AfterStart, BeforeEnd, Exactly, Moment, Open {}

    /** So many offsets after the first one that is there; 0 is the start. */
    public record AfterStart(long offsets) implements Place {}

    /** So many offsets before the current end; 0 is the end. */
    public record BeforeEnd(long offsets) implements Place {}

    /** This offset. */
    public record Exactly(long offset) implements Place {}

    /** The first record whose timestamp is at or after this time; the end when there is none. */
    public record Moment(Instant time) implements Place {}

    /** No place: reading goes on for ever. */
    public record Open() implements Place {}

    /** Everything, and then whatever arrives. */
    public static final OffsetRange ALL_AND_FOLLOW = new OffsetRange(new AfterStart(0), new Open());

    /** Everything there is when reading begins. */
    public static final OffsetRange ALL_NOW = new OffsetRange(new AfterStart(0), new BeforeEnd(0));

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern MILLISECONDS = Pattern.compile("\\d{13}");
    private static final Pattern SECONDS = Pattern.compile("\\d{10}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern SPAN = Pattern.compile("-?((\\d{1,9})(ms|s|m|h|d))+");
    private static final Pattern SPAN_PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    /** The first half of a range of times, which may contain colons itself. */
    private static final Pattern TIMES =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z|[^:]*)(?::(.*))?");

    /** Whether reading ends by itself. */
    public boolean ends() {
        return !(until instanceof Open);
    }

    /**
     * Understands an offset expression.
     *
     * @param now what spans such as {@code @-1h} are counted from
     * @throws Fault USAGE when it is none
     */
    public static OffsetRange parse(String text, Instant now) {
        OffsetRange range = text.startsWith("@") ? times(text, now) : offsets(text);
        if (range.from instanceof Exactly from && range.until instanceof Exactly until && until.offset <= from.offset) {
            throw misunderstood(text, until.offset + " is not after " + from.offset);
        }
        if (range.from instanceof Moment from
                && range.until instanceof Moment until
                && !until.time.isAfter(from.time)) {
            throw misunderstood(text, until.time + " is not after " + from.time);
        }
        return range;
    }

    private static OffsetRange offsets(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        String range = numbers.matches() ? numbers.group(1) + ":" + numbers.group(2) : text;
        int colon = range.indexOf(':');
        if (range.equals(":")) {
            throw misunderstood(text, "there is no place before or after the colon");
        }
        if (colon < 0) {
            return new OffsetRange(offset(text, range), new Open());
        }
        String from = range.substring(0, colon);
        String until = range.substring(colon + 1);
        return new OffsetRange(
                from.isEmpty() ? new AfterStart(0) : offset(text, from),
                until.isEmpty() ? new Open() : offset(text, until));
    }

    private static Place offset(String text, String part) {
        if (part.equals("start")) {
            return new AfterStart(0);
        }
        if (part.equals("end")) {
            return new BeforeEnd(0);
        }
        boolean signed = part.startsWith("+") || part.startsWith("-");
        String digits = signed ? part.substring(1) : part;
        if (!NUMBER.matcher(digits).matches()) {
            throw misunderstood(text, "\"" + part + "\" is no place in a partition");
        }
        long number = Long.parseLong(digits);
        if (!signed) {
            return new Exactly(number);
        }
        return part.startsWith("+") ? new AfterStart(number) : new BeforeEnd(number);
    }

    private static OffsetRange times(String text, Instant now) {
        Matcher halves = TIMES.matcher(text.substring(1));
        if (!halves.matches()) {
            throw misunderstood(text, "it is no time");
        }
        String first = halves.group(1);
        String second = halves.group(2);
        Place from = first.isEmpty() ? new AfterStart(0) : moment(text, first, now);
        if (second == null || second.isEmpty()) {
            if (first.isEmpty()) {
                throw misunderstood(text, "there is no time after @");
            }
            return new OffsetRange(from, new Open());
        }
        if (second.equals("end")) {
            return new OffsetRange(from, new BeforeEnd(0));
        }
        boolean counted = SPAN.matcher(first).matches();
        Instant base = from instanceof Moment moment && !counted ? moment.time : now;
        return new OffsetRange(from, moment(text, second, base));
    }

    private static Moment moment(String text, String part, Instant base) {
        try {
            if (MILLISECONDS.matcher(part).matches()) {
                return new Moment(Instant.ofEpochMilli(Long.parseLong(part)));
            }
            if (SECONDS.matcher(part).matches()) {
                return new Moment(Instant.ofEpochSecond(Long.parseLong(part)));
            }
            if (DAY.matcher(part).matches()) {
                return new Moment(
                        LocalDate.parse(part).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            if (SPAN.matcher(part).matches()) {
                Duration span = span(part);
                return new Moment(part.startsWith("-") ? base.minus(span) : base.plus(span));
            }
            return new Moment(Instant.parse(part));
        } catch (DateTimeException notATime) {
            throw misunderstood(text, "\"" + part + "\" is no time").causedBy(notATime);
        }
    }

    private static Duration span(String part) {
        Duration sum = Duration.ZERO;
        Matcher parts = SPAN_PART.matcher(part);
        while (parts.find()) {
            long count = Long.parseLong(parts.group(1));
            sum = sum.plus(
                    switch (parts.group(2)) {
                        case "ms" -> Duration.ofMillis(count);
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
        }
        return sum;
    }

    private static Fault misunderstood(String text, String why) {
        return Fault.usage(
                "the offset '" + text + "' is not understood",
                why,
                "use start, end, :end, 47, +2, -3, 10:20 or a time such as @2026-11-20T07:14:00Z, @-1h or @-1h:end");
    }
}
