package lvc.cache.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a worker renders piece by piece, at the pace of the reader: at most one piece is ready while the one before
 * is being taken.
 */
final class Pump {
    /** A piece should be about so long. */
    static final int PIECE = 256 << 10;

    /** Renders the next piece; null when there is none left. Called by workers, one after the other. */
    interface Pieces extends Callable<@Nullable Buffer> {}

    private final Context loop;
    private final HttpServerResponse response;
    private final Pieces pieces;
    private final Stall stall;
    private final Runnable done;

    Pump(Context loop, HttpServerResponse response, Pieces pieces, Stall stall, Runnable done) {
        this.loop = loop;
        this.response = response;
        this.pieces = pieces;
        this.stall = stall;
        this.done = done;
    }

    void start() {
        await(render());
    }

    private Future<@Nullable Buffer> render() {
        return loop.executeBlocking(pieces, false);
    }

    private void await(Future<@Nullable Buffer> piece) {
        piece.onSuccess(this::rendered).onFailure(failure -> stall.abort("it could not be rendered", failure));
    }

    private void rendered(@Nullable Buffer piece) {
        if (response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            stall.begins();
            response.drainHandler(unused -> {
                stall.ends();
                pass(piece);
            });
        } else {
            pass(piece);
        }
    }

    private void pass(@Nullable Buffer piece) {
        if (piece == null) {
            done.run();
        } else {
            // In this order: while this one is sent the next one is rendered, and whoever awaits one that is there
            // already gets it at once.
            Future<@Nullable Buffer> next = render();
            response.write(piece);
            await(next);
        }
    }
}
