package lvc.cache.http;

import io.vertx.core.buffer.Buffer;
import lvc.cache.store.Snapshot;
import org.jspecify.annotations.Nullable;

/** All entries of a snapshot whose keys begin in one way, in no order. */
final class AllPieces implements Pump.Pieces {
    private final Snapshot.Cursor cursor;
    private final byte[] prefix;
    private final Listings.Row row;
    private final Output output = new Output(Pump.PIECE + Pump.PIECE / 2);
    private boolean more = true;

    AllPieces(Snapshot snapshot, byte[] prefix, Listings.Row row) {
        this(snapshot.values(), prefix, row);
    }

    AllPieces(Snapshot.Cursor cursor, byte[] prefix, Listings.Row row) {
        this.cursor = cursor;
        this.prefix = prefix;
        this.row = row;
    }

    @Override
    public @Nullable Buffer call() {
        output.clear();
        while (more && output.length() < Pump.PIECE) {
            more = cursor.next();
            if (more && cursor.keyStartsWith(prefix)) {
                row.render(output, cursor.entry());
            }
        }
        return output.length() == 0 ? null : output.buffer();
    }
}
