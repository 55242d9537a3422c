package lvc.client;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody is told something, by a thread of its own, until this is closed. */
public final class Subscription implements AutoCloseable {
    private static final int CHECKS = 4;

    private final Patience patience;
    private final Set<Subscription> open;
    private final Attempt attempt;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "lvc-client-watchdog");
        made.setDaemon(true);
        return made;
    });
    private volatile long lastSign;
    private int failures;
    private volatile @Nullable AutoCloseable held;

    Subscription(Patience patience, Set<Subscription> open, Attempt attempt) {
        this.patience = patience;
        this.open = open;
        this.attempt = attempt;
    }

    void begin() {
        open.add(this);
        long check = Math.max(1, patience.silence().toMillis() / CHECKS);
        Future<?> unused = watchdog.scheduleWithFixedDelay(this::check, check, check, TimeUnit.MILLISECONDS);
        Thread thread = new Thread(this::run, "lvc-client");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (closed.getCount() > 0 && !tried()) {
                if (closed.await(patience.delay(failures).toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private boolean tried() throws InterruptedException {
        try {
            return attempt.run(new Life());
        } catch (IOException e) {
            failures++;
            if (closed.getCount() > 0) {
                attempt.failed(e);
            }
            return false;
        } finally {
            held = null;
        }
    }

    private void check() {
        if (System.nanoTime() - lastSign > patience.silence().toNanos()) {
            drop();
        }
    }

    private void drop() {
        AutoCloseable resource = held;
        if (resource != null) {
            try {
                resource.close();
            } catch (Exception e) {
                // Whoever reads from it notices.
                held = null;
            }
        }
    }

    /** Nobody is told any more. Does not wait for a call that is under way. */
    @Override
    public void close() {
        closed.countDown();
        open.remove(this);
        watchdog.shutdownNow();
        drop();
    }

    /** What the attempt says about itself; by the thread that counts failures. */
    private final class Life implements Attempt.Life {

        @Override
        public boolean sign() {
            lastSign = System.nanoTime();
            failures = 0;
            return closed.getCount() > 0;
        }

        @Override
        public void holds(AutoCloseable resource) {
            lastSign = System.nanoTime();
            held = resource;
            if (closed.getCount() == 0) {
                drop();
            }
        }
    }
}
