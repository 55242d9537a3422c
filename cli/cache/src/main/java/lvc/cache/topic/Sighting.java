package lvc.cache.topic;

import java.time.Duration;
import java.util.Optional;

/**
 * A topic that was looked at.
 *
 * @param incarnation changes when it is deleted and created again; empty where brokers do not say
 */
public record Sighting(String incarnation, int partitions) {

    /** Looks at one topic. Everything is a {@link lvc.core.fault.Fault} when nobody answers. */
    public interface Lookout {
        /** What has the name now; empty when nothing has. Quick enough to be done for every batch of records. */
        Optional<Sighting> look();

        /** For how long, at least, brokers keep the records that delete keys ({@code delete.retention.ms}). */
        Duration deletesKept();
    }
}
