package lvc.core.port;

import java.util.List;
import java.util.Optional;
import lvc.core.journal.Entry;

/** The journal of recreate, kept in the cluster so that any machine can go on with a run, and only one at a time. */
public interface Journal {

    /**
     * All that was written, in order, heartbeats left out; empty where there is no journal yet. Never creates it.
     *
     * @throws lvc.core.fault.Fault REFUSED when it was written by a newer lvc
     */
    List<Entry> read();

    /** The very last entry, heartbeats included. */
    Optional<Entry> last();

    /**
     * Takes the journal: whoever had it before can write no more. Creates it when there is none.
     *
     * @throws lvc.core.fault.Fault REFUSED when the cluster knows no transactions or this user may not use them
     */
    Pen take();

    /** The right to write to the journal. May be used from several threads. */
    interface Pen extends AutoCloseable {

        /**
         * Writes an entry and waits until the cluster has committed it.
         *
         * @throws lvc.core.fault.Fault UNFINISHED when somebody else has taken the journal since
         */
        void write(Entry entry);

        @Override
        void close();
    }
}
