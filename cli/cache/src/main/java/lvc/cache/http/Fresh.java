package lvc.cache.http;

import java.time.Instant;
import lvc.cache.topic.Freshness;
import org.jspecify.annotations.Nullable;

/** Freshness as it is told: in a header, and as fields of JSON. */
final class Fresh {
    private Fresh() {}

    static String header(Freshness freshness) {
        Instant since = since(freshness);
        return since == null ? freshness.word() : freshness.word() + "; since=" + since;
    }

    static Output fields(Output to, Freshness freshness) {
        to.raw("\"freshness\":").json(freshness.word());
        Instant since = since(freshness);
        if (since != null) {
            to.raw(",\"since\":").json(since.toString());
        }
        if (freshness instanceof Freshness.Resyncing resyncing) {
            to.raw(",\"why\":").json(resyncing.why());
        }
        return to;
    }

    static @Nullable Instant since(Freshness freshness) {
        if (freshness instanceof Freshness.Disconnected disconnected) {
            return disconnected.since();
        }
        return freshness instanceof Freshness.Resyncing resyncing ? resyncing.since() : null;
    }
}
