package lvc.core.gate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lvc.core.metric.Scrape;
import lvc.core.topic.Ends;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Row;
import lvc.core.transform.TransformState.Status;

/**
 * What must hold in one sample so that everything up to the target was copied. The page docs/why/the-gate.md lists the
 * conditions and which misleading number each of them is there for.
 */
final class Conditions {
    /** No lag is that large: the counter is unsigned, and the end of the input lies before what was processed. */
    private static final double ABSURD = 0x1p62;

    private final Target target;
    private final LagSample sample;
    private final Map<Integer, BrokerView> brokers = new TreeMap<>();
    private final Progress progress;

    Conditions(Target target, LagSample sample, Map<Integer, Climb> climbs) {
        this.target = target;
        this.sample = sample;
        for (Scrape scrape : sample.brokers()) {
            if (scrape instanceof Scrape.Answered broker) {
                brokers.put(broker.node(), new BrokerView(broker, target.transform()));
            }
        }
        this.progress = new Progress(target, sample, climbs, this::lagOfLeader);
    }

    /**
     * Why looking again does not help.
     *
     * @param before how often it had failed at the sample before, by node
     */
    Optional<String> failure(Map<Integer, Double> before) {
        return first(Stream.of(this::otherTopics, this::errored, () -> failedAgain(before), this::absurdLag));
    }

    /** Why it is not proven in this sample. */
    Optional<String> obstacle() {
        return first(Stream.of(
                this::notListedOnce,
                this::rowsMissing,
                this::notRunning,
                this::brokerSilent,
                this::seriesMissing,
                this::inputShort,
                progress::behind,
                this::lagLeft));
    }

