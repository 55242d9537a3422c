package lvc.cache.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lvc.cache.store.Offsets;
import lvc.cache.store.Position;
import lvc.cache.topic.Freshness;
import lvc.cache.topic.Served;
import org.jspecify.annotations.Nullable;

/** Lets requests wait until the image reaches what their clients have seen or written. */
final class Waits {
    private static final Duration USUAL = Duration.ofSeconds(5);
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s)?");

    private final Loop loop;

    Waits(Loop loop) {
        this.loop = loop;
    }

    /** What is done once it is reached. */
    interface Then {
        void go(Served now);
    }

    /** Goes on at once when the query asks for nothing, or has it already. */
    void reach(Exchange exchange, TopicView view, Query query, Then then) {
        String wanted = query.text("min-offsets");
        Duration most = time(query.text("timeout"));
        Served now = view.topic.now();
        if (wanted == null) {
            if (now.ready()) {
                then.go(now);
            } else {
                view.notReady(exchange);
            }
            return;
        }
        Wait wait = new Wait(exchange, view, parse(wanted), then);
        if (!wait.attempt()) {
            wait.begin(most);
        }
    }

    private static Position parse(String wanted) {
        try {
            return wanted.indexOf('@') < 0 ? new Position(Offsets.parse(wanted), "") : Position.parse(wanted);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("min-offsets: " + e.getMessage());
        }
    }

    private Duration time(@Nullable String text) {
        if (text == null) {
            return loop.limits().patience().compareTo(USUAL) < 0 ? loop.limits().patience() : USUAL;
        }
        Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new BadRequest("timeout: '" + text + "' is no time such as 5s or 500ms");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration time = "ms".equals(matcher.group(2)) ? Duration.ofMillis(number) : Duration.ofSeconds(number);
        if (time.compareTo(loop.limits().patience()) > 0) {
            throw new BadRequest("timeout: at most " + loop.limits().patience().toMillis() + "ms");
        }
        return time;
    }

    /** One request that waits. */
    private final class Wait {
        private final Exchange exchange;
        private final TopicView view;
        private final Position wanted;
        private final Then then;
        private final BooleanSupplier attempt = this::attempt;
        private long timer = -1;

        private Wait(Exchange exchange, TopicView view, Position wanted, Then then) {
            this.exchange = exchange;
            this.view = view;
            this.wanted = wanted;
            this.then = then;
        }

        private void begin(Duration most) {
            view.await(attempt);
            timer = loop.later(most.toMillis(), this::late);
            exchange.response.closeHandler(unused -> {
                loop.cancel(timer);
                view.forget(attempt);
            });
        }

        /** Whether it is over, one way or the other. */
        private boolean attempt() {
            Served now = view.topic.now();
            boolean other = now.ready()
                    && !wanted.incarnation().isEmpty()
                    && !wanted.incarnation().equals(now.incarnation());
            if (!other
                    && !(now.ready() && !unnamed(now) && now.image().offsets().covers(wanted.offsets()))) {
                return false;
            }
            loop.cancel(timer);
            if (other) {
                refuse(now, HttpResponseStatus.CONFLICT, "the topic was created anew since; it is another one now");
            } else {
                try {
                    then.go(now);
                } catch (BadRequest e) {
                    Answers.badRequest(exchange, String.valueOf(e.getMessage()));
                }
            }
            return true;
        }

        /** Whether the offsets may be those of a topic that is there, and is not the one that is served. */
        private boolean unnamed(Served now) {
            return wanted.incarnation().isEmpty() && now.freshness() instanceof Freshness.Resyncing;
        }

        private void late() {
            view.forget(attempt);
            Served now = view.topic.now();
            if (now.ready()) {
                refuse(
                        now,
                        HttpResponseStatus.PRECONDITION_FAILED,
                        unnamed(now)
                                ? "the values of before are served, and the offsets do not say which topic they are of"
                                : "not there yet");
            } else {
                view.notReady(exchange);
            }
        }

        private void refuse(Served now, HttpResponseStatus status, String why) {
            Offsets offsets = now.image().offsets();
            view.describe(exchange.response, now, offsets);
            Output body = new Output().raw("{\"position\":").json(new Position(offsets, now.incarnation()).toString());
            body.raw(",\"error\":\"min-offsets\",\"why\":").json(why);
            body.raw(",\"next\":\"ask again, or go on from the position\"}\n");
            Answers.send(exchange, status, Names.JSON, body.buffer());
        }
    }
}
