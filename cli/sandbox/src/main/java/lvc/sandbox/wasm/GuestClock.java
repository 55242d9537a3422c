package lvc.sandbox.wasm;

import java.util.concurrent.TimeUnit;

/**
 * The time as a module sees it, which is not the time: the wall clock stands at the timestamp of the record being read,
 * and the other clocks start at 0 and move by one millisecond whenever they are looked at. (Redpanda source, wasm/wasi.cc)
 */
final class GuestClock {

    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private long wallMillis;
    private long monotonicNanos;

    void setWallMillis(long millis) {
        wallMillis = millis;
    }

    long wallNanos() {
        return TimeUnit.MILLISECONDS.toNanos(wallMillis);
    }

    long nextMonotonicNanos() {
        long now = monotonicNanos;
        monotonicNanos += TICK_NANOS;
        return now;
    }
}
