package lvc.acceptance.transcript;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares lines with what was expected and remembers what the names in angle brackets stood for. */
final class Expectation {
    private static final Pattern NAME = Pattern.compile("<([a-z][a-z0-9]*)>");
    private static final String ANY_LINES = "...";

    private final Map<String, String> bound = new HashMap<>();

    /** A name that stands for a text known beforehand. */
    void bind(String name, String text) {
        bound.put(name, text);
    }

    /** A command in which the names that are known are replaced by what they stand for. */
    String filled(String command) {
        Matcher names = NAME.matcher(command);
        return names.replaceAll(name -> Matcher.quoteReplacement(bound.getOrDefault(name.group(1), name.group())));
    }

    /** Whether the lines are as expected. */
    boolean holds(List<String> expected, List<String> actual) {
        if (expected.isEmpty()) {
            return actual.isEmpty();
        }
        if (expected.get(0).equals(ANY_LINES)) {
            Map<String, String> before = Map.copyOf(bound);
            if (holds(expected.subList(1, expected.size()), actual)) {
                return true;
            }
            bound.keySet().retainAll(before.keySet());
            return !actual.isEmpty() && holds(expected, actual.subList(1, actual.size()));
        }
        return !actual.isEmpty()
                && line(expected.get(0), actual.get(0))
                && holds(expected.subList(1, expected.size()), actual.subList(1, actual.size()));
    }

    private boolean line(String expected, String actual) {
        StringBuilder regex = new StringBuilder();
        Map<String, String> fresh = new HashMap<>();
        Matcher names = NAME.matcher(expected);
        int end = 0;
        while (names.find()) {
            regex.append(Pattern.quote(expected.substring(end, names.start())));
            String name = names.group(1);
            if (bound.containsKey(name)) {
                regex.append(Pattern.quote(bound.get(name)));
            } else if (fresh.putIfAbsent(name, "") == null) {
                regex.append("(?<").append(name).append(">.+?)");
            } else {
                regex.append("\\k<").append(name).append(">");
            }
            end = names.end();
        }
        regex.append(Pattern.quote(expected.substring(end)));
        Matcher matcher = Pattern.compile(regex.toString()).matcher(actual);
        if (!matcher.matches()) {
            return false;
        }
        fresh.keySet().forEach(name -> bound.put(name, matcher.group(name)));
        return true;
    }
}
