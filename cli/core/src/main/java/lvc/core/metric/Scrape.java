package lvc.core.metric;

import java.util.List;

/** One attempt to read the metrics of one broker. */
public sealed interface Scrape {

    /**
     * It answered.
     *
     * @param node which broker it was, as it says itself
     * @param series those about transforms; a transform without any has none of its processors there
     */
    record Answered(int node, List<Series> series) implements Scrape {
        public Answered {
            series = List.copyOf(series);
        }
    }

    /**
     * It did not answer, and nothing is known of it.
     *
     * @param broker its address or, where that is not known, its node id; for messages
     * @param why no sentence, no full stop
     */
    record Silent(String broker, String why) implements Scrape {}
}
