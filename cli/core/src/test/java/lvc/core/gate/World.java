package lvc.core.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lvc.core.metric.Scrape;
import lvc.core.metric.Series;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Row;
import lvc.core.transform.TransformState.Status;

/**
 * What the gate can see of a transform, to be changed at will between samples. At the start everything is copied:
 * partition p of the input has 100 records, is led by broker p + 1, and its 100 records are in the output.
 */
final class World {
    static final String NAME = "lvc-1";
    static final String LAG = "redpanda_transform_lag";

    final Map<Integer, Ends> input = new TreeMap<>();
    final Map<Integer, Ends> output = new TreeMap<>();
    final Map<Integer, Long> outputBefore = new HashMap<>();
    final List<Row> rows = new ArrayList<>();
    final List<Committed> committed = new ArrayList<>();
    final Map<Integer, List<Series>> brokers = new TreeMap<>();
    final List<Scrape> silent = new ArrayList<>();
    final Map<Integer, Long> lastReadable = new HashMap<>();
    final List<TransformState> others = new ArrayList<>();
    boolean listed = true;
    boolean fenced = true;
    private int looks;

    World(int partitions) {
        for (int p = 0; p < partitions; p++) {
            input.put(p, new Ends(0, 100, 100));
            output.put(p, new Ends(0, 100, 100));
            rows.add(new Row(p + 1, p, Status.RUNNING, 0));
            committed.add(new Committed(NAME, p, 99));
            brokers.put(p + 1, new ArrayList<>());
            shows(p + 1, 0, 1);
        }
    }

    /** A broker's lag and how many partitions run on it. */
    World shows(int node, double lag, int running) {
        List<Series> series = series(node);
        series.clear();
        series.add(lag(LAG, lag));
        series.add(state("running", running));
        series.add(state("errored", 0));
        series.add(counter("redpanda_transform_failures", 0));
        series.add(counter("redpanda_transform_execution_errors", 0));
        return this;
    }

    /** What a broker shows, to be changed. */
    List<Series> series(int node) {
        return brokers.computeIfAbsent(node, n -> new ArrayList<>());
    }

    World failures(int node, double failures) {
        List<Series> series = series(node);
        series.removeIf(each -> each.name().equals("redpanda_transform_failures"));
        series.add(counter("redpanda_transform_failures", failures));
        return this;
    }

    World row(int partition, int node, Status status, long lag) {
        rows.removeIf(row -> row.partition() == partition);
        rows.add(new Row(node, partition, status, lag));
        return this;
    }

    World committed(int partition, long offset) {
        committed.removeIf(row -> row.partition() == partition);
        committed.add(new Committed(NAME, partition, offset));
        return this;
    }

    static Series lag(String name, double lag) {
        return new Series(name, Map.of("function_name", NAME, "output_topic", "out"), lag);
    }

    static Series state(String state, double count) {
        return new Series("redpanda_transform_state", Map.of("function_name", NAME, "state", state), count);
    }

    static Series counter(String name, double count) {
        return new Series(name, Map.of("function_name", NAME), count);
    }

    static TransformState state(List<Row> rows, String output) {
        return new TransformState(NAME, "in", List.of(output), Map.of(), "none", rows);
    }

    /** The target as it stands now. */
    Target target() {
        return new Target(NAME, "in", "out", input, fenced, outputBefore, Map.of());
    }

    /** One look; a second passes with each. */
    LagSample look() {
        List<TransformState> list = new ArrayList<>(others);
        if (listed) {
            list.add(state(rows, "out"));
        }
        List<Scrape> scrapes = new ArrayList<>(silent);
        brokers.forEach((node, series) -> scrapes.add(new Scrape.Answered(node, series)));
        return new LagSample(
                Duration.ofSeconds(looks++),
                new Seen.It<>(List.copyOf(list)),
                new Seen.It<>(List.copyOf(committed)),
                scrapes,
                new Seen.It<>(Map.copyOf(input)),
                new Seen.It<>(Map.copyOf(output)),
                lastReadable);
    }
}
