package lvc.cli.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lvc.cli.term.Style;
import lvc.core.event.Event;
import lvc.core.report.Finding;
import lvc.core.report.Licence;

/** What was checked and taken away, in words. */
final class CheckText {
    private static final int INDENT = 18;

    private CheckText() {}

    /** The words for an event of check or uninstall; empty for every other. */
    static Optional<String> of(Event event, Style style) {
        if (event instanceof Event.UninstallPlanned e) {
            return Optional.of(UninstallText.of(e.plan(), style));
        } else if (event instanceof Event.ObjectDeleted e) {
            return Optional.of(style.good("deleted") + " " + e.ref());
        } else if (event instanceof Event.Uninstalled e) {
            return Optional.of(UninstallText.of(e));
        } else if (event instanceof Event.Checked e) {
            return Optional.of(finding(e.finding(), style));
        }
        return Optional.empty();
    }

    private static String finding(Finding finding, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(mark(finding.mark(), style) + String.format(" %-15s ", finding.about()) + finding.what());
        if (!finding.hint().isEmpty()) {
            lines.add(" ".repeat(INDENT) + style.quiet(finding.hint()));
        }
        return String.join("\n", lines);
    }

    private static String mark(Finding.Mark mark, Style style) {
        return switch (mark) {
            case GOOD -> style.good("√");
            case ODD -> style.odd("!");
            case BAD -> style.bad("×");
            case UNSEEN -> style.quiet("-");
        };
    }

    /** The licence in a few words; empty when nothing is known of it. */
    static Optional<String> of(Optional<Licence> licence, Instant now) {
        return licence.map(known -> "licence: "
                + (known.loaded() ? known.trial() ? "trial" : known.type() + " of " + known.organisation() : "none")
                + (known.loaded() && known.expires().isPresent() ? ", " + known.standing(now) : "")
                + (known.violation() ? ", in violation" : ""));
    }
}
