package lvc.sandbox.broker;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that touch the files of the logs for others. An interrupt that meets a thread inside a file channel closes
 * that channel, and a closed channel takes the broker's whole log directory offline; and threads that run WebAssembly
 * are interrupted as a matter of course.
 */
final class LogThreads implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sandbox-log");
        thread.setDaemon(true);
        return thread;
    });

    /** Runs work to its end, whatever happens to the calling thread; an interrupt is kept for the caller. */
    <T> T call(Callable<T> work) throws Exception {
        Future<T> done = threads.submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
