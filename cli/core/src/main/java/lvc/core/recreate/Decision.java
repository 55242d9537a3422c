package lvc.core.recreate;

import lvc.core.fault.Fault;
import lvc.core.journal.Outcome;
import lvc.core.journal.Step;

/** What follows from where a run stands and what is seen of the cluster. */
public sealed interface Decision {

    /** Do this next. */
    record Act(Step step) implements Decision {}

    /** The cluster is there already; write it down and look again. */
    record Already(Outcome outcome) implements Decision {}

    /** The cluster is not as it must be, and going on could lose a value. */
    record Stop(Fault fault) implements Decision {}

    /** Nothing is left to do. */
    record Finish() implements Decision {}
}
