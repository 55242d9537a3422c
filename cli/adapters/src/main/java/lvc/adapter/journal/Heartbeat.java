package lvc.adapter.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import lvc.core.journal.Entry;
import lvc.core.port.Journal;
import org.jspecify.annotations.Nullable;

/**
 * Writes a sign of life to the journal again and again, from a thread of its own, until it is closed. A beat that fails
 * does not end it: a journal that somebody else has taken stays lost, and a cluster that was silent may answer again.
 */
public final class Heartbeat implements AutoCloseable {
    private final Journal.Pen pen;
    private final String run;
    private final Supplier<Instant> clock;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(Heartbeat::thread);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /**
     * Begins to beat, for the first time after one interval.
     *
     * @param pen not closed with the heartbeat
     * @param interval between the end of a beat and the next one
     */
    public Heartbeat(Journal.Pen pen, String run, Supplier<Instant> clock, Duration interval) {
        this.pen = pen;
        this.run = run;
        this.clock = clock;
        Future<?> unused = beats.scheduleWithFixedDelay(
                this::beatQuietly, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Throws what the last beat failed with; returns when it did not fail.
     *
     * @throws lvc.core.fault.Fault UNFINISHED when somebody else has taken the journal, UNREACHABLE when the cluster is
     *     silent
     */
    public void demandAlive() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    /**
     * Writes a beat at once and returns when it is committed: nobody else had taken the journal until then.
     *
     * @throws lvc.core.fault.Fault as {@link Journal.Pen#write}
     */
    public void beatNow() {
        try {
            pen.write(new Entry.Beat(run, clock.get()));
            failure.set(null);
        } catch (RuntimeException e) {
            failure.set(e);
            throw e;
        }
    }

    /** Ends it; a beat that is being written is waited for, so that nothing follows what is written next. */
    @Override
    public void close() {
        beats.shutdown();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (beats.awaitTermination(1, TimeUnit.SECONDS)) {
                        return;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void beatQuietly() {
        try {
            beatNow();
        } catch (RuntimeException e) {
            // remembered for demandAlive
            return;
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "lvc-heartbeat");
        thread.setDaemon(true);
        return thread;
    }
}
