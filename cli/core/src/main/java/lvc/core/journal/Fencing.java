package lvc.core.journal;

/** How writers are kept away from the hot topic of approach B while it is rebuilt. */
public enum Fencing {
    /** The cluster refuses to produce to it: cluster property kafka_noproduce_topics. */
    BROKER,
    /** Somebody says that nobody writes; lvc watches the ends of the topic. Always so with approach A. */
    NONE
}
