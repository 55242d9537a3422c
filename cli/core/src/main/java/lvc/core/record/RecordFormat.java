package lvc.core.record;

import java.io.InputStream;
import java.io.OutputStream;

/** How records look as bytes, in both directions. */
public interface RecordFormat {

    /**
     * Reads records of this format.
     *
     * @param in read in large pieces, from the calling thread only
     * @param limit the longest record in bytes; a longer one is a {@link BadLine}, and its bytes are never all in memory
     * @throws lvc.core.fault.Fault USAGE when this format can be printed but not read
     */
    RecordParser parser(InputStream in, int limit);

    /** Prints records in this format. What it has buffered reaches {@code out} with {@link RecordPrinter#flush}. */
    RecordPrinter printer(OutputStream out);
}
