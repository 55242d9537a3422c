package lvc.core.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.gate.Verdict;
import lvc.core.topic.Cache;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicChange;
import lvc.core.transform.TransformState;

/**
 * How a cache stands at this moment. The lag is shown as the cluster gives it and proves nothing.
 *
 * @param transforms those that use a topic of the cache
 * @param fenced topics that no producer may write to (cluster property kafka_noproduce_topics)
 * @param journal what recreate has written down last, of whichever cache
 * @param licence of the cluster; absent when it tells of none
 * @param at when it was looked at
 */
public record CacheStatus(
        Cache cache,
        ClusterOverview cluster,
        List<TopicRow> topics,
        List<TransformRow> transforms,
        List<String> fenced,
        JournalRow journal,
        Optional<Licence> licence,
        Instant at) {

    /**
     * The end of the journal.
     *
     * @param last absent when nothing was ever recreated in this cluster, or the journal cannot be read
     * @param unreadable why it cannot; else empty
     */
    public record JournalRow(Optional<RunRow> last, String unreadable) {}

    /**
     * One topic.
     *
     * @param role source, destination, primary or secondary
     * @param ends by partition; empty when the topic is missing
     */
    public record TopicRow(
            String role, String topic, boolean exists, List<TopicChange.Drift> drift, Map<Integer, Ends> ends) {}

    /**
     * One transform.
     *
     * @param direction forward, reverse or other
     * @param committed last processed offset by input partition
     * @param gate whether everything up to the ends of this moment was copied, in one look: a snapshot, which a later
     *     write or a moved leader makes untrue
     */
    public record TransformRow(
            String direction, TransformState transform, Map<Integer, Long> committed, Verdict gate) {}
}
