package lvc.cli.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lvc.core.event.Event;

/** The page of what {@code -o json} prints: one section per kind, each with a line that was really printed. */
public final class EventPage {
    private static final int LONG_LINE = 118;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HEAD = """
            # Events

            With `-o json` a command prints one JSON object per line on standard output. Every object has a `kind` and a version
            `v`. Within a version fields are only added, never renamed or removed, so a reader should pass over fields it does
            not know. Durations are seconds, times are ISO 8601 in UTC, offsets and counts are whole numbers.

            Three commands print something else on standard output:

            - `lvc consume` prints records ([record formats](record-formats.md)) whatever `-o` says, and a fault after them.
            - `lvc sandbox -o json` prints one line when it is ready:
              `{"kind":"sandbox","v":1,"brokers":"127.0.0.1:9092","admin":"http://127.0.0.1:9644"}`.
            - `lvc completion` prints a script.

            What a transform's environment variables hold is never printed.

            """;

    private static final String FAULT = """
            How a command ended that did not do what it was asked to; always the last line. `exit` is the
            [exit code](exit-codes.md). A command that was stopped by a signal (130, 143) prints none.

            """;

    private EventPage() {}

    /**
     * The whole page.
     *
     * @param source of {@link Event}, for what its comments say
     * @param samples one line per kind, as they are printed, in the order of the page
     */
    public static String events(String source, List<String> samples) {
        Map<String, Class<?>> events = new HashMap<>();
        for (Class<?> event : Event.class.getPermittedSubclasses()) {
            events.put(kind(event), event);
        }
        StringBuilder index = new StringBuilder(HEAD);
        StringBuilder page = new StringBuilder();
        for (String sample : samples) {
            String kind = tree(sample).path("kind").asText();
            index.append("- [").append(kind).append("](#").append(kind).append(")\n");
            Class<?> event = events.get(kind);
            page.append("\n## ").append(kind).append("\n\n");
            if (event != null) {
                page.append(comment(source, event.getSimpleName())).append(fields(event));
            } else if (kind.equals("fault")) {
                page.append(FAULT);
            } else {
                throw new IllegalStateException("a sample of no event: " + kind);
            }
            page.append("```json\n").append(pretty(sample)).append("\n```\n");
        }
        return index.append(page).toString();
    }

    private static String kind(Class<?> event) {
        return event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** What the comment before a record says, and its parameters as a list. */
    private static String comment(String source, String record) {
        Matcher matcher = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:public )?record " + record + "\\(", Pattern.DOTALL)
                .matcher(source);
        if (!matcher.find()) {
            return "";
        }
        String text = matcher.group(1)
                .lines()
                .map(line -> line.replaceFirst("^\\s*\\*\\s?", ""))
                .reduce("", (a, b) -> a + "\n" + b);
        return text.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                        .replaceAll("(?m)^@param (\\w+) ", "- `$1`: ")
                        .strip()
                + "\n\n";
    }

    private static String fields(Class<?> event) {
        List<String> fields = new ArrayList<>();
        for (RecordComponent component : event.getRecordComponents()) {
            fields.add("`" + component.getName() + "` (" + type(component.getType()) + ")");
        }
        return fields.isEmpty() ? "No fields.\n\n" : "Fields: " + String.join(", ", fields) + ".\n\n";
    }

    private static String type(Class<?> type) {
        if (type == String.class) {
            return "text";
        } else if (type == long.class || type == int.class) {
            return "whole number";
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type == Duration.class) {
            return "seconds";
        } else if (type == Instant.class) {
            return "time";
        } else if (type == Optional.class) {
            return "may be null";
        } else if (Collection.class.isAssignableFrom(type)) {
            return "array";
        }
        return "object";
    }

    private static String pretty(String line) {
        if (line.length() <= LONG_LINE) {
            return line;
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(tree(line))
                    .replace("\r\n", "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
