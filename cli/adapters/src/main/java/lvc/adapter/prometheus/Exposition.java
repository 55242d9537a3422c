package lvc.adapter.prometheus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lvc.core.metric.Series;

/**
 * Reads the text-based exposition format, version 0.0.4 (Prometheus documentation, "Exposition formats"). Comments,
 * {@code HELP} and {@code TYPE} lines and timestamps are passed over.
 */
final class Exposition {
    private final String line;
    private int at;

    private Exposition(String line) {
        this.line = line;
    }

    /**
     * All series of a page, in its order.
     *
     * @throws Malformed when a line is none of this format: half a page is no page
     */
    static List<Series> parse(String page) throws Malformed {
        List<Series> series = new ArrayList<>();
        int number = 0;
        for (String line : page.split("\n", -1)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && text.charAt(0) != '#') {
                try {
                    series.add(new Exposition(text).series());
                } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                    throw new Malformed("line " + number + " of its metrics is not understood: " + line, e);
                }
            }
        }
        return series;
    }

    /** A line that is none of this format. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private Series series() {
        String name = name();
        Map<String, String> labels = new HashMap<>();
        blanks();
        if (line.charAt(at) == '{') {
            at++;
            blanks();
            while (line.charAt(at) != '}') {
                label(labels);
            }
            at++;
        }
        String[] numbers = line.substring(at).strip().split("[ \t]+", -1);
        if (numbers.length > 2) {
            throw new IllegalArgumentException("more than a value and a time");
        }
        if (numbers.length == 2) {
            Long.parseLong(numbers[1]);
        }
        return new Series(name, labels, value(numbers[0]));
    }

    /** {@code name="value"} and the comma behind it, which the last one may have, too. */
    private void label(Map<String, String> labels) {
        String name = name();
        blanks();
        take('=');
        blanks();
        take('"');
        StringBuilder value = new StringBuilder();
        while (line.charAt(at) != '"') {
            value.append(line.charAt(at) == '\\' ? escaped() : line.charAt(at));
            at++;
        }
        at++;
        labels.put(name, value.toString());
        blanks();
        if (line.charAt(at) != '}') {
            take(',');
            blanks();
        }
    }

    private char escaped() {
        at++;
        return switch (line.charAt(at)) {
            case 'n' -> '\n';
            case '"' -> '"';
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException("unknown escape");
        };
    }

    private String name() {
        int begin = at;
        while (at < line.length()
                && (Character.isLetterOrDigit(line.charAt(at)) || "_:".indexOf(line.charAt(at)) >= 0)) {
            at++;
        }
        if (begin == at || Character.isDigit(line.charAt(begin))) {
            throw new IllegalArgumentException("no name");
        }
        return line.substring(begin, at);
    }

    private void take(char wanted) {
        if (line.charAt(at) != wanted) {
            throw new IllegalArgumentException("no " + wanted);
        }
        at++;
    }

    private void blanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    /** As Go's ParseFloat takes it, as far as brokers print it. */
    private static double value(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> number(text);
        };
    }

    private static double number(String text) {
        if (!text.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?")) {
            throw new IllegalArgumentException("no number");
        }
        return Double.parseDouble(text);
    }
}
