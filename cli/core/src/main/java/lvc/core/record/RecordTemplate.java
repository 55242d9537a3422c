package lvc.core.record;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lvc.core.fault.Fault;

/**
 * A format string such as {@code %k,%v\n}, in the manner of rpk.
 *
 * <table>
 * <caption>Fields and escapes</caption>
 * <tr><td>{@code %k %v}</td><td>key and value, the bytes as they are</td></tr>
 * <tr><td>{@code %K %V}</td><td>their length in bytes</td></tr>
 * <tr><td>{@code %t %p %o}</td><td>topic, partition, offset</td></tr>
 * <tr><td>{@code %d}</td><td>timestamp, milliseconds since 1970</td></tr>
 * <tr><td>{@code %h{…}}</td><td>the braces once per header; inside, {@code %k %v %K %V} are those of the header</td></tr>
 * <tr><td>{@code %H}</td><td>number of headers</td></tr>
 * <tr><td>{@code %% %{ %}}</td><td>a percent sign, a brace</td></tr>
 * <tr><td>{@code \n \t \r \\ \xNN}</td><td>newline, tab, carriage return, backslash, any byte</td></tr>
 * </table>
 *
 * <p>Read by {@code lvc produce}, the text between the fields delimits them: a field ends where the text after it first
 * occurs, and the last field runs to the end of the record. The text after the last field ends the record; where there
 * is none, a newline does. Only {@code %k %v %p %d} can be read. A missing field is a bad line; an empty one is empty
 * bytes. A tombstone (null value) and an empty value look the same unless a text for null is chosen
 * ({@link #withNull}).
 */
public final class RecordTemplate implements RecordFormat {
    private static final String PRINTED =
            "use fields such as %k %v %p %o %t %d %h{%k=%v } and escapes such as \\n \\t \\x00, e.g. '%k,%v\\n'";
    private static final String READ =
            "use the fields that can be read, %k %v %p %d, and escapes such as \\n \\t \\x00, e.g. '%k,%v\\n'";

    /** A part of a template: text, or the place of a field. */
    sealed interface Part permits Text, Slot, Headers {}

    /** Text between the fields. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Text(byte[] bytes) implements Part {}

    /**
     * The place of a field.
     *
     * @param position of the percent sign in the format, from 1
     */
    record Slot(Field field, int position) implements Part {}

    /** Parts that are printed once per header. */
    record Headers(List<Part> each, int position) implements Part {}

    private final String format;
    private final List<Part> parts;
    private final NullText nullText;

    private RecordTemplate(String format, List<Part> parts, NullText nullText) {
        this.format = format;
        this.parts = parts;
        this.nullText = nullText;
    }

    /**
     * Understands a format string.
     *
     * @throws Fault USAGE naming the position, counted from 1, of what is not understood
     */
    public static RecordTemplate parse(String format) {
        return parse(format, PRINTED);
    }

    /**
     * The same for records that come in, of which a template can name less.
     *
     * @throws Fault USAGE that names only what can be read
     */
    public static RecordTemplate parseForReading(String format) {
        return parse(format, READ);
    }

    private static RecordTemplate parse(String format, String advice) {
        List<Part> parts = new TemplateSyntax(format, advice).parts();
        if (parts.stream().allMatch(part -> part instanceof Text)) {
            throw misunderstood(format, "it names no field, so every record would look the same", advice);
        }
        return new RecordTemplate(format, parts, NullText.NONE);
    }

    /**
     * The same template with a text that stands for null values. Read, a value of exactly this text is a tombstone;
     * printed, a tombstone is this text. The empty text is allowed: then every empty value read is a tombstone, and
     * {@code %v} may be left out.
     */
    public RecordTemplate withNull(String text) {
        return new RecordTemplate(format, parts, NullText.of(text));
    }

    @Override
    public RecordParser parser(InputStream in, int limit) {
        return TemplateParser.of(this, in, limit);
    }

    @Override
    public RecordPrinter printer(OutputStream out) {
        return new TemplatePrinter(parts, nullText, out);
    }

    List<Part> parts() {
        return parts;
    }

    NullText nullText() {
        return nullText;
    }

    Fault unreadable(String why) {
        return Fault.usage(
                "the format '" + format + "' can be printed but not read",
                why,
                "use a format such as '%k,%v\\n', or JSON lines");
    }

    static Fault misunderstood(String format, String why, String advice) {
        return Fault.usage("the format '" + format + "' is not understood", why, advice);
    }

    /** The record's fields that a template can name. */
    enum Field {
        TOPIC('t'),
        PARTITION('p'),
        OFFSET('o'),
        TIMESTAMP('d'),
        KEY('k'),
        KEY_LENGTH('K'),
        VALUE('v'),
        VALUE_LENGTH('V'),
        HEADER_COUNT('H');

        private final char letter;

        Field(char letter) {
            this.letter = letter;
        }

        static Optional<Field> of(char letter) {
            for (Field field : values()) {
                if (field.letter == letter) {
                    return Optional.of(field);
                }
            }
            return Optional.empty();
        }

        /** Whether it can stand inside the braces of {@code %h}. */
        boolean ofHeader() {
            return this == KEY || this == KEY_LENGTH || this == VALUE || this == VALUE_LENGTH;
        }

        @Override
        public String toString() {
            return "%" + letter;
        }
    }

    /** Text as the bytes of a template; used by the syntax and by error messages. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Text parts next to each other become one. */
    static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>();
        for (Part part : parts) {
            int last = joined.size() - 1;
            if (part instanceof Text text && last >= 0 && joined.get(last) instanceof Text before) {
                byte[] both = java.util.Arrays.copyOf(before.bytes(), before.bytes().length + text.bytes().length);
                System.arraycopy(text.bytes(), 0, both, before.bytes().length, text.bytes().length);
                joined.set(last, new Text(both));
            } else {
                joined.add(part);
            }
        }
        return List.copyOf(joined);
    }
}
