package lvc.adapter.kafka;

import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets another thread end a consumer's work, whether it has begun or not. */
final class StopSwitch {
    private @Nullable Consumer<?, ?> consumer;
    private boolean pulled;

    /** From now on, pulling wakes this consumer up. */
    synchronized void guard(Consumer<?, ?> guarded) {
        consumer = guarded;
        if (pulled) {
            guarded.wakeup();
        }
    }

    synchronized void pull() {
        pulled = true;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    synchronized boolean isPulled() {
        return pulled;
    }

    /** Closes the consumer in any case; an interrupt of this thread stays pending, but does not stop that. */
    void close(Consumer<?, ?> guarded, Duration timeout) {
        synchronized (this) {
            consumer = null;
        }
        boolean interrupted = Thread.interrupted();
        try {
            guarded.close(CloseOptions.timeout(timeout));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
