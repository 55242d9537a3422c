package lvc.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The sandbox as a program. When it is ready it prints one line on stdout and nothing else there; it then runs until
 * Ctrl-C, SIGTERM or, with {@code --exit-with-parent}, the end of its stdin, and stops cleanly each time.
 *
 * <p>Exit codes: 0 ended with its parent, 1 failed, 2 wrong options, 3 a port or the data directory is taken (nothing
 * was touched), 130 and 143 stopped by signal. Errors are three lines on stderr: {@code error:}, {@code why:} and
 * {@code next:}.
 */
public final class Main {

    private static final Logger LOG = Logger.getLogger(Main.class.getName());

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int REFUSED = 3;
    private static final int INTERRUPTED = 130;

    private final PrintStream out;
    private final PrintStream err;

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args, System.in, System.out, System.err));
    }

    /** Runs until it is told to stop: by a signal, by an interrupt of the calling thread, or by the end of {@code in}. */
    static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        return new Main(out, err).run(args, in);
    }

    private int run(String[] args, InputStream in) {
        Options options = new Options();
        SandboxOptions wanted;
        try {
            CommandLine line = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
            line.parseArgs(args);
            if (line.isUsageHelpRequested()) {
                line.usage(out, CommandLine.Help.Ansi.OFF);
                return DONE;
            }
            wanted = options.toSandbox();
        } catch (ParameterException e) {
            return fail(USAGE, "the options are wrong", e.getMessage(), "lvc sandbox --help shows them all");
        } catch (IOException e) {
            return fail(USAGE, "the options are wrong", reason(e), "give a file that can be read");
        }
        try (Sandbox sandbox = Sandbox.start(wanted)) {
            Thread hook = new Thread(sandbox::close, "sandbox-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                out.println(options.output == Options.Output.json ? json(sandbox) : human(sandbox));
                out.flush();
                Thread cleaner = new Thread(() -> DataDirectory.clean(DataDirectory.parent()), "sandbox-clean");
                cleaner.setDaemon(true);
                cleaner.start();
                return await(options.exitWithParent ? in : null);
            } finally {
                removeHook(hook);
            }
        } catch (StartRefused e) {
            return fail(REFUSED, e.what(), e.why(), e.next());
        } catch (IllegalArgumentException e) {
            return fail(
                    USAGE,
                    "the options are wrong",
                    e.getMessage(),
                    "rpk cluster config list, or GET /v1/cluster_config/schema of a sandbox, shows the properties");
        } catch (IOException e) {
            return fail(FAILED, "the sandbox did not start", reason(e), "give another directory with --data");
        }
    }

    /** Waits for the end of the parent, or of the process. */
    private static int await(@Nullable InputStream parent) throws IOException {
        if (parent != null) {
            byte[] ignored = new byte[512];
            int read = 0;
            while (read >= 0) {
                read = parent.read(ignored);
            }
            return DONE;
        }
        try {
            new CountDownLatch(1).await();
            return DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(Level.FINE, "the process is ending already, and the hook stops the sandbox", e);
        }
    }

    private static String human(Sandbox sandbox) {
        return "sandbox ready: brokers " + sandbox.brokers() + ", admin " + sandbox.admin()
                + sandbox.forwardTo().map(to -> ", forward to " + to).orElse("");
    }

    private static String json(Sandbox sandbox) {
        return "{\"kind\":\"sandbox\",\"v\":1,\"brokers\":\"" + sandbox.brokers() + "\",\"admin\":\"" + sandbox.admin()
                + sandbox.forwardTo().map(to -> "\",\"forward_to\":\"" + to).orElse("") + "\"}";
    }

    private int fail(int code, String what, @Nullable String why, String next) {
        err.println("error: " + what);
        err.println("why:   "
                + (why == null ? "no reason was given" : why.lines().findFirst().orElse(why)));
        err.println("next:  " + next);
        err.flush();
        return code;
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException file) {
            String reason = file.getReason();
            return file.getFile() + ": " + (reason == null ? e.getClass().getSimpleName() : reason);
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
