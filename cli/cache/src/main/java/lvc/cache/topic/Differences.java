package lvc.cache.topic;

import java.util.Arrays;
import java.util.List;
import lvc.cache.store.ChangeLog;
import lvc.cache.store.Entry;
import lvc.cache.store.Image;
import lvc.cache.store.Position;
import lvc.cache.store.Snapshot;
import org.jspecify.annotations.Nullable;

/** What is different in an image that takes the place of another one, as changes for those who follow. */
final class Differences {
    private final Image before;
    private final Image after;
    private final Position leaving;
    private final Position arriving;
    private final ChangeLog changes;
    private @Nullable Entry held;
    private @Nullable Entry heldBefore;

    private Differences(Image before, Position leaving, Image after, Position arriving, ChangeLog changes) {
        this.before = before;
        this.leaving = leaving;
        this.after = after;
        this.arriving = arriving;
        this.changes = changes;
    }

    /**
     * Appends them. A reader who has seen only a part of them is still at the end of the topic that was there before;
     * the last one takes him to the new one.
     */
    static void append(Image before, Position leaving, Image after, Position arriving, ChangeLog changes) {
        new Differences(before, leaving, after, arriving, changes).append();
    }

    private void append() {
        Snapshot.Cursor now = after.snapshot().values();
        while (now.next()) {
            Entry entry = now.entry();
            Entry old = before.get(entry.key());
            if (old == null || !Arrays.equals(old.value(), entry.value())) {
                hold(entry, old);
            }
        }
        Snapshot.Cursor then = before.snapshot().values();
        while (then.next()) {
            if (after.get(then.key()) == null) {
                Entry old = then.entry();
                int partition = old.partition();
                hold(
                        new Entry(
                                old.key(),
                                null,
                                partition,
                                arriving.offsets().last(partition),
                                old.timestamp(),
                                List.of()),
                        old);
            }
        }
        release(arriving);
    }

    /** One is held back, for only the last one may say that the reader has arrived. */
    private void hold(Entry entry, @Nullable Entry old) {
        release(leaving);
        held = entry;
        heldBefore = old;
    }

    private void release(Position position) {
        if (held != null) {
            changes.append(held, heldBefore, position);
        }
    }
}
