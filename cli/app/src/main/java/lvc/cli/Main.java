package lvc.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lvc.cli.command.CommandTree;
import lvc.cli.wiring.Wiring;
import lvc.core.fault.Exit;

/** Starts lvc. */
public final class Main {
    private static final long CLEAN_UP_SECONDS = 20;

    private Main() {}

    /** The process: runs one command and ends with its exit code, or with that of the signal that stopped it. */
    public static void main(String[] args) {
        CountDownLatch finished = new CountDownLatch(1);
        Thread command = Thread.currentThread();
        Thread onSignal = new Thread(() -> interrupt(command, finished), "on-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        int code = run(args, Environment.ofProcess());
        finished.countDown();
        if (!stopping(onSignal)) {
            System.exit(code);
        }
    }

    /** Runs one command in a given world. */
    public static int run(String[] args, Environment environment) {
        return CommandTree.of(new Wiring(environment)).execute(args);
    }

    /** A signal interrupts the command, which then has some time to leave things in order. */
    private static void interrupt(Thread command, CountDownLatch finished) {
        command.interrupt();
        try {
            if (!finished.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(Exit.INTERRUPTED.code());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a signal is ending this process: then it, not the command, decides the exit code. */
    private static boolean stopping(Thread onSignal) {
        try {
            return !Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
