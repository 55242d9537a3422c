package lvc.cache.http;

import lvc.cache.store.Change;
import lvc.cache.store.Entry;
import lvc.cache.store.Position;
import lvc.cache.topic.Freshness;

/** Server-sent events (WHATWG HTML, "Server-sent events"), each with an object of JSON on one line. */
final class Events {
    private static final byte[] VALUE = Output.ascii("event: value\n");
    private static final byte[] DELETE = Output.ascii("event: delete\n");
    private static final byte[] LEAVE = Output.ascii("event: leave\n");
    private static final byte[] ID = Output.ascii("id: ");
    private static final byte[] DATA = Output.ascii("data: {");
    private static final byte[] END = Output.ascii("}\n\n");

    private Events() {}

    static void snapshotBegin(Output to, Position position, long keys) {
        to.raw("event: snapshot-begin\n");
        snapshot(to, position, keys);
    }

    static void snapshotEnd(Output to, Position position, long keys) {
        to.raw("event: snapshot-end\n");
        id(to, position);
        snapshot(to, position, keys);
    }

    private static void snapshot(Output to, Position position, long keys) {
        to.raw(DATA).raw("\"position\":").json(position.toString());
        to.raw(",\"keys\":").number(keys).raw(END);
    }

    static void resync(Output to, String why, Position position) {
        to.raw("event: resync\n").raw(DATA).raw("\"why\":").json(why);
        to.raw(",\"position\":").json(position.toString()).raw(END);
    }

    static void conflated(Output to, long skipped) {
        to.raw("event: conflated\n")
                .raw(DATA)
                .raw("\"skipped\":")
                .number(skipped)
                .raw(END);
    }

    static void freshness(Output to, Freshness freshness) {
        to.raw("event: freshness\n").raw(DATA);
        Fresh.fields(to, freshness).raw(END);
    }

    /** An entry as it is now, value or deletion, that comes out of a snapshot: it has no place of its own. */
    static void entry(Output to, Entry entry) {
        to.raw(entry.deleted() ? DELETE : VALUE);
        data(to, entry);
    }

    /** A change: whoever has it, has everything up to a position. */
    static void change(Output to, Change change, Position after) {
        to.raw(change.entry().deleted() ? DELETE : VALUE);
        id(to, after);
        data(to, change.entry());
    }

    /** That a value is no longer what a stream is about. */
    static void leave(Output to, Entry entry) {
        to.raw(LEAVE)
                .raw(DATA)
                .field(Output.KEY, entry.key())
                .raw(",\"reason\":\"match\"")
                .raw(END);
    }

    static void leave(Output to, Change change, Position after) {
        to.raw(LEAVE);
        id(to, after);
        to.raw(DATA)
                .field(Output.KEY, change.entry().key())
                .raw(",\"reason\":\"match\"")
                .raw(END);
    }

    private static void data(Output to, Entry entry) {
        byte[] value = entry.value();
        to.raw(DATA).field(Output.KEY, entry.key());
        if (value != null) {
            to.raw(',').field(Output.VALUE, value);
        }
        to.where(entry).raw(END);
    }

    /** Moves the place that a reader would come back with, and tells nothing. */
    static void place(Output to, Position position) {
        id(to, position);
        to.raw('\n');
    }

    private static void id(Output to, Position position) {
        to.raw(ID).raw(position.toString()).raw('\n');
    }
}
