package lvc.sandbox;

import java.io.IOException;

/** The sandbox did not start because something is taken; nothing was touched. Says what, why, and what to do next. */
public final class StartRefused extends IOException {

    private final String why;
    private final String next;

    StartRefused(String what, String why, String next, Throwable cause) {
        super(what, cause);
        this.why = why;
        this.next = next;
    }

    /** What could not be done. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** What is in the way. */
    public String why() {
        return why;
    }

    /** How to go on. */
    public String next() {
        return next;
    }
}
