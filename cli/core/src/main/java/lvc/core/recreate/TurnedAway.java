package lvc.core.recreate;

import lvc.core.fault.Fault;
import lvc.core.port.Journal;

/** Says to a writer that the cluster turned away whether that was the fence, and whose fence it is. */
public final class TurnedAway {
    private final Fence fence;
    private final Journal journal;

    public TurnedAway(Fence fence, Journal journal) {
        this.fence = fence;
        this.journal = journal;
    }

    /**
     * Why a topic takes no records.
     *
     * @param refused what the writer knows about it
     * @return the same, when the topic is not fenced or nobody says
     */
    public Fault explain(String topic, Fault refused) {
        try {
            if (!fence.list().contains(topic)) {
                return refused;
            }
            return History.of(journal.read())
                    .unfinished()
                    .filter(run -> run.plan().hot().name().equals(topic))
                    .map(run -> Fault.unreachable(
                            refused.what(),
                            topic + " is fenced (" + Fence.PROPERTY + "): run "
                                    + run.plan().run() + " of recreate rebuilds it and stands at " + run.standing(),
                            "wait until the run has ended, then write again; lvc status --history shows how far it is"))
                    .orElseGet(() -> Fault.unreachable(
                            refused.what(),
                            topic + " is fenced (" + Fence.PROPERTY + "), and the journal knows of no run of recreate"
                                    + " that did it",
                            "find out who put it on that list; lvc status shows the fence"))
                    .causedBy(refused);
        } catch (Fault silent) {
            return refused;
        }
    }
}
