package lvc.sandbox.transform;

import java.time.Duration;

/** How long to wait after a failure: doubled each time up to a limit, and from the start again after a good run. */
final class Backoff {

    private final Timings timings;
    private Duration next;
    private long runningSince;
    private boolean ran;

    Backoff(Timings timings) {
        this.timings = timings;
        next = timings.firstBackoff();
    }

    void running() {
        ran = true;
        runningSince = System.nanoTime();
    }

    /** The wait that is due now. */
    Duration failed() {
        if (ran && System.nanoTime() - runningSince >= timings.recovery().toNanos()) {
            next = timings.firstBackoff();
        }
        ran = false;
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(timings.longestBackoff()) > 0 ? timings.longestBackoff() : doubled;
        return wait;
    }
}
