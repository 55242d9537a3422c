package lvc.core.fake;

import java.util.Map;
import java.util.TreeMap;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.topic.TopicSpec;

/** Caches to test with. */
public final class Caches {
    public static final Map<String, String> TRUTH = Map.of("cleanup.policy", "compact", "redpanda.remote.read", "true");
    public static final Map<String, String> HOT = Map.of("cleanup.policy", "compact", "segment.ms", "1000");

    private Caches() {}

    public static Cache of(Approach approach, int partitions) {
        return new Cache(
                "test",
                approach,
                "lvc",
                new TopicSpec(approach.truthRole(), partitions, -1, new TreeMap<>(TRUTH)),
                new TopicSpec(approach.hotRole(), partitions, -1, new TreeMap<>(HOT)));
    }
}
