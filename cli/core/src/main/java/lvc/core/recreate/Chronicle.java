package lvc.core.recreate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.port.Journal;
import lvc.core.recreate.History.Run;
import lvc.core.report.CacheStatus.JournalRow;
import lvc.core.report.RunLine;
import lvc.core.report.RunRow;

/** Tells what the journal says, for people and programs that want to know what happened. */
public final class Chronicle {
    private final Journal journal;

    public Chronicle(Journal journal) {
        this.journal = journal;
    }

    /** All runs, in the order in which they began. */
    public List<RunRow> runs() {
        List<Run> runs = History.of(journal.read()).runs();
        Optional<Instant> lastSign =
                runs.isEmpty() ? Optional.empty() : journal.last().map(Entry::at);
        return runs.stream().map(run -> row(run, lastSign)).toList();
    }

    /** The last run; that the journal cannot be read is an answer too, not a fault. */
    public JournalRow last() {
        try {
            List<RunRow> runs = runs();
            return new JournalRow(runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1)), "");
        } catch (Fault fault) {
            return new JournalRow(Optional.empty(), fault.what() + ": " + fault.why());
        }
    }

    /**
     * All lines of a run, heartbeats left out.
     *
     * @throws Fault REFUSED when there is no such run
     */
    public List<RunLine> lines(String run) {
        List<Run> runs = History.of(journal.read()).runs();
        return runs.stream()
                .filter(each -> each.plan().run().equals(run))
                .findFirst()
                .map(each -> each.entries().stream()
                        .map(entry -> line(entry, each.plan()))
                        .toList())
                .orElseThrow(() -> Fault.refused(
                        "there is no run '" + run + "'",
                        runs.isEmpty()
                                ? "the journal of this cluster is empty"
                                : "the journal has "
                                        + String.join(
                                                ", ",
                                                runs.stream()
                                                        .map(each -> each.plan().run())
                                                        .toList()),
                        "lvc status --history"));
    }

    private static RunRow row(Run run, Optional<Instant> lastSign) {
        RunPlan plan = run.plan();
        List<Entry> entries = run.entries();
        Instant began = entries.get(0).at();
        Instant last = entries.get(entries.size() - 1).at();
        Optional<Entry.Ended> ended = run.ended();
        return new RunRow(
                plan.run(),
                plan.cache(),
                plan.approach(),
                plan.hot().name(),
                began,
                ended.map(end -> Duration.between(began, end.at())),
                run.position().steps(),
                ended.map(Entry.Ended::ending),
                ended.map(Entry.Ended::why).orElse(""),
                ended.isPresent() ? "" : run.standing(),
                ended.isPresent() ? last : lastSign.orElse(last),
                plan.fenced(),
                ended.isPresent() ? Optional.empty() : fenceSince(run));
    }

    /** A fence counts from the moment in which it was meant to be raised. */
    private static Optional<Instant> fenceSince(Run run) {
        Optional<Instant> since = Optional.empty();
        for (Entry entry : run.entries()) {
            if (entry instanceof Entry.Intended intended
                    && intended.step() instanceof Step.RaiseFence
                    && run.plan().fenced()
                    && since.isEmpty()) {
                since = Optional.of(intended.at());
            } else if (entry instanceof Entry.Happened happened
                    && (happened.outcome() instanceof Outcome.FenceOpened
                            || happened.outcome() instanceof Outcome.FenceLowered)) {
                since = Optional.empty();
            }
        }
        return since;
    }

    private static RunLine line(Entry entry, RunPlan plan) {
        if (entry instanceof Entry.Intended intended) {
            return new RunLine(
                    entry.at(), "intended", StepText.kind(intended.step()), StepText.of(intended.step(), plan));
        }
        if (entry instanceof Entry.Happened happened) {
            return new RunLine(
                    entry.at(),
                    "happened",
                    StepText.words(happened.outcome().getClass()),
                    OutcomeText.of(happened.outcome(), plan));
        }
        if (entry instanceof Entry.TakenOver taken) {
            return taken.abandoning()
                    ? new RunLine(entry.at(), "taken-over", "abandon", "to leave it")
                    : new RunLine(entry.at(), "taken-over", "resume", "by another process, to finish it");
        }
        if (entry instanceof Entry.Ended ended) {
            return new RunLine(
                    entry.at(), "ended", StepText.words(ended.ending().name()), ended.why());
        }
        return new RunLine(
                entry.at(),
                "begun",
                "recreate",
                "recreate " + plan.hot().name() + " of cache " + plan.cache() + " from "
                        + plan.truth().name() + ", approach " + plan.approach().letter());
    }
}
