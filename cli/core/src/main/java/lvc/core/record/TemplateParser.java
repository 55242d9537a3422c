package lvc.core.record;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lvc.core.record.RecordTemplate.Field;
import lvc.core.record.RecordTemplate.Part;
import lvc.core.record.RecordTemplate.Slot;
import lvc.core.record.RecordTemplate.Text;
import org.jspecify.annotations.Nullable;

/** Reads records by a template: first cuts off one record, then its fields, so a bad line never spoils the next. */
final class TemplateParser implements RecordParser {
    private static final byte[] NEWLINE = {'\n'};
    private static final byte[] EMPTY = {};

    private final byte[] lead;
    private final Field[] fields;
    /** The text after each field; empty where the field runs to the end of the record. */
    private final byte[][] stops;

    private final NullText nullText;
    private final LineReader lines;
    private final int limit;

    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private int partition;
    private long timestamp;

    private TemplateParser(
            byte[] lead, Field[] fields, byte[][] stops, NullText nullText, LineReader lines, int limit) {
        this.lead = lead;
        this.fields = fields;
        this.stops = stops;
        this.nullText = nullText;
        this.lines = lines;
        this.limit = limit;
    }

    static TemplateParser of(RecordTemplate template, InputStream in, int limit) {
        byte[] lead = EMPTY;
        List<Field> fields = new ArrayList<>();
        List<byte[]> stops = new ArrayList<>();
        for (Part part : template.parts()) {
            if (part instanceof Text text) {
                if (fields.isEmpty()) {
                    lead = text.bytes();
                } else {
                    stops.set(stops.size() - 1, text.bytes());
                }
            } else if (part instanceof Slot slot) {
                fields.add(readable(template, slot, fields, stops));
                stops.add(EMPTY);
            } else {
                throw template.unreadable("headers can be given with JSON lines, not with %h");
            }
        }
        if (!fields.contains(Field.VALUE) && !template.nullText().isEmpty()) {
            throw template.unreadable("it has no %v; to write tombstones only, choose the empty text for null");
        }
        int last = stops.size() - 1;
        byte[] stop = stops.get(last);
        byte[] delimiter = stop.length == 0 ? NEWLINE : stop;
        stops.set(last, EMPTY);
        int lines = 1 + occurrences(lead, delimiter);
        for (byte[] text : stops) {
            lines += occurrences(text, delimiter);
        }
        return new TemplateParser(
                lead,
                fields.toArray(Field[]::new),
                stops.toArray(byte[][]::new),
                template.nullText(),
                new LineReader(in, delimiter, lines, limit),
                limit);
    }

    private static Field readable(RecordTemplate template, Slot slot, List<Field> before, List<byte[]> stops) {
        Field field = slot.field();
        String where = "position " + slot.position() + ": ";
        if (field != Field.KEY && field != Field.VALUE && field != Field.PARTITION && field != Field.TIMESTAMP) {
            throw template.unreadable(where + field + " is not among the fields that can be read: %k %v %p %d");
        }
        if (before.contains(field)) {
            throw template.unreadable(where + field + " comes twice");
        }
        int last = before.size() - 1;
        if (last >= 0 && stops.get(last).length == 0) {
            throw template.unreadable(where + "nothing separates " + before.get(last) + " from " + field);
        }
        return field;
    }

    private static int occurrences(byte[] text, byte[] wanted) {
        int count = 0;
        int at = 0;
        while ((at = find(text, at, text.length, wanted)) >= 0) {
            count++;
            at += wanted.length;
        }
        return count;
    }

    @Override
    public Optional<Parsed> next() throws IOException {
        if (!lines.advance()) {
            return Optional.empty();
        }
        if (lines.tooLong()) {
            return Optional.of(new BadLine(lines.number(), "it is longer than " + limit + " bytes"));
        }
        String wrong = read(lines.buffer(), lines.from(), lines.to());
        return Optional.of(
                wrong == null
                        ? new NewRecord(lines.number(), key, value, List.of(), partition, timestamp)
                        : new BadLine(lines.number(), wrong));
    }

    /** Reads the fields of one record; gives what is wrong with it, or null. */
    private @Nullable String read(byte[] bytes, int from, int to) {
        key = null;
        value = nullText.isEmpty() ? null : EMPTY;
        partition = NewRecord.UNSET;
        timestamp = NewRecord.UNSET;
        if (!startsWith(bytes, from, to, lead)) {
            return "it does not begin with \"" + shown(lead) + "\"";
        }
        int at = from + lead.length;
        for (int i = 0; i < fields.length; i++) {
            byte[] stop = stops[i];
            int end = stop.length == 0 ? to : find(bytes, at, to, stop);
            if (end < 0) {
                return "there is no \"" + shown(stop) + "\" after " + fields[i];
            }
            String wrong = take(fields[i], bytes, at, end);
            if (wrong != null) {
                return wrong;
            }
            at = end + stop.length;
        }
        return null;
    }

    private @Nullable String take(Field field, byte[] bytes, int from, int to) {
        switch (field) {
            case KEY -> key = Arrays.copyOfRange(bytes, from, to);
            case VALUE -> value = nullText.is(bytes, from, to) ? null : Arrays.copyOfRange(bytes, from, to);
            case PARTITION -> {
                long number = number(bytes, from, to);
                if (number < 0 || number > Integer.MAX_VALUE) {
                    return "%p is no partition number: \"" + shown(bytes, from, to) + "\"";
                }
                partition = (int) number;
            }
            default -> {
                timestamp = number(bytes, from, to);
                if (timestamp < 0) {
                    return field + " is no time in milliseconds since 1970: \"" + shown(bytes, from, to) + "\"";
                }
            }
        }
        return null;
    }

    /** A decimal number of up to 18 digits, or -1. */
    private static long number(byte[] bytes, int from, int to) {
        if (from == to || to - from > 18) {
            return -1;
        }
        long number = 0;
        for (int at = from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int find(byte[] bytes, int from, int to, byte[] wanted) {
        for (int at = from; at <= to - wanted.length; at++) {
            if (bytes[at] == wanted[0] && startsWith(bytes, at, to, wanted)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] wanted) {
        int end = from + wanted.length;
        return end <= to && (wanted.length == 0 || Arrays.equals(bytes, from, end, wanted, 0, wanted.length));
    }

    private static String shown(byte[] bytes) {
        return shown(bytes, 0, bytes.length);
    }

    /** Bytes for an error message: printable ASCII as it is, at most 40 of them. */
    private static String shown(byte[] bytes, int from, int to) {
        StringBuilder shown = new StringBuilder();
        for (int at = from; at < Math.min(to, from + 40); at++) {
            byte b = bytes[at];
            switch (b) {
                case '\n' -> shown.append("\\n");
                case '\t' -> shown.append("\\t");
                case '\r' -> shown.append("\\r");
                default -> shown.append(b >= ' ' && b < 127 ? String.valueOf((char) b) : "\\x%02x".formatted(b & 0xff));
            }
        }
        return to - from > 40 ? shown + "…" : shown.toString();
    }
}
