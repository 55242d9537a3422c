package lvc.core.topic;

import java.util.Locale;

/**
 * The two ways in which two topics and a transform make a last value cache.
 *
 * <pre>
 *   A   source (truth, tiered) ──forward──▶ destination (hot, local)
 *   B   primary (hot, local)   ──forward──▶ secondary (truth, tiered)
 * </pre>
 */
public enum Approach {
    /** Readers and writers may use different topics: written to source, read from destination. */
    A("source", "destination"),
    /** Readers and writers need the same topic: primary; secondary is its backup. */
    B("primary", "secondary");

    private final String inputRole;
    private final String outputRole;

    Approach(String inputRole, String outputRole) {
        this.inputRole = inputRole;
        this.outputRole = outputRole;
    }

    /** What the topic is called that the forward transform reads. */
    public String inputRole() {
        return inputRole;
    }

    /** What the topic is called that the forward transform writes. */
    public String outputRole() {
        return outputRole;
    }

    /** What the source of truth is called: the topic that lvc never deletes. */
    public String truthRole() {
        return this == A ? inputRole : outputRole;
    }

    /** What the hot topic is called: local, hard-compacted, fast to read. */
    public String hotRole() {
        return this == A ? outputRole : inputRole;
    }

    /** As on the command line: {@code a} or {@code b}. */
    public String letter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
