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
        Optional<Entry.Begun> newest = journal.stream()
                .filter(Entry.Begun.class::isInstance)
                .map(Entry.Begun.class::cast)
                .filter(begun -> begun.plan().hot().name().equals(topic))
                .reduce((earlier, later) -> later);
        if (newest.isEmpty()) {
            return new None();
        }
        String run = newest.get().run();
        List<Entry> own =
                journal.stream().filter(entry -> entry.run().equals(run)).toList();
        Optional<Entry.Ending> ending = own.stream()
                .filter(Entry.Ended.class::isInstance)
                .map(entry -> ((Entry.Ended) entry).ending())
                .reduce((earlier, later) -> later);
        if (ending.isEmpty()) {
            return new Unfinished(run);
        }
        List<Outcome> outcomes = own.stream()
                .filter(Entry.Happened.class::isInstance)
                .map(entry -> ((Entry.Happened) entry).outcome())
                .toList();
        boolean created = outcomes.contains(new Outcome.HotCreated(incarnation));
        if (!created) {
            return new None();
        }
        if (ending.get() != Entry.Ending.DONE) {
            return new Left(run);
        }
        return outcomes.stream()
                .skip(outcomes.lastIndexOf(new Outcome.HotCreated(incarnation)))
                .filter(Outcome.Compared.class::isInstance)
                .map(outcome -> (Run) new Proven(run, ((Outcome.Compared) outcome).hotEnds()))
                .reduce((earlier, later) -> later)
                .orElse(new None());
    }
}
