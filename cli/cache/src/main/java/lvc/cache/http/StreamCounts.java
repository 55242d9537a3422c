package lvc.cache.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many streams each address has open, over all event loops. */
final class StreamCounts {
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();
    private final int most;

    StreamCounts(int most) {
        this.most = most;
    }

    /** Whether one more is allowed; it is counted then. */
    boolean take(String address) {
        if (open.merge(address, 1, Integer::sum) <= most) {
            return true;
        }
        give(address);
        return false;
    }

    void give(String address) {
        open.computeIfPresent(address, (unused, now) -> now == 1 ? null : now - 1);
    }
}
