package lvc.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import lvc.cli.term.Style;
import lvc.core.journal.Entry.Ending;
import lvc.core.report.CacheStatus;
import lvc.core.report.CacheStatus.JournalRow;
import lvc.core.report.RunLine;
import lvc.core.report.RunRow;

/** The journal of recreate in words. */
final class HistoryText {

    private HistoryText() {}

    static String of(List<RunRow> runs) {
        return runs.isEmpty()
                ? "no run of recreate yet"
                : Table.of(
                        List.of("RUN", "CACHE", "APPROACH", "BEGAN", "TOOK", "STEPS", "ENDED"),
                        runs.stream()
                                .map(run -> List.of(
                                        run.run(),
                                        run.cache(),
                                        run.approach().letter(),
                                        time(run.began()),
                                        run.took().map(HumanView::seconds).orElse("-"),
                                        Integer.toString(run.steps()),
                                        ended(run)))
                                .toList());
    }

    static String of(String run, List<RunLine> lines) {
        return "run " + run + "\n\n"
                + Table.of(
                        List.of("AT", "LINE", "WHAT", "IN-WORDS"),
                        lines.stream()
                                .map(line -> List.of(
                                        line.at().truncatedTo(ChronoUnit.MILLIS).toString(),
                                        line.kind(),
                                        line.what(),
                                        line.text()))
                                .toList());
    }

    /** The last line of status. */
    static String of(JournalRow journal, Instant now, Style style) {
        if (!journal.unreadable().isEmpty()) {
            return "journal: " + style.odd("unknown") + ": " + journal.unreadable();
        }
        return journal.last()
                .map(run -> run.unfinished()
                        ? style.odd("unfinished") + ": run " + run.run() + " of cache " + run.cache() + " stands at "
                                + run.standing() + "\n  began " + time(run.began()) + ", last sign of life "
                                + time(run.lastSign()) + ago(run.lastSign(), now)
                                + "\n  is nobody at work on it any more? lvc recreate --resume, or lvc recreate --abandon"
                        : "journal: run " + run.run() + " of cache " + run.cache() + " ended " + ended(run) + " at "
                                + time(run.lastSign()))
                .orElse("journal: no run of recreate yet");
    }

    /** Since when a topic of the cache is fenced, where the journal knows. */
    static String fenceSince(CacheStatus status) {
        return status.journal()
                .last()
                .filter(run -> run.hot().equals(status.cache().hot().name()))
                .flatMap(RunRow::fenceSince)
                .map(since -> " since " + time(since) + ago(since, status.at()))
                .orElse("");
    }

    private static String ended(RunRow run) {
        return run.ended()
                .map(ending -> word(ending) + (run.why().isEmpty() ? "" : ": " + run.why()))
                .orElse("unfinished: " + run.standing());
    }

    private static String word(Ending ending) {
        return ending.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Clocks of different machines may differ: what seems to lie ahead is now. */
    private static String ago(Instant then, Instant now) {
        Duration since = Duration.between(then, now);
        return since.isNegative() ? "" : " (" + HumanView.seconds(since) + " ago)";
    }
}
