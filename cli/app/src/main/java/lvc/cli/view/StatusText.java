package lvc.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lvc.cli.term.Style;
import lvc.core.gate.Verdict;
import lvc.core.report.CacheStatus;
import lvc.core.report.CacheStatus.TopicRow;
import lvc.core.report.CacheStatus.TransformRow;
import lvc.core.topic.Ends;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Status;

/** How a cache stands, in tables. */
final class StatusText {

    private StatusText() {}

    static String of(CacheStatus status, Style style) {
        List<String> parts = new ArrayList<>();
        parts.add("cache " + status.cache().name() + ", approach "
                + status.cache().approach().letter());
        parts.add("cluster " + status.cluster().id() + " " + status.cluster().version() + ", brokers "
                + status.cluster().brokers()
                + (status.cluster().unhealthy().isEmpty()
                        ? ", " + style.good("healthy")
                        : ", "
                                + style.bad("not healthy: "
                                        + String.join(", ", status.cluster().unhealthy()))));
        CheckText.of(status.licence(), status.at()).ifPresent(parts::add);
        parts.add("");
        parts.add(Table.of(
                List.of("TOPIC", "ROLE", "PARTITIONS", "OFFSETS", "SETTINGS"),
                status.topics().stream().map(StatusText::topic).toList()));
        parts.add("");
        parts.add(
                status.transforms().isEmpty()
                        ? "no transform between these topics"
                        : Table.of(
                                List.of("TRANSFORM", "DIRECTION", "RUNNING", "ERRORED", "LAG", "COMMITTED"),
                                status.transforms().stream()
                                        .map(StatusText::transform)
                                        .toList()));
        if (!status.transforms().isEmpty()) {
            parts.add("");
        }
        status.transforms().forEach(row -> parts.add(row.transform().name() + ": " + gate(row.gate(), style)));
        String fenced = status.fenced().stream()
                .filter(topic ->
                        status.topics().stream().anyMatch(row -> row.topic().equals(topic)))
                .collect(Collectors.joining(", "));
        parts.add("");
        if (!fenced.isEmpty()) {
            parts.add(style.odd("fenced") + ": no producer may write to " + fenced + HistoryText.fenceSince(status));
        }
        parts.add(HistoryText.of(status.journal(), status.at(), style));
        return String.join("\n", parts);
    }

    static String of(List<TransformState> transforms) {
        return transforms.isEmpty()
                ? "no transforms"
                : Table.of(
                        List.of("TRANSFORM", "INPUT", "OUTPUTS", "RUNNING", "ERRORED", "LAG"),
                        transforms.stream()
                                .map(t -> List.of(
                                        t.name(),
                                        t.input(),
                                        String.join(",", t.outputs()),
                                        running(t),
                                        Long.toString(t.count(Status.ERRORED)),
                                        lag(t)))
                                .toList());
    }

    private static List<String> topic(TopicRow row) {
        if (!row.exists()) {
            return List.of(row.topic(), row.role(), "-", "missing", "-");
        }
        long span = row.ends().values().stream().mapToLong(Ends::span).sum();
        return List.of(
                row.topic(),
                row.role(),
                Integer.toString(row.ends().size()),
                Long.toString(span),
                row.drift().isEmpty()
                        ? "as wanted"
                        : row.drift().stream().map(PlanText::drift).collect(Collectors.joining("; ")));
    }

    private static List<String> transform(TransformRow row) {
        TransformState t = row.transform();
        return List.of(
                t.name(),
                row.direction(),
                running(t),
                Long.toString(t.count(Status.ERRORED)),
                lag(t),
                committed(row.committed()));
    }

    private static String running(TransformState transform) {
        return transform.count(Status.RUNNING) + "/" + transform.rows().size();
    }

    /** The lag of partitions that do not run means nothing and is not added up. */
    private static String lag(TransformState transform) {
        return transform.runsEverywhere()
                ? Long.toString(transform.rows().stream()
                        .mapToLong(TransformState.Row::lag)
                        .sum())
                : "unknown";
    }

    private static String gate(Verdict verdict, Style style) {
        if (verdict instanceof Verdict.Wait wait) {
            return "not drained: " + wait.reason();
        } else if (verdict instanceof Verdict.Fail fail) {
            return style.bad("stuck") + ": " + fail.reason();
        }
        return style.good("drained");
    }

    private static String committed(Map<Integer, Long> offsets) {
        return offsets.isEmpty()
                ? "nothing yet"
                : offsets.entrySet().stream()
                        .map(e -> e.getKey() + ":" + e.getValue())
                        .collect(Collectors.joining(" "));
    }
}
