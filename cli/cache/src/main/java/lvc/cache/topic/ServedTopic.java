package lvc.cache.topic;

import java.util.List;
import java.util.Optional;
import lvc.cache.store.ChangeLog;

/** A topic as those see it who serve it. All of it may be called from any thread. */
public interface ServedTopic {

    /** Its name. */
    String name();

    /** Now. Image, incarnation and freshness are of one moment; does not wait. */
    Served now();

    /** Begins a stream. Waits for the batch that is being taken in, so not for an event loop. Only when ready. */
    Opening open();

    /** The same for a stream that is about some keys, of which alone there is something in its snapshot. */
    Opening open(List<byte[]> keys);

    /**
     * The newest changes: one log for as long as the topic is served. Where it was created anew, what is different in the
     * new one stands between what changed in the one before and what changes in the new one.
     */
    ChangeLog changes();

    /** How the incarnation was come to that is served; empty until one is. */
    Optional<Arrival> arrival();

    /**
     * Asks to be told when there are new changes, new offsets or another freshness.
     *
     * @param wake called by the thread that feeds the topic; must return at once
     * @return to be closed to be told no more
     */
    Watching watch(Runnable wake);

    /** Somebody who is told. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
