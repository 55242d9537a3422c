package lvc.core.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lvc.core.fault.Fault;
import lvc.core.record.RecordTemplate.Field;
import lvc.core.record.RecordTemplate.Headers;
import lvc.core.record.RecordTemplate.Part;
import lvc.core.record.RecordTemplate.Slot;
import lvc.core.record.RecordTemplate.Text;

/** Reads a format string from left to right. */
final class TemplateSyntax {
    private final String format;
    private final String advice;
    private int at;

    /** @param advice for whoever wrote what is not understood */
    TemplateSyntax(String format, String advice) {
        this.format = format;
        this.advice = advice;
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        while (at < format.length()) {
            parts.add(part(false));
        }
        return RecordTemplate.joined(parts);
    }

    private Part part(boolean inHeaders) {
        char c = format.charAt(at);
        if (c == '%') {
            return percent(inHeaders);
        }
        if (c == '\\') {
            return escape();
        }
        int end = at + 1;
        while (end < format.length() && "%\\{}".indexOf(format.charAt(end)) < 0) {
            end++;
        }
        Text text = new Text(RecordTemplate.utf8(format.substring(at, end)));
        at = end;
        return text;
    }

    private Part percent(boolean inHeaders) {
        int start = at;
        if (start + 1 == format.length()) {
            throw wrong(start, "a lone % at the end (%% is a percent sign)");
        }
        char letter = format.charAt(start + 1);
        at = start + 2;
        if ("%{}".indexOf(letter) >= 0) {
            return new Text(new byte[] {(byte) letter});
        }
        if (letter == 'h' && !inHeaders) {
            return headers(start);
        }
        Optional<Field> field = Field.of(letter);
        if (field.isEmpty()) {
            throw wrong(start, "%" + letter + " is no field");
        }
        if (inHeaders && !field.get().ofHeader()) {
            throw wrong(start, field.get() + " has no meaning for a header; inside %h{…} there are %k %v %K %V");
        }
        if (at < format.length() && format.charAt(at) == '{') {
            throw wrong(at, field.get() + " takes no braces (%{ is a brace)");
        }
        return new Slot(field.get(), start + 1);
    }

    private Part headers(int start) {
        if (at == format.length() || format.charAt(at) != '{') {
            throw wrong(start, "%h needs braces that say how a header looks, as in %h{%k=%v }");
        }
        at++;
        List<Part> each = new ArrayList<>();
        while (true) {
            if (at == format.length()) {
                throw wrong(start, "the brace after %h is never closed");
            }
            if (format.charAt(at) == '}') {
                at++;
                return new Headers(RecordTemplate.joined(each), start + 1);
            }
            each.add(part(true));
        }
    }

    private Part escape() {
        int start = at;
        char letter = start + 1 < format.length() ? format.charAt(start + 1) : ' ';
        at = start + 2;
        return switch (letter) {
            case 'n' -> new Text(new byte[] {'\n'});
            case 't' -> new Text(new byte[] {'\t'});
            case 'r' -> new Text(new byte[] {'\r'});
            case '\\' -> new Text(new byte[] {'\\'});
            case 'x' -> hex(start);
            default -> throw wrong(start, "after a backslash there may be n t r \\ or xNN");
        };
    }

    private Part hex(int start) {
        int high = at < format.length() ? Character.digit(format.charAt(at), 16) : -1;
        int low = at + 1 < format.length() ? Character.digit(format.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw wrong(start, "\\x needs two hex digits, as in \\x1f");
        }
        at += 2;
        return new Text(new byte[] {(byte) (high << 4 | low)});
    }

    private Fault wrong(int index, String why) {
        return RecordTemplate.misunderstood(format, "position " + (index + 1) + ": " + why, advice);
    }
}
