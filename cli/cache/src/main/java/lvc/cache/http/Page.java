package lvc.cache.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import lvc.cache.store.Snapshot;
import org.jspecify.annotations.Nullable;

/** The entries with the smallest keys after one, in unsigned order of bytes. Of the others not even the keys are kept. */
final class Page implements Pump.Pieces {
    private final Snapshot.Cursor cursor;
    private final byte[] prefix;
    private final byte @Nullable [] after;
    private final int most;
    private final Listings.Row row;
    private final Output output = new Output(Pump.PIECE);
    private @Nullable List<Place> places;
    private int next;

    /** Where an entry is. */
    @SuppressWarnings("ArrayRecordComponent") // compared by a comparator of its own
    private record Place(byte[] key, int place) {}

    private Page(Snapshot.Cursor cursor, byte[] prefix, byte @Nullable [] after, int most, Listings.Row row) {
        this.cursor = cursor;
        this.prefix = prefix;
        this.after = after;
        this.most = most;
        this.row = row;
    }

    static Page of(Snapshot snapshot, byte[] prefix, byte @Nullable [] after, int most, Listings.Row row) {
        return new Page(snapshot.values(), prefix, after, most, row);
    }

    @Override
    public @Nullable Buffer call() {
        List<Place> found = places;
        if (found == null) {
            found = search();
            places = found;
        }
        output.clear();
        while (next < found.size() && output.length() < Pump.PIECE) {
            cursor.to(found.get(next++).place());
            row.render(output, cursor.entry());
        }
        return output.length() == 0 ? null : output.buffer();
    }

    private List<Place> search() {
        Comparator<Place> order = (one, other) -> Arrays.compareUnsigned(one.key(), other.key());
        PriorityQueue<Place> smallest = new PriorityQueue<>(order.reversed());
        while (cursor.next()) {
            if (!cursor.keyStartsWith(prefix) || (after != null && cursor.compareKey(after) <= 0)) {
                continue;
            }
            Place largest = smallest.peek();
            if (smallest.size() < most) {
                smallest.add(new Place(cursor.key(), cursor.place()));
            } else if (largest != null && cursor.compareKey(largest.key()) < 0) {
                smallest.poll();
                smallest.add(new Place(cursor.key(), cursor.place()));
            }
        }
        return smallest.stream().sorted(order).toList();
    }
}
