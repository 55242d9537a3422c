package lvc.cache.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Function;
import lvc.cache.store.Entry;
import lvc.cache.store.Snapshot;
import lvc.cache.topic.Served;

/** All values, or those of some keys: as they were together at one moment. */
final class Listings {
    private static final byte[] EVERYTHING = {};
    private static final byte[] END = Output.ascii("}\n");
    private static final int USUAL_PAGE = 1000;
    private static final int LARGEST_PAGE = 100_000;

    private final Loop loop;
    private final Waits waits;

    Listings(Loop loop, Waits waits) {
        this.loop = loop;
        this.waits = waits;
    }

    void answer(Exchange exchange, TopicView view) {
        Query query = exchange.query();
        byte[] prefix = query.bytes("prefix");
        byte[] after = query.bytes("after");
        String limit = query.text("limit");
        String keys = query.text("keys");
        if (keys != null && !keys.equals("only")) {
            throw new BadRequest("keys: only 'only' has a meaning");
        }
        byte[] begin = prefix == null ? EVERYTHING : prefix;
        int most = limit == null ? USUAL_PAGE : number(limit);
        boolean page = after != null || limit != null;
        waits.reach(
                exchange,
                view,
                query,
                now -> send(loop, exchange, view, Names.JSON_LINES, snapshot -> {
                    Rows rows = new Rows(keys != null);
                    return page ? Page.of(snapshot, begin, after, most, rows) : new AllPieces(snapshot, begin, rows);
                }));
    }

    private static int number(String limit) {
        try {
            int most = Integer.parseInt(limit);
            if (most > 0 && most <= LARGEST_PAGE) {
                return most;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BadRequest("limit: a number from 1 to " + LARGEST_PAGE + ", not '" + limit + "'");
    }

    /** Sends what is made of a snapshot that begins now. */
    static void send(
            Loop loop, Exchange exchange, TopicView view, CharSequence type, Function<Snapshot, Pump.Pieces> rendered) {
        HttpServerResponse response = exchange.response;
        Stall stall = new Stall(loop, exchange.request);
        response.exceptionHandler(unused -> stall.ends());
        view.openings
                .open()
                .onFailure(failure -> stall.abort("no snapshot", failure))
                .onSuccess(opening -> {
                    if (response.closed()) {
                        return;
                    }
                    Served now = view.topic.now();
                    Served opened =
                            new Served(now.image(), opening.position().incarnation(), now.freshness(), now.ready());
                    view.describe(response, opened, opening.position().offsets());
                    response.putHeader(
                            Names.KKV_OFFSETS, view.kkv(opening.position().offsets()));
                    head(response, type);
                    if (exchange.head()) {
                        response.end();
                        return;
                    }
                    response.setChunked(true);
                    Pump.Pieces pieces = rendered.apply(opening.snapshot());
                    new Pump(loop.context(), response, pieces, stall, () -> response.end()).start();
                });
    }

    private static void head(HttpServerResponse response, CharSequence type) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, Names.NO_STORE)
                .putHeader(Names.CONTENT_TYPE_OPTIONS, Names.NO_SNIFF);
    }

    /** Renders one entry. */
    interface Row {
        void render(Output to, Entry entry);
    }

    /** How an entry is told in a listing. */
    record Rows(boolean keysOnly) implements Row {
        @Override
        public void render(Output to, Entry entry) {
            byte[] value = entry.value();
            to.raw('{').field(Output.KEY, entry.key());
            if (!keysOnly && value != null) {
                to.raw(',').field(Output.VALUE, value);
            }
            to.where(entry).raw(END);
        }
    }
}
