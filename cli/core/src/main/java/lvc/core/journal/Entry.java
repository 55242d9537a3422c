package lvc.core.journal;

import java.time.Instant;

/** One line of the journal. */
public sealed interface Entry {

    /** Names the run it belongs to. */
    String run();

    /** When it was written, by the clock of whoever wrote it. */
    Instant at();

    /** A run begins. */
    record Begun(String run, Instant at, RunPlan plan) implements Entry {}

    /** A step is about to be done. Whether it was is open until {@link Happened}. */
    record Intended(String run, Instant at, Step step) implements Entry {}

    /** Something has become true. */
    record Happened(String run, Instant at, Outcome outcome) implements Entry {}

    /** The run is alive. */
    record Beat(String run, Instant at) implements Entry {}

    /**
     * Another process goes on with the run.
     *
     * @param abandoning whether to leave it rather than to finish it
     */
    record TakenOver(String run, Instant at, boolean abandoning) implements Entry {}

    /** The run is over. */
    record Ended(String run, Instant at, Ending ending, String why) implements Entry {}

    /** How a run ended. */
    enum Ending {
        /** The hot topic was rebuilt and proven. */
        DONE,
        /** Nothing was deleted. */
        NOTHING_DONE,
        /** Left: the everyday transform runs, writers write, and the hot topic lacks what only the truth has. */
        INCOMPLETE
    }
}
