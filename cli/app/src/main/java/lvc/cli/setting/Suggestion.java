package lvc.cli.setting;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What a person may have meant. */
public final class Suggestion {
    private static final double ALIKE = 0.8;
    private static final int SLIPS = 2;
    private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(SLIPS);
    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

    private Suggestion() {}

    /** The known word most like the typed one, when it is much like it. */
    public static Optional<String> of(String typed, Collection<String> known) {
        return known.stream()
                .filter(word -> SIMILARITY.apply(typed, word) >= ALIKE)
                .max(Comparator.comparingDouble(word -> SIMILARITY.apply(typed, word)));
    }

    /** The known word that was typed but for a slip or two of the finger. */
    public static Optional<String> ofSlip(String typed, Collection<String> known) {
        return known.stream()
                .filter(word -> DISTANCE.apply(typed, word) >= 0)
                .min(Comparator.comparingInt(word -> DISTANCE.apply(typed, word)));
    }

    /** {@code ; did you mean 'x'?}, or nothing. */
    public static String sentence(String typed, Collection<String> known) {
        return of(typed, known).map(word -> "; did you mean '" + word + "'?").orElse("");
    }
}
