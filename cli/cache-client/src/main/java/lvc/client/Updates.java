package lvc.client;

import java.io.IOException;

/**
 * Who is told what is in a topic and what changes in it. Called by one thread; the next call waits for the one before. An
 * exception that comes out of a call ends the subscription and goes to that thread's uncaught exception handler: what was
 * not taken in is not passed over.
 */
public interface Updates {

    /** A key has this value now: part of the snapshot, or new. */
    void value(Bytes key, Value value);

    /**
     * A key has no value any more. Also called for keys that are found to be missing when the snapshot had to be read
     * again, and for those that do not match any more.
     */
    void deleted(Bytes key);

    /** All values of a snapshot were told; from here on changes are. Called again when a snapshot had to be read again. */
    default void complete() {}

    /** How fresh the cache is: {@code live}, {@code catching-up}, {@code disconnected} or {@code resyncing}. */
    default void freshness(String freshness) {}

    /** The cache cannot be reached, or ended the stream. It is tried again, and goes on without a gap. */
    default void disconnected(IOException why) {}
}
