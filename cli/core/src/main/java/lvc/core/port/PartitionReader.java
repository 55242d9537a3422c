package lvc.core.port;

import java.util.function.Consumer;
import lvc.core.record.StoredRecord;

/** Reads parts of partitions for those who need proof: a read either reaches its end or is a fault. */
public interface PartitionReader {

    /**
     * Hands over every committed record of a part of a partition that compaction has left there, in order. May be called
     * from several threads at once. An interrupt of the calling thread ends the read.
     *
     * @param from first offset
     * @param until offset after the last; at most the last stable offset, as captured before
     * @param each called in the thread of the caller
     * @throws lvc.core.fault.Fault UNREACHABLE or FAILED when the end was not reached
     * @throws Pause.Interrupted when this thread is interrupted
     */
    void read(String topic, int partition, long from, long until, Consumer<StoredRecord> each);

    /** Whether there is any committed record in a part of a partition; transaction markers and holes are none. */
    boolean anyRecord(String topic, int partition, long from, long until);
}
