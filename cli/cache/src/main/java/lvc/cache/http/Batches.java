package lvc.cache.http;

import io.vertx.core.buffer.Buffer;
import lvc.cache.store.Change;
import lvc.cache.store.ChangeLog;
import lvc.cache.store.Position;
import org.jspecify.annotations.Nullable;

/**
 * Changes as events, rendered once for all readers who want everything: those who are at the same place, which is nearly
 * all of them, get the same bytes. Only for one event loop.
 */
final class Batches {
    private static final int KEPT = 64;
    private static final int ABOUT = 32 << 10;
    private static final int BIG = 1 << 20;

    private final ChangeLog changes;
    private final @Nullable Batch[] kept = new Batch[KEPT];
    private Output output = new Output();

    /** Events of the changes from one number up to another, exclusively. */
    record Batch(long from, long to, Position after, Buffer events) {}

    Batches(ChangeLog changes) {
        this.changes = changes;
    }

    /** Events that begin with a change; null when it is not there. */
    @Nullable
    Batch from(long from) {
        int at = (int) (from % KEPT);
        Batch known = kept[at];
        if (known != null && known.from == from) {
            return known;
        }
        Batch batch = render(from);
        if (batch != null) {
            kept[at] = batch;
        }
        return batch;
    }

    private @Nullable Batch render(long from) {
        output.clear();
        long next = from;
        Change last = null;
        for (Change change = changes.at(next); change != null; change = changes.at(next)) {
            Events.change(output, change, change.after());
            last = change;
            next++;
            if (output.length() >= ABOUT) {
                break;
            }
        }
        if (last == null) {
            return null;
        }
        Batch batch = new Batch(from, next, last.after(), output.buffer());
        if (output.length() > BIG) {
            output = new Output();
        }
        return batch;
    }
}
