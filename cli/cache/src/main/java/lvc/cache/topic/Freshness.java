package lvc.cache.topic;

import java.time.Instant;

/** How much what is served can be relied on to be the newest. */
public sealed interface Freshness {

    /** Everything that the brokers have, but for what is on its way. */
    record Live() implements Freshness {
        @Override
        public String word() {
            return "live";
        }
    }

    /** The topic is read for the first time; nothing is served of it yet. */
    record CatchingUp() implements Freshness {
        @Override
        public String word() {
            return "catching-up";
        }
    }

    /** The brokers do not answer; what was there when they did is served. */
    record Disconnected(Instant since) implements Freshness {
        @Override
        public String word() {
            return "disconnected";
        }
    }

    /** The topic was created anew; the last good image of the one before is served until the new one can take over. */
    record Resyncing(Instant since, String why) implements Freshness {
        @Override
        public String word() {
            return "resyncing";
        }
    }

    /** As answers name it. */
    String word();
}
