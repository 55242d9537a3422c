package lvc.core.metric;

import java.util.Map;

/**
 * One number that a broker shows.
 *
 * @param name as it is printed, such as {@code redpanda_transform_lag}
 * @param labels by name
 * @param value may be infinite or not a number; whole numbers are exact up to 2^53
 */
public record Series(String name, Map<String, String> labels, double value) {
    public Series {
        labels = Map.copyOf(labels);
    }

    /** Whether a label has this value. */
    public boolean has(String label, String text) {
        return text.equals(labels.get(label));
    }
}
