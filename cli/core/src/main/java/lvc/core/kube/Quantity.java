package lvc.core.kube;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Amounts as Kubernetes writes them: {@code 100m} of a CPU, {@code 2560Mi} of memory. */
public final class Quantity {
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("P", new BigDecimal("1e15")),
            Map.entry("E", new BigDecimal("1e18")),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));
    private static final List<String> BINARY = List.of("Ti", "Gi", "Mi", "Ki");

    private Quantity() {}

    /** The number; empty for what is none. */
    public static Optional<BigDecimal> of(String text) {
        String suffix = text.replaceFirst("^[+-]?[0-9.]+([eE][+-]?[0-9]+)?", "");
        try {
            return Optional.ofNullable(SUFFIXES.get(suffix))
                    .map(unit -> new BigDecimal(text.substring(0, text.length() - suffix.length())).multiply(unit));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As bytes are read: in the largest unit in which at least one is left, with one decimal at most. */
    public static String bytes(BigDecimal amount) {
        for (String unit : BINARY) {
            BigDecimal size = SUFFIXES.getOrDefault(unit, BigDecimal.ONE);
            if (amount.abs().compareTo(size) >= 0) {
                return plain(amount.divide(size, 1, RoundingMode.HALF_UP)) + unit;
            }
        }
        return plain(amount);
    }

    /** Without an exponent and without zeros at the end. */
    public static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