    private static Optional<String> first(Stream<Supplier<Optional<String>>> conditions) {
        return conditions.map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    private Optional<String> otherTopics() {
        return sample.listed(target.transform()).stream()
                .filter(t -> !t.reads(target.input()) || !t.writesOnly(target.output()))
                .findFirst()
                .map(t -> "transform " + t.name() + " goes from " + t.input() + " to " + String.join(", ", t.outputs())
                        + ", not from " + target.input() + " to " + target.output() + " alone");
    }

    private Optional<String> errored() {
        return rows().filter(row -> row.status() == Status.ERRORED)
                .findFirst()
                .map(row -> "partition " + row.partition() + " has failed on broker " + row.node())
                .or(() -> brokers.entrySet().stream()
                        .filter(broker -> broker.getValue().count("errored").orElse(0) > 0)
                        .findFirst()
                        .map(broker -> "broker " + broker.getKey() + " counts "
                                + number(broker.getValue().count("errored").orElse(0)) + " failed partitions of "
                                + target.transform()));
    }

    private Optional<String> failedAgain(Map<Integer, Double> before) {
        return sample.failures(target.transform()).entrySet().stream()
                .map(now -> new double[] {now.getKey(), grown(before.getOrDefault(now.getKey(), 0.0), now.getValue())})
                .filter(grown -> grown[1] > 0)
                .findFirst()
                .map(grown -> "transform " + target.transform() + " has failed again on broker " + number(grown[0])
                        + " (failures: " + number(grown[1]) + " more)");
    }

    /** A counter that is smaller than before began again at 0. */
    private static double grown(double before, double now) {
        return now < before ? now : now - before;
    }

    private Optional<String> absurdLag() {
        return brokers.entrySet().stream()
                .filter(broker -> {
                    OptionalDouble lag = broker.getValue().lag(target.output());
                    return lag.isPresent() && !(lag.getAsDouble() >= 0 && lag.getAsDouble() <= ABSURD);
                })
                .findFirst()
                .map(broker -> "broker " + broker.getKey() + " shows a lag that cannot be: the end of " + target.input()
                        + " lies before what was already copied; was it created again or cut?");
    }

    private Optional<String> notListedOnce() {
        if (sample.transforms() instanceof Seen.Not<List<TransformState>> not) {
            return Optional.of("the transforms could not be listed: " + not.why());
        }
        int times = sample.listed(target.transform()).size();
        return times == 1
                ? Optional.empty()
                : Optional.of("transform " + target.transform()
                        + (times == 0 ? " is not listed" : " is listed " + times + " times"));
    }

    private Optional<String> rowsMissing() {
        Map<Integer, Set<Row>> byPartition = new TreeMap<>();
        rows().forEach(row -> byPartition
                .computeIfAbsent(row.partition(), p -> new HashSet<>())
                .add(row));
        for (Map.Entry<Integer, Set<Row>> rows : byPartition.entrySet()) {
            if (rows.getValue().size() > 1) {
                return Optional.of("partition " + rows.getKey() + " is listed "
                        + rows.getValue().size() + " times, and not alike (waiting: one broker)");
            }
        }
        return Stream.concat(
                        target.ordered().keySet().stream().filter(p -> !byPartition.containsKey(p)),
                        byPartition.keySet().stream().filter(p -> !target.ends().containsKey(p)))
                .findFirst()
                .map(p -> "the list has " + byPartition.size() + " partitions, noted were "
                        + target.ends().size() + " (partition " + p + ")");
    }

    private Optional<String> notRunning() {
        long running = rows().filter(row -> row.status() == Status.RUNNING).count();
        return rows().filter(row -> row.status() != Status.RUNNING)
                .findFirst()
                .map(row -> "partition " + row.partition() + " is "
                        + row.status().name().toLowerCase(Locale.ROOT) + " (waiting: " + running + " of "
                        + target.ends().size() + " partitions run)");
    }

    private Optional<String> brokerSilent() {
        return sample.brokers().stream()
                .flatMap(scrape -> scrape instanceof Scrape.Silent silent ? Stream.of(silent) : Stream.empty())
                .findFirst()
                .map(silent -> "broker " + silent.broker() + " did not show its metrics: " + silent.why())
                .or(() -> rows().filter(row -> !brokers.containsKey(row.node()))
                        .findFirst()
                        .map(row -> "broker " + row.node() + " has partition " + row.partition()
                                + " and was not asked for its metrics"));
    }

    private Optional<String> seriesMissing() {
        return rows().map(Row::node)
                .distinct()
                .filter(node -> view(node).lag(target.output()).isEmpty()
                        || view(node).count("running").isEmpty())
                .findFirst()
                .map(node -> "broker " + node + " shows no lag or state of " + target.transform() + " to "
                        + target.output() + " (absent is unknown, not 0)")
                .or(this::fewerRunning);
    }

    private Optional<String> fewerRunning() {
        double running = brokers.values().stream()
                .mapToDouble(broker -> broker.count("running").orElse(0))
                .sum();
        return running == target.ends().size()
                ? Optional.empty()
                : Optional.of("the brokers count " + number(running) + " running partitions, noted were "
                        + target.ends().size());
    }

    private Optional<String> inputShort() {
        if (sample.input() instanceof Seen.It<Map<Integer, Ends>> seen) {
            return target.ordered().entrySet().stream()
                    .filter(noted ->
                            end(seen.value(), noted.getKey()) < noted.getValue().lastStable())
                    .findFirst()
                    .map(noted -> "partition " + noted.getKey() + " of " + target.input() + " ends at "
                            + number((double) end(seen.value(), noted.getKey())) + ", noted was "
                            + number((double) noted.getValue().lastStable()) + " (waiting: a complete input)");
        }
        return Optional.of("the ends of " + target.input() + " could not be read: "
                + ((Seen.Not<Map<Integer, Ends>>) sample.input()).why());
    }

    private static long end(Map<Integer, Ends> ends, int partition) {
        Ends found = ends.get(partition);
        return found == null ? 0 : found.lastStable();
    }

    /** The lag is judged only where nobody writes; what a reader never sees may remain in it. */
    private Optional<String> lagLeft() {
        if (!target.fenced()) {
            return Optional.empty();
        }
        Map<Integer, Double> allowed = new HashMap<>();
        rows().distinct()
                .forEach(row -> allowed.merge(row.node(), (double) progress.unread(row.partition()), Double::sum));
        return brokers.entrySet().stream()
                .filter(broker ->
                        broker.getValue().lag(target.output()).orElse(0) > allowed.getOrDefault(broker.getKey(), 0.0))
                .findFirst()
                .map(broker -> "broker " + broker.getKey() + " still shows a lag of "
                        + number(broker.getValue().lag(target.output()).orElse(0)) + " (waiting: lag)");
    }

    private Stream<Row> rows() {
        return sample.listed(target.transform()).stream().flatMap(t -> t.rows().stream());
    }

    private OptionalDouble lagOfLeader(int partition) {
        return rows().filter(row -> row.partition() == partition)
                .findFirst()
                .map(row -> view(row.node()).lag(target.output()))
                .orElse(OptionalDouble.empty());
    }

    /** Only for nodes whose answer is known to be there. */
    private BrokerView view(int node) {
        BrokerView view = brokers.get(node);
        if (view == null) {
            throw new IllegalStateException("broker " + node + " was not asked");
        }
        return view;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
