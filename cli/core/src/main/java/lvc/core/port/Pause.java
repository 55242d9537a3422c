package lvc.core.port;

import java.time.Duration;
import java.time.Instant;

/** Time: the one place where something waits or asks what time it is. */
public interface Pause {

    /**
     * Waits.
     *
     * @throws Interrupted when a person wants to stop
     */
    void pause(Duration duration);

    /** A clock that only goes forward; differences between two readings are durations. */
    Duration elapsed();

    /** The time of day. */
    Instant now();

    /** Does what must be done even when a person wants to stop, such as cleaning up; the wish is kept for later. */
    void shielded(Runnable work);

    /** A person wants to stop: Ctrl-C or SIGTERM. */
    final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** In the midst of something that left things in order. */
        public Interrupted() {
            this("stopped as asked");
        }

        /** @param state how things stand now, for that person */
        public Interrupted(String state) {
            super(state);
        }
    }
}
