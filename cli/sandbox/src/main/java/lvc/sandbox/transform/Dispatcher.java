package lvc.sandbox.transform;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import lvc.sandbox.config.Faults.Fault;

/**
 * Brings what runs in line with the table: on a thread of its own, a moment after every change and at intervals. An
 * answer to a client is therefore no sign that anything has started or stopped.
 */
final class Dispatcher implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Dispatcher.class.getName());
    private static final long STOP_WAIT_SECONDS = 30;

    private final Engine engine;
    private final TransformTable table;
    private final Function<Transform, Processor.ModuleSource> modules;
    private final ScheduledExecutorService thread;
    private final Map<Long, ProcessorGroup> groups = new ConcurrentHashMap<>();
    private final Map<Long, Long> notBefore = new ConcurrentHashMap<>();

    /** Paused transforms that run nevertheless, until the next change. */
    private final Set<Long> resumed = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** @param thread runs one task after the other, nothing else that could be in the way */
    Dispatcher(
            Engine engine,
            TransformTable table,
            Function<Transform, Processor.ModuleSource> modules,
            ScheduledExecutorService thread) {
        this.engine = engine;
        this.table = table;
        this.modules = modules;
        this.thread = thread;
        long period = engine.timings().discovery().toMillis();
        var unused = thread.scheduleWithFixedDelay(this::round, 0, period, TimeUnit.MILLISECONDS);
    }

    /** A transform was deployed, changed or deleted; it is acted on after a delay. */
    void changed(long id, long delayMillis) {
        resumed.remove(id);
        notBefore.put(id, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis));
        if (!closed) {
            var unused = thread.schedule(this::round, delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** The groups that run or are stopping, also of deleted transforms. */
    Collection<ProcessorGroup> groups() {
        return groups.values();
    }

    Optional<ProcessorGroup> group(long id) {
        return Optional.ofNullable(groups.get(id));
    }

    private void round() {
        boolean moved = engine.faults().take(Fault.LEADER_MOVE);
        Set<Long> ids = new HashSet<>(groups.keySet());
        table.all().forEach(transform -> ids.add(transform.id()));
        for (long id : ids) {
            try {
                if (moved) {
                    move(id);
                }
                align(id);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "transforms could not be brought in line; tried again later", e);
            }
        }
    }

    private void move(long id) throws InterruptedException {
        table.withId(id).filter(Transform::paused).ifPresent(transform -> resumed.add(id));
        ProcessorGroup group = groups.get(id);
        if (group != null) {
            group.stop();
            groups.remove(id);
        }
    }

    private void align(long id) throws InterruptedException {
        Long due = notBefore.get(id);
        if (closed || (due != null && System.nanoTime() - due < 0)) {
            return;
        }
        notBefore.remove(id);
        Optional<Transform> wanted = table.withId(id).filter(this::mayRun);
        ProcessorGroup group = groups.get(id);
        if (group != null && !wanted.equals(Optional.of(group.transform()))) {
            group.stop();
            groups.remove(id);
            group = null;
        }
        if (wanted.isPresent() && !engine.faults().on(Fault.NO_PROCESSORS)) {
            Transform transform = wanted.get();
            if (group == null) {
                group = new ProcessorGroup(engine, transform, modules.apply(transform));
                groups.put(id, group);
            }
            group.cover(engine.logs().partitions(transform.input()).orElse(0));
        }
    }

    private boolean mayRun(Transform transform) {
        return (!transform.paused() || resumed.contains(transform.id()))
                && engine.config().flag("data_transforms_enabled")
                && engine.logs().partitions(transform.input()).isPresent();
    }

    /** Stops everything and waits for it; a second call does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Future<?> stopped = thread.submit(() -> {
            for (ProcessorGroup group : groups.values()) {
                group.stop();
            }
            return null;
        });
        try {
            stopped.get(STOP_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "transforms did not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }
}
