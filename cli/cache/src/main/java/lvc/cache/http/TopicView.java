package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import lvc.cache.store.Offsets;
import lvc.cache.store.Position;
import lvc.cache.topic.Freshness;
import lvc.cache.topic.Served;
import lvc.cache.topic.ServedTopic;
import org.jspecify.annotations.Nullable;

/**
 * A topic as one event loop sees it: what its answers say of it, rendered once, and who waits for it. Only for that loop.
 */
final class TopicView implements AutoCloseable {
    final ServedTopic topic;
    private final CharSequence name;
    final Openings openings;
    final Batches batches;
    private final Context loop;
    private final ServedTopic.Watching watching;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Set<ChangeStream> streams = new LinkedHashSet<>();
    private List<BooleanSupplier> waiting = new ArrayList<>();

    private @Nullable Offsets renderedOffsets;
    private @Nullable String renderedIncarnation;
    private CharSequence position = "";
    private @Nullable Offsets renderedKkv;
    private CharSequence kkv = "";
    private @Nullable Freshness renderedFreshness;
    private CharSequence freshness = "";

    TopicView(ServedTopic topic, Context loop) {
        this.topic = topic;
        this.name = HttpHeaders.createOptimized(topic.name());
        this.loop = loop;
        this.openings = new Openings(topic, loop);
        this.batches = new Batches(topic.changes());
        this.watching = topic.watch(this::wake);
    }

    // ---- what answers say

    /** Says of which topic an answer is, how far it reaches at least, and how fresh that is. */
    void describe(HttpServerResponse response, Served now, Offsets offsets) {
        response.putHeader(Names.TOPIC, name)
                .putHeader(Names.POSITION, position(offsets, now.incarnation()))
                .putHeader(Names.FRESHNESS, freshness(now.freshness()));
    }

    private CharSequence position(Offsets offsets, String incarnation) {
        if (!offsets.equals(renderedOffsets) || !incarnation.equals(renderedIncarnation)) {
            position = HttpHeaders.createOptimized(new Position(offsets, incarnation).toString());
            renderedOffsets = offsets;
            renderedIncarnation = incarnation;
        }
        return position;
    }

    private CharSequence freshness(Freshness now) {
        if (!now.equals(renderedFreshness)) {
            freshness = HttpHeaders.createOptimized(Fresh.header(now));
            renderedFreshness = now;
        }
        return freshness;
    }

    /** Offsets as version 1 has them in a header. */
    CharSequence kkv(Offsets offsets) {
        if (!offsets.equals(renderedKkv)) {
            Output text = new Output().raw('[');
            for (int partition = 0; partition < offsets.partitions(); partition++) {
                if (offsets.last(partition) >= 0) {
                    text.raw(text.length() > 1 ? "," : "").raw("{\"offset\":").number(offsets.last(partition));
                    text.raw(",\"partition\":").number(partition);
                    text.raw(",\"topic\":").json(topic.name()).raw('}');
                }
            }
            kkv = text.raw(']').header();
            renderedKkv = offsets;
        }
        return kkv;
    }

    /** Answers that nothing can be had of the topic yet. */
    void notReady(Exchange exchange) {
        exchange.response
                .putHeader(Names.TOPIC, name)
                .putHeader(Names.FRESHNESS, freshness(topic.now().freshness()))
                .putHeader(HttpHeaders.RETRY_AFTER, "1");
        Answers.error(
                exchange,
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "not ready",
                "topic " + topic.name() + " is being read for the first time",
                "ask again in a second; GET /q/health/ready tells when it is done");
    }

    // ---- who waits

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            try {
                loop.runOnContext(unused -> woken());
            } catch (RejectedExecutionException e) {
                // The loop has ended, and with it all who waited.
                watching.close();
            }
        }
    }

    private void woken() {
        woken.set(false);
        if (!waiting.isEmpty()) {
            List<BooleanSupplier> asked = waiting;
            waiting = new ArrayList<>();
            asked.stream().filter(each -> !each.getAsBoolean()).forEach(waiting::add);
        }
        for (ChangeStream stream : List.copyOf(streams)) {
            stream.advance();
        }
    }

    /** Has something tried again whenever there is news, until it says that it is done. */
    void await(BooleanSupplier attempt) {
        waiting.add(attempt);
    }

    void forget(BooleanSupplier attempt) {
        waiting.remove(attempt);
    }

    void add(ChangeStream stream) {
        streams.add(stream);
    }

    void remove(ChangeStream stream) {
        streams.remove(stream);
    }

    /** Gives every stream a sign of life. */
    void keepAlive() {
        List.copyOf(streams).forEach(ChangeStream::keepAlive);
    }

    @Override
    public void close() {
        watching.close();
    }
}
