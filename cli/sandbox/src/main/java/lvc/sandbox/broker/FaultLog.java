package lvc.sandbox.broker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;

/** Collects what went wrong inside the broker, where Apache Kafka alone would write a log and end the process. */
final class FaultLog implements FaultHandlerFactory {

    private static final int KEPT = 100;

    private final Deque<String> faults = new ArrayDeque<>();

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        return (message, cause) -> {
            add(name + (fatal ? " (fatal): " : ": ") + message, cause);
            action.run();
            return new IllegalStateException(message, cause);
        };
    }

    synchronized void add(String what, @Nullable Throwable cause) {
        if (faults.size() == KEPT) {
            faults.removeFirst();
        }
        faults.addLast(cause == null ? what : what + ": " + cause);
    }

    synchronized List<String> all() {
        return List.copyOf(faults);
    }
}
