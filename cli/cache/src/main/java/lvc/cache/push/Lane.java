package lvc.cache.push;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import lvc.cache.topic.ServedTopic;
import org.jspecify.annotations.Nullable;

/**
 * One topic to one target, at the target's own pace: at most one update is under way, and what changes meanwhile is
 * merged into the next one. A target that is not ready is told nothing until it is, and then everything at once.
 */
final class Lane implements AutoCloseable {
    private final Follower follower;
    private final PushFormat format;
    private final Delivery delivery;
    private final PushMetrics.Of metrics;
    private final Executor executor;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ServedTopic.Watching watching;
    private boolean ready;
    private boolean busy;
    private boolean closed;
    private @Nullable CompletableFuture<Boolean> underWay;

    Lane(
            ServedTopic topic,
            PushFormat format,
            boolean ready,
            Delivery delivery,
            PushMetrics.Of metrics,
            Executor executor) {
        this.follower = new Follower(topic, format.namesKeysAgain());
        this.format = format;
        this.ready = ready;
        this.delivery = delivery;
        this.metrics = metrics;
        this.executor = executor;
        this.watching = topic.watch(this::wake);
        wake();
    }

    /** Looks whether there is something to tell. Returns at once. */
    private void wake() {
        if (!follower.begun()) {
            synchronized (this) {
                follower.begin();
            }
        }
        if (asked.compareAndSet(false, true)) {
            executor.execute(this::go);
        }
    }

    /** Says whether the target can be told something now. */
    void ready(boolean now) {
        synchronized (this) {
            ready = now;
        }
        wake();
    }

    private void go() {
        asked.set(false);
        Body body;
        synchronized (this) {
            if (busy || closed || !ready) {
                return;
            }
            body = nextBody();
            if (body.isNone()) {
                return;
            }
            busy = true;
        }
        CompletableFuture<Boolean> sending = delivery.post(body);
        synchronized (this) {
            underWay = sending;
        }
        CompletableFuture<Boolean> unused =
                sending.whenComplete((arrived, failure) -> done(failure == null && arrived));
    }

    /** The next one that says something; what is left out on the way is counted. */
    private Body nextBody() {
        while (true) {
            Batch batch = follower.next();
            metrics.suppressed(batch.suppressed());
            Body body = format.render(batch);
            metrics.skipped(body.skipped());
            if (!body.isNone() || !batch.moved()) {
                return body;
            }
        }
    }

    private void done(boolean arrived) {
        synchronized (this) {
            busy = false;
            if (closed) {
                return;
            }
            if (arrived) {
                metrics.ok();
            } else if (!ready) {
                // It has turned unready meanwhile: what it did not take waits with the rest.
                follower.back();
            } else {
                metrics.deadLetter();
                follower.missedSomething();
            }
        }
        wake();
    }

    /** Tells the target no more, not even what is under way if it can still be stopped. */
    @Override
    public void close() {
        watching.close();
        CompletableFuture<Boolean> sending;
        synchronized (this) {
            closed = true;
            metrics.forget();
            sending = underWay;
        }
        // Not with the lock: who completes an update holds a lock of its own, and then wants this one.
        if (sending != null) {
            sending.cancel(true);
        }
    }
}
