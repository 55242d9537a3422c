package lvc.core.record;

import java.io.IOException;

/** Where records that are read go. All calls come from one thread. */
@FunctionalInterface
public interface RecordSink {

    /** Takes one record. Those of a partition come in the order of their offsets. */
    void accept(StoredRecord stored) throws IOException;

    /** No further record is at hand right now: what has been buffered should be seen. */
    default void flush() throws IOException {}
}
