package lvc.core.gate;

import java.util.List;
import lvc.core.metric.Scrape;
import lvc.core.transform.TransformState;

/** What the gate is not: goes on as soon as the lag adds up to 0, and takes what is absent for 0. */
final class NaivePoll {

    private NaivePoll() {}

    /** The sum of a gauge over the brokers that answered. */
    static boolean opens(LagSample sample, String gauge) {
        return sample.brokers().stream()
                        .filter(Scrape.Answered.class::isInstance)
                        .flatMap(scrape -> ((Scrape.Answered) scrape).series().stream())
                        .filter(series -> series.name().equals(gauge) && series.has("function_name", World.NAME))
                        .mapToDouble(series -> series.value())
                        .sum()
                == 0;
    }

    static boolean opens(LagSample sample) {
        return opens(sample, World.LAG);
    }

    /** The sum of the lag in the list of transforms, as {@code rpk transform list} shows it. */
    static boolean opensOnTheList(LagSample sample) {
        return sample.transforms() instanceof Seen.It<List<TransformState>> list
                && list.value().stream()
                                .filter(t -> t.name().equals(World.NAME))
                                .flatMap(t -> t.rows().stream())
                                .mapToLong(TransformState.Row::lag)
                                .sum()
                        == 0;
    }
}
