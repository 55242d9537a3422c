package lvc.cli.term;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks a person. What is not a clear yes is a no. */
public final class Prompt {
    private final BufferedReader in;
    private final PrintStream err;

    public Prompt(InputStream in, PrintStream err) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.err = err;
    }

    /** Whether the person said yes. */
    public boolean yes(String question) {
        String answer = ask(question + " [y/N] ").toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    /** Whether the person typed exactly the name. */
    public boolean typed(String question, String name) {
        return ask(question + " ").equals(name);
    }

    private String ask(String question) {
        err.print(question);
        err.flush();
        try {
            String line = in.readLine();
            return line == null ? "" : line.trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
