package lvc.cache.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Whether somebody takes what is sent to him. Who takes nothing for too long loses the connection, and is not told why. */
final class Stall {
    private static final Logger LOG = Logger.getLogger(Stall.class.getName());
    private static final long NO = -1;

    private final Loop loop;
    private final HttpServerRequest request;
    private long since = NO;

    Stall(Loop loop, HttpServerRequest request) {
        this.loop = loop;
        this.request = request;
    }

    void begins() {
        if (since == NO) {
            since = loop.now();
            loop.watch(this);
        }
    }

    void ends() {
        since = NO;
        loop.unwatch(this);
    }

    /** Looks at the time. */
    void check() {
        if (since != NO && loop.now() - since > loop.limits().stall().toMillis()) {
            loop.metrics().stalled();
            reset();
        }
    }

    /** Ends the answer so that nobody takes what there is of it for the whole. */
    void abort(String what, Throwable why) {
        LOG.log(Level.WARNING, "an answer to " + request.path() + " is cut short: " + what, why);
        reset();
    }

    void reset() {
        ends();
        Cut.off(request.connection());
    }
}
