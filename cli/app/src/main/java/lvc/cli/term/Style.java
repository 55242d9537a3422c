package lvc.cli.term;

/** The only place that knows a colour. Colour never carries meaning alone. */
public final class Style {

    /** When to use colour. */
    public enum When {
        auto,
        always,
        never
    }

    private static final String RESET = "\u001b[0m";

    private final boolean on;

    /**
     * Decides once.
     *
     * @param person whether a person looks at the stream and may be shown colour
     */
    public Style(When when, boolean person) {
        this.on = when == When.always || (when == When.auto && person);
    }

    /** For what went wrong. */
    public String bad(String text) {
        return in("31", text);
    }

    /** For what deserves a second look. */
    public String odd(String text) {
        return in("33", text);
    }

    /** For what was done. */
    public String good(String text) {
        return in("32", text);
    }

    /** For what a person typed or could type. */
    public String strong(String text) {
        return in("1", text);
    }

    /** For what is said in passing. */
    public String quiet(String text) {
        return in("2", text);
    }

    private String in(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
