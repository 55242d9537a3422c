package lvc.sandbox.admin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/** Metrics in the text format of Prometheus, printed as Seastar prints them: six decimals, labels in order. */
final class Exposition {

    private final StringBuilder out = new StringBuilder();
    private String family = "";

    /** Starts a family of series. */
    void family(String name, String type, String help) {
        family = name;
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** One series of the family; the suffix is for the parts of a histogram. */
    void sample(String suffix, Map<String, String> labels, BigDecimal value) {
        out.append(family).append(suffix);
        if (!labels.isEmpty()) {
            String separator = "{";
            for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
                out.append(separator).append(label.getKey()).append("=\"").append(escaped(label.getValue()));
                out.append('"');
                separator = ",";
            }
            out.append('}');
        }
        out.append(' ').append(value.setScale(6, RoundingMode.HALF_UP).toPlainString());
        out.append('\n');
    }

    void sample(Map<String, String> labels, long value) {
        sample("", labels, BigDecimal.valueOf(value));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
