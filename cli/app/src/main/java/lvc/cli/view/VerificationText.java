package lvc.cli.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lvc.cli.term.Style;
import lvc.core.report.RepairPlan;
import lvc.core.report.Verification;
import lvc.core.report.Verification.Difference;
import lvc.core.report.Verification.Newest;
import lvc.core.report.Verification.PartitionRow;
import lvc.core.report.Verification.SplitKey;

/** The comparison of two topics in words. */
final class VerificationText {
    private static final int SHORT_DIGEST = 12;

    private VerificationText() {}

    static String of(Verification verification, Style style) {
        String input = verification.input();
        String output = verification.output();
        List<String> lines = new ArrayList<>();
        lines.add(Table.of(
                List.of("PARTITION", "TOPIC", "RECORDS", "LIVE-KEYS", "NULL-KEYS", "DIFFERENT"),
                verification.partitions().stream()
                        .flatMap(row -> rows(row, input, output).stream())
                        .toList()));
        if (!verification.differences().isEmpty()) {
            lines.add("");
            lines.add(differences(verification.differences(), input, output));
        }
        long more = verification.different() - verification.differences().size();
        if (more > 0) {
            lines.add("and " + HumanView.count(more, "key") + " more (--max-differences)");
        }
        lines.add("");
        for (SplitKey split : verification.splits()) {
            lines.add(style.odd("split") + ": key " + split.key() + " of " + split.topic() + " lies in partitions "
                    + split.partitions() + ", so its newest value is not defined");
        }
        if (verification.excused() > 0) {
            lines.add("excused: " + HumanView.count(verification.excused(), "key") + " that may differ");
        }
        lines.add(verification.cut() + (verification.rounds() == 1 ? "" : ", " + verification.rounds() + " rounds"));
        lines.add(result(verification, input, output, style));
        return String.join("\n", lines);
    }

    /** What a comparison has shown, where it is one step of many: a line, and the keys where some differ. */
    static String inShort(Verification verification, Style style) {
        String topics = verification.input() + " and " + verification.output();
        if (!verification.equal()) {
            return result(verification, verification.input(), verification.output(), style)
                    + (verification.differences().isEmpty()
                            ? ""
                            : "\n"
                                    + differences(
                                            verification.differences(), verification.input(), verification.output()));
        }
        return verification.excused() > 0
                ? style.good("covered") + ": of " + HumanView.count(verification.keys(), "live key") + " in " + topics
                        + ", " + HumanView.count(verification.excused(), "key") + " may differ, and no other does"
                : style.good("equal") + ": " + HumanView.count(verification.keys(), "live key") + " in " + topics;
    }

    /** What a backup lacks. */
    static String of(RepairPlan plan) {
        if (!plan.changes()) {
            return plan.secondary() + " lacks nothing that " + plan.primary() + " has (" + plan.cut() + ")";
        }
        List<String> lines = new ArrayList<>();
        lines.add("repair " + plan.secondary() + " from " + plan.primary() + ", cache " + plan.cache());
        lines.add("  write  " + HumanView.count(plan.values(), "value") + " that it lacks");
        lines.add("  write  " + HumanView.count(plan.tombstones(), "tombstone") + " for keys that " + plan.primary()
                + " does not have");
        lines.add("");
        if (!plan.some().isEmpty()) {
            lines.add(differences(plan.some(), plan.primary(), plan.secondary()));
        }
        long more = plan.values() + plan.tombstones() - plan.some().size();
        if (more > 0) {
            lines.add("and " + HumanView.count(more, "key") + " more (--max-differences)");
        }
        lines.add("");
        lines.add(plan.cut());
        lines.add("writers are kept away from " + plan.primary()
                + " (TOPIC_AUTHORIZATION_FAILED) while it is counted again, written and compared");
        return String.join("\n", lines);
    }

    private static String differences(List<Difference> differences, String input, String output) {
        return Table.of(
                List.of("KEY", "PARTITION", input.toUpperCase(Locale.ROOT), output.toUpperCase(Locale.ROOT)),
                differences.stream()
                        .map(each -> List.of(
                                each.key(),
                                Integer.toString(each.partition()),
                                newest(each.input()),
                                newest(each.output())))
                        .toList());
    }

    /** One key that differs. */
    static String of(Difference difference, Style style) {
        return style.bad("differs") + ": key " + difference.key() + " in partition " + difference.partition() + ": "
                + newest(difference.input()) + " against " + newest(difference.output());
    }

    private static String result(Verification verification, String input, String output, Style style) {
        if (verification.equal()) {
            return style.good("equal") + ": " + HumanView.count(verification.keys(), "live key") + " in " + input
                    + " and " + output + ", digest of both folds " + verification.outputDigest();
        }
        return style.bad("differ") + ": " + HumanView.count(verification.different(), "key") + " of "
                + String.format(Locale.ROOT, "%,d", verification.keys()) + "; digest of " + input + " "
                + verification.inputDigest() + ", of " + output + " " + verification.outputDigest();
    }

    private static List<List<String>> rows(PartitionRow row, String input, String output) {
        return List.of(
                List.of(
                        Integer.toString(row.partition()),
                        input,
                        Long.toString(row.inputRecords()),
                        Long.toString(row.inputKeys()),
                        Long.toString(row.inputNullKeys()),
                        Long.toString(row.different())),
                List.of(
                        Integer.toString(row.partition()),
                        output,
                        Long.toString(row.outputRecords()),
                        Long.toString(row.outputKeys()),
                        Long.toString(row.outputNullKeys()),
                        Long.toString(row.different())));
    }

    private static String newest(Optional<Newest> newest) {
        return newest.map(each -> each.digest().map(VerificationText::value).orElse("deleted") + " (offset "
                        + each.offset() + ", " + Instant.ofEpochMilli(each.timestamp()) + ")")
                .orElse("never seen");
    }

    private static String value(String digest) {
        return "value " + digest.substring(0, SHORT_DIGEST);
    }
}
