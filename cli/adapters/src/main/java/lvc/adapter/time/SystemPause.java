package lvc.adapter.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import lvc.core.port.Pause;

/** The clock of this machine; an interrupt of the waiting thread is a person who wants to stop. */
public final class SystemPause implements Pause {

    @Override
    public void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interrupted();
        }
    }

    @Override
    public void shielded(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}
