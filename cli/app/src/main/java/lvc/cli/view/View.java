package lvc.cli.view;

import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fault.Fault;

/** Shows what happens. Nothing else in lvc prints. */
public interface View extends Consumer<Event>, AutoCloseable {

    /** Shows one event. */
    @Override
    void accept(Event event);

    /** For commands whose standard output is data: takes events and lets none of them stand between the data. */
    Consumer<Event> besideData();

    /** Shows why a command ended. */
    void fault(Fault fault);

    /** Takes away what should not remain on the screen. */
    @Override
    void close();
}
