package lvc.cli.view;

import java.io.UncheckedIOException;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a view that cannot print any more from stopping what must not stop half way. Until a run of recreate is at its
 * first step, a broken pipe ends the command as it does everywhere; from then on the run goes on without a reader.
 */
public final class Steadfast implements Consumer<Event> {
    private final Consumer<Event> view;
    private boolean holding;
    private @Nullable RuntimeException first;

    public Steadfast(Consumer<Event> view) {
        this.view = view;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof Event.StepBegan) {
            hold();
        }
        try {
            view.accept(event);
        } catch (UncheckedIOException | Fault unprinted) {
            if (!holding) {
                throw unprinted;
            }
            if (first == null) {
                first = unprinted;
            }
        }
    }

    /** From now on nothing that cannot be printed stops anything. */
    public void hold() {
        holding = true;
    }

    /** Says now what could not be printed, if anything. */
    public void complain() {
        if (first != null) {
            throw first;
        }
    }
}
