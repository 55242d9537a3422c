package lvc.core.fault;

/** How a command ended, as its exit code. Codes are never renumbered. */
public enum Exit {
    /** Done, or nothing to do; an empty result is not a failure. */
    DONE(0),
    /** The other side said no, or lvc has a bug. */
    FAILED(1),
    /** The command line or a setting is wrong; nothing was touched. */
    USAGE(2),
    /** A guard spoke (consent, a plan gone stale, a run left unfinished, a port taken); nothing was touched. */
    REFUSED(3),
    /** No connection or no permission within the time given; later it may work. */
    UNREACHABLE(4),
    /** Two things that should be equal differ. */
    DIFFERS(5),
    /** Stopped at a recorded step; the command that continues is printed. */
    UNFINISHED(6),
    /** Stopped by Ctrl-C. */
    INTERRUPTED(130),
    /** Stopped by SIGTERM. */
    TERMINATED(143);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    /** The number a shell sees. */
    public int code() {
        return code;
    }

    /** One line for the tables of the help pages. */
    public String meaning() {
        return switch (this) {
            case DONE -> "done, or nothing to do";
            case FAILED -> "the other side said no, or a bug";
            case USAGE -> "command line or settings are wrong; nothing was touched";
            case REFUSED -> "a guard spoke; nothing was touched";
            case UNREACHABLE -> "no connection or no permission in time";
            case DIFFERS -> "two things that should be equal differ";
            case UNFINISHED -> "stopped at a recorded step; can be continued";
            case INTERRUPTED -> "stopped by Ctrl-C";
            case TERMINATED -> "stopped by SIGTERM";
        };
    }
}
