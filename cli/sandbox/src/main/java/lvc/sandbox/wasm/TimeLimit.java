package lvc.sandbox.wasm;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a module may compute before it is interrupted. What counts is processor time, as it is on Redpanda, which
 * counts instructions: a module is not punished for a machine that is busy or asleep. The clock runs only while the
 * module's own code does: host functions that wait pause it, so that an interrupt never hits the broker's code, where it
 * would close files.
 */
final class TimeLimit {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long nanos;

    /** Written by the module's thread alone; whoever checks sees a new number some time later. */
    private volatile long refills;

    // The rest is guarded by this.
    private @Nullable Thread computing;
    private long checkedRefills;
    private long usedAtRefill;
    private boolean expired;
    private boolean stopped;

    TimeLimit(Duration limit) {
        nanos = limit.toNanos();
    }

    /** The module was stopped while it computed, or used up its time. */
    static final class Over extends RuntimeException {
        Over() {
            super("over", null, false, false);
        }
    }

    /** The module's code runs from here on, on the calling thread, with all its time before it. */
    synchronized void run() {
        if (stopped) {
            throw new Over();
        }
        refill();
        computing = Thread.currentThread();
    }

    /** Gives the module all its time again. To be called by the module's thread. */
    void refill() {
        long next = refills + 1;
        refills = next;
    }

    /** The module's code does not run from here on. */
    synchronized void pause() {
        end();
        if (expired || stopped) {
            throw new Over();
        }
    }

    /** The module's code will not run any more; takes back an interrupt that came too late to be noticed. */
    synchronized void end() {
        if (computing != null) {
            computing = null;
            if (expired || stopped) {
                Thread.interrupted();
            }
        }
    }

    /** Interrupts the module if its time is up. To be called often: what is used before the first call is not seen. */
    synchronized void check() {
        Thread thread = computing;
        if (thread == null || expired) {
            return;
        }
        long used = THREADS.getThreadCpuTime(thread.getId());
        long newest = refills;
        if (newest != checkedRefills) {
            checkedRefills = newest;
            usedAtRefill = used;
        } else if (used - usedAtRefill > nanos) {
            expired = true;
            thread.interrupt();
        }
    }

    /** Interrupts the module whatever time it has left. */
    synchronized void stop() {
        stopped = true;
        if (computing != null) {
            computing.interrupt();
        }
    }

    synchronized boolean stopped() {
        return stopped;
    }

    synchronized boolean expired() {
        return expired;
    }
}
