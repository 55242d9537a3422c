package lvc.acceptance.transcript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A script and what it must answer, as a text file.
 *
 * <pre>
 * # A sentence that says what is shown
 * > sandbox --commit-interval 100ms       a sandbox of this transcript's own
 * > fault DEPLOY_503=1                    turns on a fault switch of the sandbox
 * > file NAME TEXT                        a file in the working directory; \n is a new line
 * $ lvc status --approach a               run by a shell
 * a line of standard output
 * ! a line of standard error
 * [3]                                     the exit code; 0 where nothing is said
 * </pre>
 *
 * <p>In expected lines {@code <name>} stands for any text; the same name stands for the same text all through a
 * transcript. A line of three dots stands for any number of lines.
 *
 * @param sandbox options of a sandbox of its own; empty when the shared one will do
 */
record Transcript(Path file, List<String> sandbox, List<Step> steps) {

    /** One thing to do. */
    sealed interface Step permits Fault, Write, Run {}

    /** Turns on a fault switch of the sandbox. */
    record Fault(String name, String value) implements Step {}

    /** Writes a file into the working directory. */
    record Write(String name, String text) implements Step {}

    /**
     * Runs a command and compares.
     *
     * @param line where it stands, counted from 1
     */
    record Run(int line, String about, String command, List<String> out, List<String> err, int exit) implements Step {}

    static Transcript read(Path file) {
        try {
            return new Reader(file, Files.readAllLines(file)).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Reader {
        private final Path file;
        private final List<String> lines;
        private final List<Step> steps = new ArrayList<>();
        private List<String> sandbox = List.of();
        private String about = "";
        private int at;

        Reader(Path file, List<String> lines) {
            this.file = file;
            this.lines = lines;
        }

        Transcript read() {
            while (at < lines.size()) {
                String line = lines.get(at++);
                if (line.startsWith("# ")) {
                    about = line.substring(2);
                } else if (line.startsWith("> ")) {
                    directive(line.substring(2));
                } else if (line.startsWith("$ ")) {
                    run(line.substring(2));
                } else if (!line.isBlank()) {
                    throw new IllegalArgumentException(file + ":" + at + ": what is this? " + line);
                }
            }
            return new Transcript(file, sandbox, steps);
        }

        private void directive(String text) {
            String[] words = text.split(" ", 3);
            switch (words[0]) {
                case "sandbox" ->
                    sandbox = List.of(text.substring("sandbox ".length()).split(" "));
                case "fault" -> {
                    String[] pair = words[1].split("=", 2);
                    steps.add(new Fault(pair[0], pair[1]));
                }
                case "file" -> steps.add(new Write(words[1], words[2].translateEscapes()));
                default -> throw new IllegalArgumentException(file + ":" + at + ": no directive " + words[0]);
            }
        }

        private void run(String command) {
            int line = at;
            List<String> out = new ArrayList<>();
            List<String> err = new ArrayList<>();
            int exit = 0;
            while (at < lines.size() && !starts(lines.get(at))) {
                String expected = lines.get(at++);
                if (expected.matches("\\[\\d+]")) {
                    exit = Integer.parseInt(expected.substring(1, expected.length() - 1));
                    break;
                } else if (expected.startsWith("! ")) {
                    err.add(expected.substring(2));
                } else {
                    out.add(expected);
                }
            }
            while (!out.isEmpty() && out.get(out.size() - 1).isBlank()) {
                out.remove(out.size() - 1);
            }
            steps.add(new Run(line, about, command, out, err, exit));
        }

        private static boolean starts(String line) {
            return line.startsWith("$ ") || line.startsWith("> ") || line.startsWith("# ");
        }
    }
}
