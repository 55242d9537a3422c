package lvc.core.port;

import java.util.List;
import java.util.function.Consumer;
import lvc.core.record.NewRecord;
import lvc.core.record.StoredRecord;

/** The records of a cluster, for those who need few of them. Streams of records have their own readers and writers. */
public interface Records {

    /** Writes records in order and waits until all are acknowledged. */
    void write(String topic, List<NewRecord> records);

    /** Reads everything that is committed in a topic at this moment, partition by partition. */
    void read(String topic, Consumer<StoredRecord> each);

    /**
     * Looks backwards from the end of a part of a partition for a record that a read_committed reader sees.
     *
     * @param from first offset of the part
     * @param until first offset after it, at most the last stable offset
     * @return the offset of the last such record; -1 when there are only markers, aborted records and holes
     * @throws lvc.core.fault.Fault UNREACHABLE or FAILED when the part could not be read to its end: nobody knows then
     */
    long lastReadable(String topic, int partition, long from, long until);
}
