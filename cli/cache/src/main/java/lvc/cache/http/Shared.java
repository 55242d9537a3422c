package lvc.cache.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lvc.cache.topic.ServedTopic;

/** What all event loops have in common. */
record Shared(
        HttpSettings settings,
        List<ServedTopic> topics,
        Optional<Writes> writes,
        HttpMetrics metrics,
        AtomicInteger connections,
        StreamCounts streams,
        PageFiles page,
        AtomicInteger port) {

    /** That the server can be reached. */
    void listening(int at) {
        port.set(at);
    }
}
