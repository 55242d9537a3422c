package lvc.core.record;

import java.io.IOException;

/** Records printed to a stream, one after another. */
public interface RecordPrinter {

    /** Prints one record. */
    void print(StoredRecord record) throws IOException;

    /** Hands everything printed so far to the stream and flushes that too. */
    void flush() throws IOException;
}
