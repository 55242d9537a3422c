package lvc.core.fake;

import java.util.List;
import lvc.core.metric.Scrape;

/** What goes wrong between a process and its cluster. Whatever is thrown reaches the process as if the call had. */
public interface Trouble {
    /** Nothing goes wrong. */
    Trouble NONE = new Trouble() {};

    /** How a deploy ends. */
    enum Deploy {
        ANSWERED,
        /** Not taken, and nobody says so. */
        LOST,
        /** Taken, and nobody says so. */
        UNANSWERED,
        /** Taken a moment after somebody said that it is unclear. */
        LATE
    }

    /** Before the cluster gets a call. */
    default void before(String call) {}

    /** After the cluster has done it, before the process has the answer. */
    default void after(String call) {}

    /** Whether a call reaches the cluster once more, as when a client repeats it. */
    default boolean twice(String call) {
        return false;
    }

    /** What becomes of a deploy. */
    default Deploy deploy() {
        return Deploy.ANSWERED;
    }

    /** What the metrics of the brokers look like. */
    default List<Scrape> scrape(List<Scrape> honest) {
        return honest;
    }

    /** The process dies where it stands. Nobody catches this. */
    final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Crash(String where) {
            super(where);
        }
    }
}
