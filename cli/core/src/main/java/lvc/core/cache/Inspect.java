package lvc.core.cache;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.port.Cluster;
import lvc.core.port.Topics;
import lvc.core.port.Transforms;
import lvc.core.report.CacheStatus;
import lvc.core.report.CacheStatus.JournalRow;
import lvc.core.report.CacheStatus.TopicRow;
import lvc.core.report.CacheStatus.TransformRow;
import lvc.core.report.Licence;
import lvc.core.topic.Cache;
import lvc.core.topic.TopicChange;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformState;

/** Looks at a cache without changing anything. */
public final class Inspect {

    private Inspect() {}

    /**
     * Looks at everything once.
     *
     * @param journal what recreate has written down last
     * @param licence of the cluster
     * @param now the time of day
     */
    public static CacheStatus cache(
            Cache cache,
            Cluster cluster,
            Topics topics,
            Transforms transforms,
            Sampler sampler,
            JournalRow journal,
            Optional<Licence> licence,
            Instant now) {
        Map<String, TopicState> found =
                topics.find(List.of(cache.input().name(), cache.output().name()));
        List<Committed> committed = transforms.committed();
        List<String> fenced = cluster.setting("kafka_noproduce_topics").stream()
                .flatMap(list -> List.of(list.split(",")).stream())
                .filter(topic -> !topic.isBlank())
                .toList();
        return new CacheStatus(
                cache,
                cluster.overview(),
                List.of(
                        row(cache.approach().inputRole(), cache.input(), found, topics),
                        row(cache.approach().outputRole(), cache.output(), found, topics)),
                transforms.list().stream()
                        .filter(t -> t.uses(cache.input().name())
                                || t.uses(cache.output().name()))
                        .map(t -> new TransformRow(
                                direction(cache, t),
                                t,
                                committedBy(t, committed),
                                sampler.snapshot(t, fenced.contains(t.input()))))
                        .toList(),
                fenced,
                journal,
                licence,
                now);
    }

    private static TopicRow row(String role, TopicSpec wanted, Map<String, TopicState> found, Topics topics) {
        Optional<TopicState> state = Optional.ofNullable(found.get(wanted.name()));
        return new TopicRow(
                role,
                wanted.name(),
                state.isPresent(),
                TopicChange.between(wanted, state).drift(),
                state.isPresent() ? new TreeMap<>(topics.ends(wanted.name())) : Map.of());
    }

    private static String direction(Cache cache, TransformState transform) {
        if (cache.isForward(transform)) {
            return "forward";
        }
        return cache.isReverse(transform) ? "reverse" : "other";
    }

    private static Map<Integer, Long> committedBy(TransformState transform, List<Committed> committed) {
        Map<Integer, Long> offsets = new TreeMap<>();
        committed.stream()
                .filter(c -> c.transform().equals(transform.name()))
                .forEach(c -> offsets.put(c.partition(), c.offset()));
        return offsets;
    }
}
