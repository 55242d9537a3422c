package lvc.cache.topic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.journal.Entry;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;

/** What the journal of recreate says of the topic that was created anew under a cache. */
public sealed interface Run {

    /** No run has created this one. */
    record None() implements Run {}

    /**
     * A run that is about this topic is not over.
     *
     * @param untouched whether what is there now is what was there when it began
     */
    record Unfinished(String run, boolean untouched) implements Run {}

    /** The run was left before the topic had all values. */
    record Left(String run) implements Run {}

    /**
     * The run is over, and proved the topic.
     *
     * @param ends offset by partition up to which, exclusive, it was compared
     */
    record Proven(String run, Map<Integer, Long> ends) implements Run {
        public Proven {
            ends = Map.copyOf(ends);
        }
    }

    /**
     * Reads it from the journal.
     *
     * @param topic name
     * @param incarnation of the topic that is there now
     */
    static Run of(List<Entry> journal, String topic, String incarnation) {
        List<Entry.Begun> begun = journal.stream()
                .filter(Entry.Begun.class::isInstance)
                .map(Entry.Begun.class::cast)
                .filter(each -> each.plan().hot().name().equals(topic))
                .toList();
        if (begun.isEmpty()) {
            return new None();
        }
        RunPlan newest = begun.get(begun.size() - 1).plan();
        if (ending(journal, newest.run()).isEmpty()) {
            return new Unfinished(
                    newest.run(), newest.hotExists() && newest.hot().id().equals(incarnation));
        }
        // A later run may have ended without doing anything: then what counts is still the one that made the topic.
        return begun.stream()
                .map(Entry.Begun::run)
                .filter(run -> outcomes(journal, run).contains(new Outcome.HotCreated(incarnation)))
                .reduce((earlier, later) -> later)
                .map(run -> ofCreator(journal, run, incarnation))
                .orElse(new None());
    }

    private static Run ofCreator(List<Entry> journal, String run, String incarnation) {
        if (ending(journal, run).filter(Entry.Ending.DONE::equals).isEmpty()) {
            return new Left(run);
        }
        List<Outcome> outcomes = outcomes(journal, run);
        return outcomes.stream()
                .skip(outcomes.lastIndexOf(new Outcome.HotCreated(incarnation)))
                .filter(Outcome.Compared.class::isInstance)
                .map(outcome -> (Run) new Proven(run, ((Outcome.Compared) outcome).hotEnds()))
                .reduce((earlier, later) -> later)
                .orElse(new None());
    }

    private static Optional<Entry.Ending> ending(List<Entry> journal, String run) {
        return journal.stream()
                .filter(entry -> entry.run().equals(run))
                .filter(Entry.Ended.class::isInstance)
                .map(entry -> ((Entry.Ended) entry).ending())
                .reduce((earlier, later) -> later);
    }

    private static List<Outcome> outcomes(List<Entry> journal, String run) {
        return journal.stream()
                .filter(entry -> entry.run().equals(run))
                .filter(Entry.Happened.class::isInstance)
                .map(entry -> ((Entry.Happened) entry).outcome())
                .toList();
    }
}
