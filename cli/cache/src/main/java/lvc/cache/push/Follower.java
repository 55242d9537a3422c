package lvc.cache.push;

import lvc.cache.store.Change;
import lvc.cache.store.Offsets;
import lvc.cache.store.Position;
import lvc.cache.store.Snapshot;
import lvc.cache.topic.Opening;
import lvc.cache.topic.Served;
import lvc.cache.topic.ServedTopic;
import org.jspecify.annotations.Nullable;

/**
 * How far one target is in the changes of one topic. Holds no changes: what the target has not been told waits in the
 * topic's log, and is merged when it is asked for. For one thread at a time.
 */
final class Follower {
    private final ServedTopic topic;
    private final boolean namesKeysAgain;
    private volatile boolean begun;
    private Position position = new Position(Offsets.NONE, "");
    private long next;
    private Snapshot.@Nullable Cursor missed;
    private boolean gap;
    private @Nullable Place before;

    /** Where it was before the last batch: of one out of an image, before all of that. */
    private record Place(Position position, long next, boolean gap) {}

    /** @param namesKeysAgain whether what was lost in the log is looked up in the image; else it is only said */
    Follower(ServedTopic topic, boolean namesKeysAgain) {
        this.topic = topic;
        this.namesKeysAgain = namesKeysAgain;
    }

    /** Whether it has a place to go on from. Before the topic was complete there is none. */
    boolean begun() {
        return begun;
    }

    /** Begins with what changes from now on, if the topic is complete. */
    void begin() {
        Served now = topic.now();
        if (!begun && now.ready()) {
            position = now.position();
            next = topic.changes().next();
            begun = true;
        }
    }

    /** Notes that the target was not told something: the next batch says so. */
    void missedSomething() {
        gap = true;
    }

    /** Goes back to before the last batch: the target was not told it, and can be later. */
    void back() {
        Place place = before;
        if (place != null) {
            position = place.position();
            next = place.next();
            gap = place.gap();
            missed = null;
        }
    }

    /** What the target has not been told, as much of it as fits. Stands still when it has been told all. */
    Batch next() {
        Batch batch = new Batch(topic.name(), position);
        if (!begun) {
            return batch;
        }
        if (missed == null) {
            before = new Place(position, next, gap);
        }
        if (missed != null) {
            again(batch, missed);
            if (batch.moved()) {
                return batch;
            }
        }
        follow(batch);
        if (!batch.moved() && topic.changes().lost(next)) {
            overtaken(batch);
        }
        if (gap && !batch.newest().isEmpty()) {
            batch.resync();
            gap = false;
        }
        batch.reaches(position);
        return batch;
    }

    private void follow(Batch batch) {
        while (!batch.full()) {
            Change change = topic.changes().at(next);
            if (change == null) {
                return;
            }
            if (change.unchanged()) {
                batch.suppress();
            } else {
                batch.add(change.entry());
            }
            position = change.after();
            next++;
        }
    }

    private void overtaken(Batch batch) {
        Opening opening = topic.open();
        batch.resync();
        if (namesKeysAgain) {
            Snapshot all = opening.snapshot();
            boolean known = opening.position().incarnation().equals(position.incarnation())
                    && all.knowsSince(position.offsets());
            missed = known ? all.since(position.offsets()) : all.values();
            again(batch, missed);
        }
        next = opening.next();
        position = opening.position();
    }

    private void again(Batch batch, Snapshot.Cursor cursor) {
        while (!batch.full()) {
            if (!cursor.next()) {
                missed = null;
                return;
            }
            batch.add(cursor.entry());
        }
    }
}
