package lvc.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lvc.cli.term.Terminal;

/**
 * Everything a command sees of the world it was started in; a test brings its own.
 *
 * @param out unbuffered by itself; a write after the reader has gone is an IOException
 * @param home where lvc was unpacked or checked out; empty when it was not started by its launcher
 */
public record Environment(
        InputStream in,
        OutputStream out,
        PrintStream err,
        Map<String, String> variables,
        Path workingDirectory,
        Optional<Path> home,
        Terminal terminal) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The process as it was started. */
    static Environment ofProcess() {
        return new Environment(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)),
                        true,
                        StandardCharsets.UTF_8),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Optional.ofNullable(System.getProperty("lvc.home")).map(Path::of),
                Terminal.of(System.getProperty("lvc.tty", ""), System.getenv()));
    }
}
