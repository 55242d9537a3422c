package lvc.core.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that someone wants to produce. The arrays are handed over: whoever makes a record does not use them again.
 *
 * @param line where it was found in the input, counted from 1
 * @param key null for no key; empty bytes are a key
 * @param value null for a tombstone; empty bytes are a value
 * @param partition the partition asked for, or {@link #UNSET} to let the key decide
 * @param timestamp milliseconds since 1970, or {@link #UNSET} for the time of sending
 */
@SuppressWarnings("ArrayRecordComponent") // hot path: the arrays go to the producer as they are
public record NewRecord(
        long line, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers, int partition, long timestamp)
        implements Parsed {

    /** Stands for a partition or a timestamp that was not given. */
    public static final int UNSET = -1;
}
