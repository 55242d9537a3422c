package lvc.cli.term;

import java.io.PrintStream;
import java.time.Duration;
import lvc.core.port.Pause;

/**
 * Signs of life: on a terminal one line that is written over and over, elsewhere a plain line after every ten seconds of silence. Whatever
 * else is printed must be announced with {@link #clear()} first.
 */
public final class LiveLine {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final String REST = "\u001b[K";
    private static final String CLEAR = "\r" + REST;

    private final PrintStream stream;
    private final Terminal terminal;
    private final Pause clock;
    private Duration printed;
    private boolean standing;

    public LiveLine(PrintStream stream, Terminal terminal, Pause clock) {
        this.stream = stream;
        this.terminal = terminal;
        this.clock = clock;
        this.printed = clock.elapsed();
    }

    /** Shows what is being waited for. */
    public void show(String text) {
        if (terminal.err()) {
            String line = text.length() < terminal.columns() ? text : text.substring(0, terminal.columns() - 2) + "…";
            // Written over, not erased first: what stays the same does not flicker.
            stream.print("\r" + line + REST);
            stream.flush();
            standing = true;
        } else if (clock.elapsed().minus(printed).compareTo(BETWEEN_LINES) >= 0) {
            printed = clock.elapsed();
            stream.println(text);
        }
    }

    /** A sign of life that is over: a line of its own where no line is written over. */
    public void passed(String text) {
        if (!terminal.err()) {
            printed = clock.elapsed();
            stream.println(text);
        }
    }

    /** Takes the line away, because something else is about to be printed: that is a sign of life, too. */
    public void clear() {
        printed = clock.elapsed();
        if (standing) {
            stream.print(CLEAR);
            stream.flush();
            standing = false;
        }
    }
}
