package lvc.cache.http;

import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of one event loop, and for how long each may be without a whole request: bytes that drip in do not make
 * that longer. How many there may be is counted over all loops.
 */
final class Connections {
    private final Map<HttpConnection, Held> held = new HashMap<>();
    private final AtomicInteger all;
    private final HttpSettings.Limits limits;

    /** One connection. */
    static final class Held {
        private long since;
        private boolean asked;
        private int answering;

        /** That an answer takes its time, and the client is not to be hurried. */
        void answering() {
            answering++;
        }

        /** That it is done. */
        void answered(long now) {
            answering--;
            since = now;
        }
    }

    Connections(AtomicInteger all, HttpSettings.Limits limits) {
        this.all = all;
        this.limits = limits;
    }

    void opened(HttpConnection connection, long now) {
        if (all.incrementAndGet() > limits.connections()) {
            all.decrementAndGet();
            connection.close();
            return;
        }
        Held one = new Held();
        one.since = now;
        held.put(connection, one);
        connection.closeHandler(unused -> {
            all.decrementAndGet();
            held.remove(connection);
        });
    }

    /** That there was a request. */
    Held asked(HttpConnection connection, long now) {
        Held known = held.get(connection);
        // One that was one too many is being closed, and not kept.
        Held one = known == null ? new Held() : known;
        one.since = now;
        one.asked = true;
        return one;
    }

    /** Closes those that took too long. */
    void check(long now) {
        for (Map.Entry<HttpConnection, Held> each : List.copyOf(held.entrySet())) {
            Held one = each.getValue();
            long most = (one.asked ? limits.idle() : limits.requestHead()).toMillis();
            if (one.answering == 0 && now - one.since > most) {
                Cut.off(each.getKey());
            }
        }
    }
}
