package lvc.cli.term;

import java.util.Map;

/**
 * Which of the three streams a person looks at. Java 17 cannot tell them apart, so the launcher does.
 *
 * @param in whether standard input is a terminal
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 * @param colour whether that person may be shown colour at all (NO_COLOR, TERM=dumb)
 * @param columns width, 80 when unknown
 */
public record Terminal(boolean in, boolean out, boolean err, boolean colour, int columns) {
    private static final int USUAL_COLUMNS = 80;

    /** Nobody looks. */
    public static final Terminal NONE = new Terminal(false, false, false, false, USUAL_COLUMNS);

    /**
     * Reads what the launcher found out.
     *
     * @param streams the digits of the descriptors that are terminals, such as "02"
     */
    public static Terminal of(String streams, Map<String, String> variables) {
        boolean plain = variables.getOrDefault("NO_COLOR", "").isEmpty()
                && !variables.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(
                streams.contains("0"),
                streams.contains("1"),
                streams.contains("2"),
                plain,
                columns(variables.getOrDefault("COLUMNS", "")));
    }

    private static int columns(String text) {
        try {
            return Math.max(20, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }
}
