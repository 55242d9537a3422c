package lvc.sandbox.wasm;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks after the time limits of all running modules. */
final class Watchdog implements AutoCloseable {

    private static final long PERIOD_MILLIS = 10;

    private final Set<TimeLimit> watched = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "wasm-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    Watchdog() {
        var unused = rounds.scheduleWithFixedDelay(
                () -> watched.forEach(TimeLimit::check), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    void watch(TimeLimit limit) {
        watched.add(limit);
    }

    void forget(TimeLimit limit) {
        watched.remove(limit);
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
