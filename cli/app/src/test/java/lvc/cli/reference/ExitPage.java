package lvc.cli.reference;

import java.util.Locale;
import lvc.core.fault.Exit;

/** The page of the exit codes. */
public final class ExitPage {
    private static final String HEAD = """
            # Exit codes

            The same for every command. Numbers are never changed and never used again for something else.

            | code | name | meaning | what a script may do |
            |---|---|---|---|
            """;

    private static final String TAIL = """

            Whatever is not 0, 130 or 143 comes with three lines on standard error: `error:` says what did not happen, `why:` the cause
            with the value and where it came from, `next:` what to do now. With `-o json` the same stands on standard output
            as well, as the last line, of kind [fault](events.md#fault).

            Code 1 does not mean that nothing happened: `produce` ends with it at a bad line or a refused record, after what went
            before was written, and the line that counts the records says how many the cluster has.

            A reader that goes away is no failure: `lvc consume TOPIC --offset :end | head -n 1` ends with 0.
            """;

    private ExitPage() {}

    /** The whole page. */
    public static String exitCodes() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Exit exit : Exit.values()) {
            page.append("| ")
                    .append(exit.code())
                    .append(" | ")
                    .append(exit.name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(exit.meaning())
                    .append(" | ")
                    .append(advice(exit))
                    .append(" |\n");
        }
        return page.append(TAIL).toString();
    }

    private static String advice(Exit exit) {
        return switch (exit) {
            case DONE -> "go on; an empty result is 0, too";
            case FAILED -> "stop and show the three lines to a person";
            case USAGE -> "stop; the same command will fail again";
            case REFUSED -> "stop; do what `next:` says, or add the consent that is asked for";
            case UNREACHABLE -> "try again later";
            case DIFFERS -> "stop; a person has to look at the differences";
            case UNFINISHED -> "run the command that `next:` names";
            case INTERRUPTED, TERMINATED -> "nothing; somebody wanted it to end";
        };
    }
}
