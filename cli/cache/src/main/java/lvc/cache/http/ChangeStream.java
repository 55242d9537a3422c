package lvc.cache.http;

import io.vertx.core.http.HttpServerResponse;
import lvc.cache.store.Change;
import lvc.cache.store.ChangeLog;
import lvc.cache.store.Entry;
import lvc.cache.store.Position;
import lvc.cache.store.Snapshot;
import lvc.cache.topic.Arrival;
import lvc.cache.topic.Freshness;
import lvc.cache.topic.Opening;
import lvc.cache.topic.Served;
import org.jspecify.annotations.Nullable;

/**
 * One reader who follows a topic: a snapshot or what changed since he was here, then every change. Nothing is kept for
 * him but the number of his next change; he pulls changes out of the topic's log as fast as he takes them. When the log
 * has dropped his next change he goes on with the newest values.
 */
final class ChangeStream {
    private static final int ABOUT = 32 << 10;

    private final Loop loop;
    private final TopicView view;
    private final ChangeLog changes;
    private final HttpServerResponse response;
    private final Filter filter;
    private final Stall stall;
    private final Output output = new Output();
    private @Nullable Position seen;
    private @Nullable Position place;
    private @Nullable Position told;
    private @Nullable Freshness freshness;
    private long next;
    private boolean following;
    private boolean ahead;
    private boolean closed;

    ChangeStream(Loop loop, TopicView view, Exchange exchange, Filter filter, @Nullable Position seen) {
        this.loop = loop;
        this.view = view;
        this.changes = view.topic.changes();
        this.response = exchange.response;
        this.filter = filter;
        this.stall = new Stall(loop, exchange.request);
        this.seen = seen;
        this.place = seen;
        this.told = seen;
    }

    void begin() {
        loop.metrics().streamOpened();
        view.add(this);
        tellFreshness();
        open();
    }

    void closed() {
        if (!closed) {
            closed = true;
            stall.ends();
            view.remove(this);
            loop.metrics().streamClosed();
        }
    }

    // ---- snapshots

    private void open() {
        following = false;
        view.openings
                .open(filter.keys())
                .onFailure(failure -> stall.abort("no snapshot", failure))
                .onSuccess(opening -> {
                    if (!closed) {
                        opened(opening);
                    }
                });
    }

    private void opened(Opening opening) {
        Position from = place;
        Snapshot snapshot = opening.snapshot();
        boolean goesOn = from != null
                && from.incarnation().equals(opening.position().incarnation())
                && !ahead
                && snapshot.knowsSince(from.offsets());
        output.clear();
        if (from != null && !goesOn) {
            boolean other = !from.incarnation().equals(opening.position().incarnation());
            Events.resync(output, other ? "recreated" : ahead ? "ahead" : "too-old", opening.position());
            seen = null;
            ahead = false;
        }
        if (!goesOn) {
            Events.snapshotBegin(output, opening.position(), snapshot.size());
        }
        send();
        Snapshot.Cursor cursor = goesOn && from != null ? snapshot.since(from.offsets()) : snapshot.values();
        boolean whole = !goesOn;
        Listings.Row row = (to, entry) -> fromSnapshot(to, entry, whole);
        Pump.Pieces pieces = new AllPieces(cursor, filter.prefix(), row);
        new Pump(loop.context(), response, pieces, stall, () -> follow(opening, whole)).start();
    }

    /** Called by a worker. */
    private void fromSnapshot(Output to, Entry entry, boolean whole) {
        if (!filter.key(entry.key())) {
            return;
        }
        if (entry.deleted() || filter.value(entry)) {
            Events.entry(to, entry);
        } else if (!whole) {
            Events.leave(to, entry);
        }
    }

    private void follow(Opening opening, boolean whole) {
        output.clear();
        place = at(opening.position());
        if (whole) {
            Events.snapshotEnd(output, opening.position(), opening.snapshot().size());
            told = opening.position();
        } else {
            tellPlace();
        }
        send();
        next = opening.next();
        following = true;
        if (seen != null) {
            loop.later(loop.limits().patience().toMillis(), this::catchUp);
        }
        advance();
    }

