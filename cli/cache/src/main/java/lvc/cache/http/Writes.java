package lvc.cache.http;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes values to the brokers. */
@FunctionalInterface
public interface Writes {

    /**
     * Writes a record; completes when the brokers have it. Must not block for long: it is called by an event loop.
     *
     * @param value null to delete the key
     */
    CompletionStage<Written> write(String topic, byte[] key, byte @Nullable [] value);

    /** Where a record was put. */
    record Written(int partition, long offset) {}
}
