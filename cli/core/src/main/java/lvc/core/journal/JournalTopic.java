package lvc.core.journal;

import lvc.core.fault.Fault;

/** The topic that the journal is kept in. Nothing but recreate may change it: what it says is what a resume believes. */
public final class JournalTopic {
    /** Its name in every cluster. */
    public static final String NAME = "_lvc.journal";

    private JournalTopic() {}

    /**
     * Refuses to use the journal as a topic of somebody's own.
     *
     * @param what does not happen, as in "nothing was produced"
     * @throws Fault USAGE when it is the journal
     */
    public static void demandOther(String topic, String what) {
        if (topic.equals(NAME)) {
            throw Fault.usage(
                    what,
                    NAME + " is the journal of recreate; lvc alone writes to it, and nobody deletes it",
                    "another topic; to look into the journal: lvc status --history");
        }
    }
}
