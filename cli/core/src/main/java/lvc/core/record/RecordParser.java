package lvc.core.record;

import java.io.IOException;
import java.util.Optional;

/** Records read from a stream, one after another. Memory does not grow with the input. */
public interface RecordParser {

    /** The next record or bad line; empty at the end of the input. After a bad line it goes on with the next one. */
    Optional<Parsed> next() throws IOException;
}
