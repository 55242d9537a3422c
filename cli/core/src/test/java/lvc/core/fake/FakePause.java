package lvc.core.fake;

import java.time.Duration;
import java.time.Instant;
import lvc.core.port.Pause;

/** Time that passes only when somebody waits. */
public final class FakePause implements Pause {
    private Duration elapsed = Duration.ZERO;

    @Override
    public void pause(Duration duration) {
        elapsed = elapsed.plus(duration);
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plus(elapsed);
    }

    @Override
    public void shielded(Runnable work) {
        work.run();
    }
}
