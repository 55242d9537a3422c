package lvc.core.verify;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.port.Pause;

/** Reads beside the caller's own thread, at most two partitions of two topics at the same time, and tells how far it is. */
final class Reads implements AutoCloseable {
    private static final int AT_ONCE = 4;
    private static final Duration BETWEEN_SIGNS = Duration.ofMillis(100);

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final LongAdder records = new LongAdder();
    private final Consumer<Event> events;

    Reads(Consumer<Event> events) {
        this.events = events;
    }

    /** So many more records were read, by any of them. */
    void count(long more) {
        records.add(more);
    }

    /** Begins to read. */
    Future<?> start(Runnable read) {
        return threads.submit(read);
    }

    /**
     * Returns when a read is done, or throws what it threw.
     *
     * @throws Pause.Interrupted when this thread is interrupted
     */
    void await(Future<?> read) {
        while (true) {
            try {
                read.get(BETWEEN_SIGNS.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException stillReading) {
                events.accept(new Event.Progressed("records compared", records.sum()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Pause.Interrupted();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException fault) {
                    throw fault;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Ends what is still being read. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
