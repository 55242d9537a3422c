package lvc.core.fault;

import org.jspecify.annotations.Nullable;

/**
 * Something went wrong that a person can understand and act on. It is shown as three lines, never as a stack trace:
 *
 * <pre>
 * error: what did not happen
 * why:   the cause, with the value and where it came from
 * next:  a command to paste, or what to change
 * </pre>
 */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;
    private final String why;
    private final String next;

    private Fault(Exit exit, String what, String why, String next, @Nullable Throwable cause) {
        super(what, cause);
        this.exit = exit;
        this.why = why;
        this.next = next;
    }

    /** The other side said no. */
    public static Fault failed(String what, String why, String next) {
        return new Fault(Exit.FAILED, what, why, next, null);
    }

    /** The command line, a setting or the input is wrong. */
    public static Fault usage(String what, String why, String next) {
        return new Fault(Exit.USAGE, what, why, next, null);
    }

    /** A guard spoke before anything was touched. */
    public static Fault refused(String what, String why, String next) {
        return new Fault(Exit.REFUSED, what, why, next, null);
    }

    /** No answer, or no right to one, within the time given. */
    public static Fault unreachable(String what, String why, String next) {
        return new Fault(Exit.UNREACHABLE, what, why, next, null);
    }

    /** Two things that should be equal are not. */
    public static Fault differs(String what, String why, String next) {
        return new Fault(Exit.DIFFERS, what, why, next, null);
    }

    /** Stopped half way, in a way that can be continued. */
    public static Fault unfinished(String what, String why, String next) {
        return new Fault(Exit.UNFINISHED, what, why, next, null);
    }

    /** The same fault, remembering what caused it for the trace file. */
    public Fault causedBy(Throwable cause) {
        return new Fault(exit, what(), why, next, cause);
    }

    /** What did not happen. */
    public String what() {
        String what = getMessage();
        return what == null ? "" : what;
    }

    /** The cause, with the value and where it came from. */
    public String why() {
        return why;
    }

    /** What to do now. */
    public String next() {
        return next;
    }

    /** How the command ends. */
    public Exit exit() {
        return exit;
    }
}
