package lvc.cli.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import lvc.cli.term.Style;
import lvc.core.event.Event;
import lvc.core.journal.Entry.Ending;
import lvc.core.journal.ForwardSeen;
import lvc.core.journal.RunPlan;
import lvc.core.journal.TopicSeen;
import lvc.core.report.RecreatePlan;
import lvc.core.report.RecreatePlan.GroupRow;
import lvc.core.report.Recreation;
import lvc.core.topic.Approach;

/** Recreate in words. */
final class RecreateText {

    private RecreateText() {}

    static String of(RecreatePlan plan, Style style) {
        RunPlan run = plan.run();
        List<String> lines = new ArrayList<>();
        lines.add("recreate " + run.hot().name() + " of cache " + run.cache() + ", approach "
                + run.approach().letter() + ", on cluster " + run.cluster());
        lines.add("");
        lines.add(Table.of(
                List.of("TOPIC", "ROLE", "ID", "PARTITIONS", "OFFSETS", "LIVE-KEYS"),
                List.of(
                        row(run.truth(), run.approach().truthRole(), plan.truthRecords(), "-"),
                        row(
                                run.hot(),
                                run.approach().hotRole(),
                                plan.hotRecords(),
                                plan.keys() < 0 ? "-" : number(plan.keys())))));
        lines.add("");
        lines.add("settings of " + run.hot().name() + ": " + settings(run.hot().settings()));
        lines.add("forward: " + run.forward().map(RecreateText::forward).orElse("none"));
        lines.add("consumer groups: "
                + (plan.groups().isEmpty()
                        ? "none"
                        : plan.groups().stream().map(RecreateText::group).collect(Collectors.joining(", "))));
        if (plan.amplification() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "amplification: %.1f offsets of %s for each live key",
                    plan.amplification(),
                    run.truth().name()));
        }
        lines.add("");
        for (int i = 0; i < plan.steps().size(); i++) {
            lines.add(String.format(Locale.ROOT, "%3d. %s", i + 1, plan.steps().get(i)));
        }
        lines.add("");
        plan.waits().forEach(wait -> lines.add("  waits " + HumanView.seconds(wait.least()) + "  " + wait.what()));
        lines.add("takes at least " + HumanView.seconds(plan.least()) + ", and the time to copy "
                + HumanView.count(plan.truthRecords(), "record") + " and to compare");
        lines.add(away(run));
        plan.warnings().forEach(warning -> lines.add(style.odd("warning") + ": " + warning));
        return String.join("\n", lines);
    }

    private static String away(RunPlan run) {
        if (run.approach() == Approach.A) {
            return "writers are not touched; readers have no " + run.hot().name()
                    + " from its deletion on, and not all of it until the copy is done";
        }
        return "writers are kept away from the first step to the last"
                + (run.fenced() ? " (TOPIC_AUTHORIZATION_FAILED)" : " by you") + "; readers have no "
                + run.hot().name() + " from its deletion on, and not all of it until the copy is done";
    }

    private static List<String> row(TopicSeen topic, String role, long records, String keys) {
        return List.of(
                topic.name(),
                role,
                topic.id().isEmpty() ? "-" : topic.id(),
                Integer.toString(topic.partitions()),
                number(records),
                keys);
    }

    private static String settings(Map<String, String> settings) {
        return settings.isEmpty()
                ? "those of the cluster"
                : settings.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static String forward(ForwardSeen forward) {
        return forward.name() + (forward.running() ? ", running" : ", not running on every partition");
    }

    private static String group(GroupRow group) {
        return group.name() + " ("
                + (group.members() > 0
                        ? HumanView.count(group.members(), "member")
                        : "offsets of " + HumanView.count(group.offsets(), "partition") + ", to be deleted")
                + ")";
    }

    static String ended(Event.StepEnded step) {
        return "step " + step.number() + "/" + step.of() + " " + step.step() + " took "
                + HumanView.seconds(step.took())
                + (step.records() == 0 ? "" : ", " + HumanView.count(step.records(), "record"));
    }

    static String of(Recreation recreation, Style style) {
        List<String> lines = new ArrayList<>();
        if (!recreation.steps().isEmpty()) {
            lines.add("");
            lines.add(Table.of(
                    List.of("STEP", "TOOK", "RECORDS"),
                    recreation.steps().stream()
                            .map(step -> List.of(
                                    step.step(),
                                    HumanView.seconds(step.took()),
                                    step.records() == 0 ? "-" : number(step.records())))
                            .toList()));
            Duration all =
                    recreation.steps().stream().map(Recreation.StepRow::took).reduce(Duration.ZERO, Duration::plus);
            lines.add("");
            lines.add("all steps: " + HumanView.seconds(all));
        }
        if (recreation.ending() == Ending.DONE) {
            lines.add(style.good("recreated") + " cache " + recreation.cache() + ": "
                    + HumanView.count(recreation.keys(), "live key")
                    + " equal in both topics, digest of both folds " + recreation.digest()
                    + (recreation.approach() == Approach.B ? ", records from elsewhere: 0" : ""));
        }
        return String.join("\n", lines);
    }

    static String left(Event.RunLeft left, Style style) {
        return left.hotIntact()
                ? style.odd("left") + " run " + left.run() + ": nothing was deleted, everything is as it was"
                : style.odd("left") + " run " + left.run() + ": forward runs and writers write, but " + left.hot()
                        + " lacks what only the truth has; to get it: lvc recreate --from-backup (approach b); with approach a"
                        + " forward is copying it now";
    }

    static String unfinished(Event.RunUnfinished run, Style style) {
        return style.odd("unfinished") + ": run " + run.run() + " stands at " + run.standing()
                + (run.fenceUp() ? "; the fence may be up" : "") + "; lvc recreate --resume, or lvc recreate --abandon";
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
