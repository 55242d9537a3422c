package lvc.core.recreate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.JournalTopic;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;

/**
 * The journal, read as runs.
 *
 * @param runs in the order in which they began; heartbeats are left out
 */
public record History(List<Run> runs) {
    public History {
        runs = List.copyOf(runs);
    }

    /**
     * One run.
     *
     * @param entries all of them, the first being {@link Entry.Begun}
     */
    public record Run(RunPlan plan, List<Entry> entries) {
        public Run {
            entries = List.copyOf(entries);
        }

        /** How it ended; empty when it has not. */
        public Optional<Entry.Ended> ended() {
            Entry last = entries.get(entries.size() - 1);
            return last instanceof Entry.Ended ended ? Optional.of(ended) : Optional.empty();
        }

        /** Where it stands, as in "step 4 of 9". */
        public String standing() {
            Position position = position();
            int number = position.steps() + 1;
            int of = Math.max(number, position.steps() + position.state().left(plan));
            return "step " + number + " of " + of
                    + position.pending()
                            .map(step -> ", " + StepText.of(step, plan))
                            .orElse("");
        }

        Position position() {
            Position position = Position.begun(plan);
            for (Entry entry : entries) {
                position = position.after(entry);
            }
            return position;
        }
    }

    /**
     * Reads it.
     *
     * @throws Fault REFUSED when the beginning of a run is missing: what has become of a cache is then not known
     */
    public static History of(List<Entry> entries) {
        List<Run> runs = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Begun begun) {
                runs.add(new Run(begun.plan(), List.of(entry)));
            } else if (!(entry instanceof Entry.Beat)) {
                demandBegun(runs, entry);
                Run last = runs.get(runs.size() - 1);
                if (entry.run().equals(last.plan().run())) {
                    List<Entry> more = new ArrayList<>(last.entries());
                    more.add(entry);
                    runs.set(runs.size() - 1, new Run(last.plan(), more));
                }
            }
        }
        return new History(runs);
    }

    private static void demandBegun(List<Run> runs, Entry entry) {
        if (runs.stream().noneMatch(run -> run.plan().run().equals(entry.run()))) {
            throw Fault.refused(
                    "the journal is incomplete",
                    JournalTopic.NAME + " has lines of run " + entry.run() + " and lacks its first one, so that nobody"
                            + " knows whether a cache is whole: something takes lines away, retention, compaction or a"
                            + " person",
                    "look at what is left of it: lvc consume " + JournalTopic.NAME + " --offset :end; when the hot"
                            + " topics are known to be whole and no fence is up, delete " + JournalTopic.NAME
                            + ", and lvc makes a new one");
        }
    }

    /** Whether the last that a run has written down of a transform is that it is there. */
    boolean has(String run, String transform) {
        return runs.stream()
                .filter(each -> each.plan().run().equals(run))
                .flatMap(each -> each.entries().stream())
                .flatMap(entry -> entry instanceof Entry.Happened happened
                        ? Stream.of(happened.outcome())
                        : Stream.<Outcome>empty())
                .filter(outcome ->
                        Position.transform(outcome).filter(transform::equals).isPresent())
                .reduce((earlier, later) -> later)
                .filter(outcome -> !(outcome instanceof Outcome.TransformGone))
                .isPresent();
    }

    /** The last run that was about a hot topic of this name and did something to it: one that did not changes nothing. */
    Optional<Run> lastThatTouched(String hot) {
        return runs.stream()
                .filter(run -> run.plan().hot().name().equals(hot))
                .filter(run -> run.ended()
                        .filter(ended -> ended.ending() == Entry.Ending.NOTHING_DONE)
                        .isEmpty())
                .reduce((earlier, later) -> later);
    }

    /** The run that has not ended. */
    public Optional<Run> unfinished() {
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(runs.get(runs.size() - 1))
                        .filter(run -> run.ended().isEmpty());
    }

    /**
     * Refuses whatever changes something while a run is unfinished.
     *
     * @throws Fault REFUSED
     */
    public void demandFinished() {
        unfinished().ifPresent(run -> {
            throw Fault.refused(
                    "refused: run " + run.plan().run() + " of recreate is unfinished",
                    "it rebuilds " + run.plan().hot().name() + " of cache '"
                            + run.plan().cache() + "', began "
                            + run.entries().get(0).at() + " and stands at " + run.standing(),
                    "lvc recreate --resume, or lvc recreate --abandon");
        });
    }

    RunPlan demandUnfinished() {
        return unfinished()
                .map(Run::plan)
                .orElseThrow(() -> Fault.refused(
                        "nothing to resume",
                        runs.isEmpty()
                                ? "the journal of this cluster is empty"
                                : "the last run, "
                                        + runs.get(runs.size() - 1).plan().run() + ", has ended",
                        "lvc recreate"));
    }

    Position position() {
        return runs.get(runs.size() - 1).position();
    }
}
