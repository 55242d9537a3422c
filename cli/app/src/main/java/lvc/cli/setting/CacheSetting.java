package lvc.cli.setting;

/** The settings of one cache; each key is {@code cache.NAME.} and the ending given here. */
public enum CacheSetting {
    APPROACH("approach", "", "a (source to destination) or b (primary to secondary). No default: say which."),
    SOURCE("source", "source", "Approach a: the topic that is written to, the source of truth."),
    DESTINATION("destination", "destination", "Approach a: the hot topic that is read."),
    PRIMARY("primary", "primary", "Approach b: the hot topic that is written to and read."),
    SECONDARY("secondary", "secondary", "Approach b: its backup, the source of truth."),
    TRANSFORM("transform", "lvc", "What the names of the transforms begin with; the rest is new for every deploy."),
    PARTITIONS("partitions", "1", "Partitions of both topics; a transform needs the same number on both sides."),
    REPLICATION("replication", "-1", "Copies of every partition; -1 takes what the cluster takes by default.");

    /** What the topic settings of the hot topic begin with; the rest is the name that Redpanda knows. */
    public static final String HOT_PREFIX = "hot.topic.";

    /** What the topic settings of the source of truth begin with. */
    public static final String TRUTH_PREFIX = "truth.topic.";

    /** The name of the cache that is meant where none is given. */
    public static final String DEFAULT_CACHE = "default";

    private final String ending;
    private final String fallback;
    private final String doc;

    CacheSetting(String ending, String fallback, String doc) {
        this.ending = ending;
        this.fallback = fallback;
        this.doc = doc;
    }

    /** The last part of the key. */
    public String ending() {
        return ending;
    }

    /** The whole key. */
    public String key(String cache) {
        return "cache." + cache + "." + ending;
    }

    /** The built-in value; names of topics and transforms contain the name of any cache but the default one. */
    public String fallback(String cache) {
        boolean names =
                this == SOURCE || this == DESTINATION || this == PRIMARY || this == SECONDARY || this == TRANSFORM;
        return names && !cache.equals(DEFAULT_CACHE)
                ? (this == TRANSFORM ? fallback + "-" + cache : cache + "-" + fallback)
                : fallback;
    }

    /** What it is for, in one or two sentences. */
    public String doc() {
        return doc;
    }
}