    /**
     * Looks again after a reader who knows more than there was. Another server may have been ahead of this one; but where
     * all is read that brokers have, and was for a while, nothing will ever come at the offsets that he passes over.
     */
    private void catchUp() {
        Position had = seen;
        Served now = view.topic.now();
        if (closed || !following || had == null || now.image().offsets().covers(had.offsets())) {
            return;
        }
        if (now.freshness() instanceof Freshness.Live) {
            ahead = true;
            place = had;
            open();
        } else {
            loop.later(loop.limits().patience().toMillis(), this::catchUp);
        }
    }

    // ---- changes

    /** Goes on as far as the reader takes it. */
    void advance() {
        while (following && !closed) {
            if (response.writeQueueFull()) {
                stall.begins();
                response.drainHandler(unused -> {
                    stall.ends();
                    advance();
                });
                return;
            }
            tellFreshness();
            if (changes.lost(next)) {
                conflate();
                return;
            }
            boolean everything = filter.open() && seen == null;
            if (!(everything ? shared() : own())) {
                arrive();
                return;
            }
        }
    }

    private void conflate() {
        loop.metrics().conflated();
        output.clear();
        Events.conflated(output, Math.max(0, changes.next() - next));
        send();
        open();
    }

    /** Sends what all readers get; false when there is nothing. */
    private boolean shared() {
        Batches.Batch batch = view.batches.from(next);
        if (batch == null) {
            return changes.lost(next);
        }
        response.write(batch.events());
        next = batch.to();
        place = batch.after();
        told = batch.after();
        return true;
    }

    /** Sends what this reader gets; false when there is nothing to look at. */
    private boolean own() {
        output.clear();
        boolean any = false;
        for (Change change = changes.at(next); change != null && output.length() < ABOUT; change = changes.at(next)) {
            any = true;
            next++;
            pass(change);
        }
        send();
        return any || changes.lost(next);
    }

    private void pass(Change change) {
        Entry entry = change.entry();
        Position had = seen;
        Position now = at(change.after());
        if (had != null
                && had.incarnation().equals(now.incarnation())
                && entry.offset() <= had.offsets().last(entry.partition())) {
            return;
        }
        place = now;
        if (!filter.key(entry.key())) {
            return;
        }
        if (entry.deleted() ? about(change) : filter.value(entry)) {
            Events.change(output, change, now);
            told = now;
        } else if (filter.looksAtValues() && about(change)) {
            Events.leave(output, change, now);
            told = now;
        }
    }

    /** Where the reader is once he has all up to a position, and what he has seen elsewhere: that may be more. */
    private Position at(Position reached) {
        Position had = seen;
        if (had == null
                || !had.incarnation().equals(reached.incarnation())
                || reached.offsets().covers(had.offsets())) {
            seen = null;
            return reached;
        }
        return new Position(reached.offsets().and(had.offsets()), reached.incarnation());
    }

    /** Whether the reader may have what was there before. */
    private boolean about(Change change) {
        return change.before() == null || filter.value(change.before());
    }

    // ---- beside the changes

    private void tellFreshness() {
        Freshness now = view.topic.now().freshness();
        if (!now.equals(freshness)) {
            freshness = now;
            output.clear();
            Events.freshness(output, now);
            send();
        }
    }

    /** Whoever has all changes up to where another incarnation begins is in that one; there may have been none to tell. */
    private void arrive() {
        Position before = place;
        Arrival arrival = view.topic.arrival().orElse(null);
        if (before != null
                && arrival != null
                && next >= arrival.next()
                && !before.incarnation().equals(arrival.position().incarnation())) {
            place = at(arrival.position());
            output.clear();
            tellPlace();
            send();
        }
    }

    private void tellPlace() {
        Position now = place;
        if (now != null && !now.equals(told)) {
            Events.place(output, now);
            told = now;
        }
    }

    void keepAlive() {
        if (!closed && !response.writeQueueFull()) {
            output.clear().raw(": keep-alive\n");
            if (following) {
                tellPlace();
            }
            output.raw('\n');
            send();
        }
    }

    private void send() {
        if (output.length() > 0) {
            response.write(output.buffer());
        }
    }
}
