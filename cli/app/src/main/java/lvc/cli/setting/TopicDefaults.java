package lvc.cli.setting;

import java.util.Map;
import java.util.TreeMap;
import lvc.core.topic.Approach;

/** The topic settings that make one topic the truth and the other one hot, unless the settings file says otherwise. */
final class TopicDefaults {

    private TopicDefaults() {}

    /** Tiered: written to object storage and read from there. */
    static Map<String, String> truth() {
        return new TreeMap<>(Map.of(
                "cleanup.policy", "compact",
                "redpanda.remote.read", "true",
                "redpanda.remote.write", "true"));
    }

    /**
     * Local, even where the cluster makes every topic tiered by default, and compacted within seconds. As the input of a
     * transform (approach b) it keeps tombstones for a day, so that a transform that was down for less sees every delete;
     * a tiered topic may not have that setting.
     */
    static Map<String, String> hot(Approach approach) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "cleanup.policy", "compact",
                "redpanda.remote.read", "false",
                "redpanda.remote.write", "false",
                "min.cleanable.dirty.ratio", "0.01",
                "max.compaction.lag.ms", "1000",
                "segment.ms", "1000"));
        if (approach == Approach.B) {
            settings.put("delete.retention.ms", "86400000");
        }
        return settings;
    }
}
