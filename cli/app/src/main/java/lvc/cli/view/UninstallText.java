package lvc.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lvc.cli.term.Style;
import lvc.core.event.Event;
import lvc.core.kube.ObjectRef;
import lvc.core.report.UninstallPlan;
import lvc.core.report.UninstallPlan.Fate;

/** What goes and what stays, in words. */
final class UninstallText {
    private static final String VOLUME = "PersistentVolumeClaim";
    private static final String NAMESPACE = "Namespace";

    private UninstallText() {}

    static String of(UninstallPlan plan, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add("context " + plan.cluster().context() + ", " + plan.cluster().server() + ", Kubernetes "
                + plan.cluster().version());
        for (UninstallPlan.Row row : plan.rows()) {
            lines.add(String.format("  %-8s %s", fate(row.fate()), row.ref())
                    + (row.why().isEmpty() ? "" : style.quiet(" (" + row.why() + ")")));
        }
        if (!plan.changesAnything()) {
            lines.add("nothing to do");
        }
        if (!plan.deletes()) {
            kept(plan.refs(Fate.KEEP)).ifPresent(lines::add);
        }
        return String.join("\n", lines);
    }

    private static String fate(Fate fate) {
        return switch (fate) {
            case DELETE -> "delete";
            case KEEP -> "keep";
            case FOREIGN -> "foreign";
            case GOING -> "going";
        };
    }

    static String of(Event.Uninstalled done) {
        List<String> lines = new ArrayList<>();
        lines.add("uninstalled");
        kept(done.kept()).ifPresent(lines::add);
        if (!done.foreign().isEmpty()) {
            lines.add("left alone, because it is not lvc's: " + names(done.foreign()));
        }
        return String.join("\n", lines);
    }

    /** What stays, and what would take it away. */
    private static Optional<String> kept(List<ObjectRef> kept) {
        List<ObjectRef> data =
                kept.stream().filter(ref -> !ref.kind().equals(NAMESPACE)).toList();
        List<ObjectRef> namespaces =
                kept.stream().filter(ref -> ref.kind().equals(NAMESPACE)).toList();
        List<String> lines = new ArrayList<>();
        if (data.stream().anyMatch(ref -> ref.kind().equals(VOLUME))) {
            lines.add("kept: the volumes, with all that is on them, and the Secrets that belong to them;"
                    + " lvc uninstall --delete-data deletes them");
        } else if (!data.isEmpty()) {
            lines.add("kept: " + names(data) + "; lvc uninstall --delete-data deletes it");
        }
        if (!namespaces.isEmpty()) {
            String all = namespaces.stream().map(ObjectRef::name).collect(Collectors.joining(" "));
            lines.add("kept: namespace " + all.replace(" ", " and ") + "; kubectl delete namespace " + all
                    + " deletes all that is in there, whosever it is");
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
    }

    private static String names(List<ObjectRef> refs) {
        return refs.stream().map(ObjectRef::toString).collect(Collectors.joining(", "));
    }
}
