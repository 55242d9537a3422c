package lvc.core.report;

/**
 * One thing that was checked, and how it is.
 *
 * @param about what it belongs to, in one or two words: lines about the same stand together
 * @param what was found
 * @param hint what to do about it; empty when all is well
 */
public record Finding(Mark mark, String about, String what, String hint) {

    /** How it is. */
    public enum Mark {
        GOOD,
        /** Worth a look; nothing has to be done now. */
        ODD,
        /** What lvc does next will fail, or has failed. */
        BAD,
        /** Nothing is known of it: it was not looked at. */
        UNSEEN
    }

    /** All is well. */
    public static Finding good(String about, String what) {
        return new Finding(Mark.GOOD, about, what, "");
    }

    /** Not looked at. */
    public static Finding unseen(String about, String why) {
        return new Finding(Mark.UNSEEN, about, why, "");
    }

    /** Worth a look. */
    public static Finding odd(String about, String what, String hint) {
        return new Finding(Mark.ODD, about, what, hint);
    }

    /** Not as it has to be. */
    public static Finding bad(String about, String what, String hint) {
        return new Finding(Mark.BAD, about, what, hint);
    }
}
