package lvc.core.recreate;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.port.Journal;
import org.jspecify.annotations.Nullable;

/**
 * A pen that remembers when somebody else has taken the journal. No request that deletes or deploys knows of the journal:
 * a process that slept while another one went on with its run has to find out by itself, and then do nothing any more.
 */
final class HeldPen implements Journal.Pen {
    private final Journal.Pen pen;
    private final AtomicReference<@Nullable Fault> lost = new AtomicReference<>();

    HeldPen(Journal.Pen pen) {
        this.pen = pen;
    }

    @Override
    public void write(Entry entry) {
        try {
            pen.write(entry);
        } catch (Fault fault) {
            if (fault.exit() == Exit.UNFINISHED) {
                lost.set(fault);
            }
            throw fault;
        }
    }

    /** What a write said when the journal was somebody else's. */
    Optional<Fault> lost() {
        return Optional.ofNullable(lost.get());
    }

    /**
     * Returns when nobody is known to have taken the journal.
     *
     * @throws Fault UNFINISHED when somebody has
     */
    void demandHeld() {
        lost().ifPresent(fault -> {
            throw fault;
        });
    }

    @Override
    public void close() {
        pen.close();
    }
}
