package lvc.acceptance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures and prints a table in Markdown. Absolute times depend on the machine and on what else it does; both sides of
 * a ratio were measured in turns, within minutes of each other.
 *
 * <p>Arguments: the number of records (default 5,000,000) and of rounds (default 3), and a part of it all. Started by {@code bench.sh}.
 */
public final class Benchmarks {
    private static final int RECORDS = 5_000_000;
    private static final int ROUNDS = 3;
    private static final String ALL = "all";

    private final List<String> rows = new ArrayList<>();

    private Benchmarks() {}

    /**
     * Runs everything, or one part.
     *
     * @param args records, rounds, and what to measure: all, or commands, verify (a part of these), recreate, serve or transform
     */
    public static void main(String[] args) throws Exception {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : RECORDS;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
        Path work = Files.createTempDirectory("lvc-bench-");
        try {
            Benchmarks benchmarks = new Benchmarks();
            benchmarks.row("what", "lvc", "compared with", "ratio");
            benchmarks.row("---", "---", "---", "---");
            String part = args.length > 2 ? args[2] : ALL;
            if (part.equals(ALL) || part.equals("commands")) {
                new CommandBench(benchmarks, work, rounds).run(records);
            }
            if (part.equals("verify")) {
                new CommandBench(benchmarks, work, rounds).runVerify(records);
            }
            if (part.equals(ALL) || part.equals("recreate")) {
                new RecreateBench(benchmarks, work).run(records);
            }
            if (part.equals(ALL) || part.equals("serve")) {
                new ServeBench(benchmarks, work, rounds).run(records);
            }
            if (part.equals(ALL) || part.equals("transform")) {
                new TransformBench(benchmarks, work, rounds).run(records / 5);
            }
            System.out.println();
            System.out.printf(
                    Locale.ROOT,
                    "Java %s, %d processors, %,d records of 100 bytes, median of %d rounds.%n%n",
                    Runtime.version(),
                    Runtime.getRuntime().availableProcessors(),
                    records,
                    rounds);
            benchmarks.rows.forEach(System.out::println);
        } finally {
            delete(work);
        }
    }

    /** One line of the table, shown as progress at once. */
    void row(String what, String ours, String other, String ratio) {
        String row = "| " + String.join(" | ", what, ours, other, ratio) + " |";
        rows.add(row);
        System.err.println(row);
    }

    /** A line of which one side could not be measured. */
    void skipped(String what, String why) {
        row(what, "skipped: " + why, "", "");
    }

    /** Two rates, in records per second; more is better. */
    void rates(String what, double ours, String otherName, double other) {
        row(what, rate(ours), otherName + " " + rate(other), ratio(ours / other));
    }

    /** Two times, in seconds; less is better. */
    void times(String what, double ours, String otherName, double other) {
        row(what, time(ours), otherName + " " + time(other), ratio(ours / other));
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,.0f records/s", perSecond);
    }

    static String time(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** The one in the middle. */
    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
