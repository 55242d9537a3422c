package lvc.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lvc.cli.term.Style;
import lvc.core.event.Event;
import lvc.core.kube.FieldChange;
import lvc.core.kube.ObjectChange;
import lvc.core.report.InstallPlan;
import lvc.core.report.Made;

/** Objects of Kubernetes, and what becomes of them, in words. */
final class InstallText {
    private static final int LONGEST = 100;

    private InstallText() {}

    /** What is said of an event that has to do with Kubernetes; empty for any other. */
    static Optional<String> of(Event event, Style style) {
        if (event instanceof Event.InstallPlanned e) {
            return Optional.of(plan(e.plan(), style));
        } else if (event instanceof Event.ManifestShown e) {
            return Optional.of(
                    e.yaml().startsWith("---")
                            ? e.yaml().strip()
                            : "---\n" + e.yaml().strip());
        } else if (event instanceof Event.ManifestsExported e) {
            return Optional.of("wrote\n  " + String.join("\n  ", e.files()));
        } else if (event instanceof Event.ObjectApplied e) {
            return Optional.of(change(e.change(), style));
        } else if (event instanceof Event.ObjectReady e) {
            return Optional.of(style.good("ready") + " " + e.ref());
        } else if (event instanceof Event.StorePrepared e) {
            return Optional.of(store(e, style));
        } else if (event instanceof Event.LastWords e) {
            return Optional.of(words(e, style));
        } else if (event instanceof Event.ConfigurationSet e) {
            return Optional.of(configuration(e, style));
        } else if (event instanceof Event.BrokersHealthy e) {
            return Optional.of(style.good("healthy") + ": "
                    + HumanView.count(e.cluster().brokers().size(), "broker")
                    + (e.cluster().version().isEmpty() ? "" : ", " + e.cluster().version()));
        } else if (event instanceof Event.StoreUserRemoved e) {
            return Optional.of(style.good("removed") + " user " + e.accessKey() + " of the object store");
        } else if (event instanceof Event.LicenceGiven e) {
            return Optional.of(style.good("changed") + " licence: "
                    + e.licence().organisation()
                    + e.licence().expires().map(end -> ", until " + end).orElse(""));
        } else if (event instanceof Event.Installed e) {
            return Optional.of(
                    style.good("installed") + ": " + HumanView.count(e.brokers(), "broker") + " in namespace "
                            + e.namespace() + "\nnext: lvc create-topics --approach b, or lvc demo --approach b");
        }
        return Optional.empty();
    }

    private static String configuration(Event.ConfigurationSet set, Style style) {
        return (set.changed().isEmpty()
                        ? "unchanged cluster properties"
                        : style.good("changed") + " cluster properties " + String.join(", ", set.changed()))
                + (set.restart() ? "; brokers start again, one after the other" : "");
    }

    private static String plan(InstallPlan plan, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add("context " + plan.cluster().context() + ", " + plan.cluster().server() + ", Kubernetes "
                + plan.cluster().version());
        for (ObjectChange change : plan.changes()) {
            lines.add(String.format("  %-10s %s", kind(change), change.ref()));
            change.fields().forEach(field -> lines.add("               " + text(field)));
            if (!change.why().isEmpty()) {
                lines.add("               " + style.bad(change.why()));
            }
        }
        if (plan.rotation()) {
            lines.add(
                    "  the object store gets a new root password and a new user for the brokers; all pods start again, one"
                            + " after the other");
        }
        plan.warnings().forEach(warning -> lines.add("  " + style.odd("note") + ": " + warning));
        if (!plan.changesAnything()) {
            lines.add("nothing to do");
        }
        return String.join("\n", lines);
    }

    private static String kind(ObjectChange change) {
        return switch (change.kind()) {
            case CREATE -> "create";
            case CHANGE -> "change";
            case UNCHANGED -> "unchanged";
            case DELETE -> "delete";
            case CONFLICT -> "conflict";
            case REFUSED -> "refused";
        };
    }

    private static String text(FieldChange field) {
        return field.path() + ": "
                + field.before().map(InstallText::cut).orElse("(none)") + " to "
                + field.after().map(InstallText::cut).orElse("(none)");
    }

    private static String cut(String value) {
        String line = value.replace("\n", "\\n");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String change(ObjectChange change, Style style) {
        return switch (change.kind()) {
            case CREATE -> style.good("created") + " " + change.ref();
            case DELETE -> style.good("deleted") + " " + change.ref() + ", which an older lvc had put there";
            case CHANGE, UNCHANGED, CONFLICT, REFUSED -> style.good("changed") + " " + change.ref();
        };
    }

    private static String store(Event.StorePrepared store, Style style) {
        List<String> words = new ArrayList<>();
        words.add(made(store.made(), style) + " bucket " + store.bucket());
        if (store.closed() == Made.CHANGED) {
            words.add(style.odd("closed") + " bucket " + store.bucket() + ": everybody could read or write it before");
        }
        words.add(made(store.user(), style) + " user " + store.accessKey() + " of the object store");
        return String.join("\n", words);
    }

    private static String made(Made made, Style style) {
        return switch (made) {
            case CREATED -> style.good("created");
            case CHANGED -> style.good("changed");
            case UNCHANGED -> "unchanged";
        };
    }

    private static String words(Event.LastWords words, Style style) {
        return style.strong("the last lines of pod " + words.namespace() + "/" + words.pod() + ":") + "\n  "
                + String.join("\n  ", words.lines());
    }
}
