package lvc.sandbox.transform;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.transform.CommittedOffsets.Place;

/**
 * Collects offsets and commits them together, one commit interval after the first of them came. Whoever kills the
 * process loses what was not yet committed, and sees those records again. (Redpanda source, transform/commit_batcher.cc)
 */
final class CommitBatcher {

    private static final System.Logger LOGGER = System.getLogger(CommitBatcher.class.getName());

    private final CommittedOffsets offsets;
    private final ClusterConfig config;
    private final ScheduledExecutorService timer;

    // Guarded by this.
    private Map<Place, Long> pending = new HashMap<>();
    private boolean armed;

    CommitBatcher(CommittedOffsets offsets, ClusterConfig config, ScheduledExecutorService timer) {
        this.offsets = offsets;
        this.config = config;
        this.timer = timer;
    }

    /** Milliseconds between commits, as configured at this moment. */
    long intervalMillis() {
        return config.number("data_transforms_commit_interval_ms");
    }

    OptionalLong committed(Place place) {
        return offsets.at(place);
    }

    /** Remembers an offset for the next commit. */
    synchronized void add(Place place, long processed) {
        pending.put(place, processed);
        if (!armed && !timer.isShutdown()) {
            armed = true;
            var unused = timer.schedule(this::timedFlush, intervalMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void timedFlush() {
        synchronized (this) {
            armed = false;
        }
        try {
            flush();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "offsets of transforms not committed", e);
        }
    }

    /** Commits what is pending now. */
    void flush() {
        synchronized (offsets) {
            Map<Place, Long> taken;
            synchronized (this) {
                taken = pending;
                pending = new HashMap<>();
            }
            if (!taken.isEmpty()) {
                commit(taken);
            }
        }
    }

    private void commit(Map<Place, Long> taken) {
        boolean done = false;
        try {
            offsets.putAll(taken);
            done = true;
        } finally {
            if (!done) {
                synchronized (this) {
                    taken.forEach(pending::putIfAbsent);
                }
            }
        }
    }
}
