package lvc.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A cache that lvc serves. To be closed when nobody wants to be told any more. */
public final class CacheClient implements AutoCloseable {
    private final Http http;
    private final Patience patience;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();

    private CacheClient(Builder with) {
        this.http = new Http(with.address, with.timeout, with.token, with.writeToken);
        this.patience = new Patience(with.firstDelay, with.longestDelay, with.silence);
    }

    /** Begins to say how a cache is reached. */
    public static Builder at(URI address) {
        return new Builder(address);
    }

    /** A topic of it. Asks for nothing yet. */
    public CachedTopic topic(String name) {
        return new CachedTopic(http, patience, name, open);
    }

    /** Ends all subscriptions. */
    @Override
    public void close() {
        open.forEach(Subscription::close);
    }

    /** How a cache is reached. */
    public static final class Builder {
        private final URI address;
        private Supplier<Optional<String>> token = Optional::empty;
        private Supplier<Optional<String>> writeToken = Optional::empty;
        private Duration timeout = Duration.ofSeconds(10);
        private Duration firstDelay = Duration.ofMillis(100);
        private Duration longestDelay = Duration.ofSeconds(10);
        private Duration silence = Duration.ofSeconds(45);

        private Builder(URI address) {
            this.address = address;
        }

        /** Shows a token. */
        public Builder token(String secret) {
            return token(() -> Optional.of(secret));
        }

        /** Shows the token of the moment: one that is replaced from time to time. */
        public Builder token(Supplier<Optional<String>> secret) {
            this.token = secret;
            return this;
        }

        /** Shows another token with writes. */
        public Builder writeToken(String secret) {
            return writeToken(() -> Optional.of(secret));
        }

        /** Shows another token with writes: one that is replaced from time to time. */
        public Builder writeToken(Supplier<Optional<String>> secret) {
            this.writeToken = secret;
            return this;
        }

        /** How long an answer may take: 10 s unless said otherwise. */
        public Builder timeout(Duration most) {
            this.timeout = most;
            return this;
        }

        /** How long to wait before a stream is opened again: 100 ms, doubled up to 10 s, unless said otherwise. */
        public Builder reconnectDelay(Duration first, Duration longest) {
            this.firstDelay = first;
            this.longestDelay = longest;
            return this;
        }

        /** After how long without a word a stream is taken for dead: 45 s unless said otherwise; a cache speaks every 15 s. */
        public Builder silence(Duration most) {
            this.silence = most;
            return this;
        }

        /** Connects when something is asked for, not before. */
        public CacheClient build() {
            return new CacheClient(this);
        }
    }
}
