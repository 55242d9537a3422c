package lvc.cli.view;

import java.util.ArrayList;
import java.util.List;
import lvc.core.report.CreatePlan;
import lvc.core.report.DeletePlan;
import lvc.core.topic.Cache;
import lvc.core.topic.TopicChange;
import lvc.core.topic.TopicSpec;

/** Plans in words. */
final class PlanText {

    private PlanText() {}

    static String of(CreatePlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(head(plan.cache()));
        for (TopicChange change : plan.topics()) {
            TopicSpec topic = change.wanted();
            if (change.missing()) {
                lines.add(
                        "  create     topic " + topic.name() + ", " + HumanView.count(topic.partitions(), "partition"));
                topic.settings().forEach((key, value) -> lines.add("               " + key + "=" + value));
            } else {
                boolean altered = plan.alter() && !change.altered().isEmpty();
                lines.add((altered ? "  alter      topic " : "  keep       topic ") + topic.name());
                change.drift().forEach(drift -> lines.add("               " + drift(drift)));
            }
        }
        lines.add(plan.forward()
                .map(name -> "  keep       transform " + name)
                .orElse("  deploy     transform " + plan.cache().transform() + "-<run> ("
                        + plan.cache().input().name() + " to "
                        + plan.cache().output().name() + ", from the first record on)"));
        if (plan.leavesDrift()) {
            lines.add("settings that differ are left as they are; --alter changes them");
        }
        return String.join("\n", lines);
    }

    static String of(DeletePlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(head(plan.cache()));
        plan.transforms().forEach(name -> lines.add("  delete     transform " + name));
        plan.hot()
                .ifPresent(topic -> lines.add("  delete     topic " + topic.name() + ", at most "
                        + HumanView.count(plan.records(), "record")));
        lines.add("  keep       topic " + plan.cache().truth().name() + ", the source of truth");
        if (!plan.changes()) {
            lines.add("nothing to do");
        }
        return String.join("\n", lines);
    }

    static String drift(TopicChange.Drift drift) {
        return drift.setting() + " is " + drift.found().orElse("not known to this cluster") + ", wanted "
                + drift.wanted()
                + (drift.alterable() ? "" : " (this cannot be altered)");
    }

    private static String head(Cache cache) {
        return "cache " + cache.name() + ", approach " + cache.approach().letter() + ": "
                + cache.input().name() + " (" + cache.approach().inputRole() + ") to "
                + cache.output().name() + " (" + cache.approach().outputRole() + ")";
    }
}
