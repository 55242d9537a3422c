package lvc.cache.topic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.journal.Entry;
import lvc.core.journal.Outcome;

/** What the journal of recreate says of the topic that was created anew under a cache. */
public sealed interface Run {

    /** No run has created this one. */
    record None() implements Run {}

    /** A run that is about this topic is not over. */
    record Unfinished(String run) implements Run {}

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
        List<String> runs = journal.stream()
                .filter(Entry.Begun.class::isInstance)
                .map(Entry.Begun.class::cast)
                .filter(begun -> begun.plan().hot().name().equals(topic))
                .map(Entry.Begun::run)
                .toList();
        if (runs.isEmpty()) {
            return new None();
        }
        String newest = runs.get(runs.size() - 1);
        if (ending(journal, newest).isEmpty()) {
            return new Unfinished(newest);
        }
        // A later run may have ended without doing anything: then what counts is still the one that made the topic.
        return runs.stream()
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
