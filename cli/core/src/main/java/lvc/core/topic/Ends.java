package lvc.core.topic;

/**
 * Where a partition begins and ends, as Kafka offsets.
 *
 * @param earliest first offset that is still there
 * @param lastStable first offset that a read_committed reader cannot see yet
 * @param highWatermark first offset not yet written
 */
public record Ends(long earliest, long lastStable, long highWatermark) {

    /** Offsets between the ends; an upper bound of the records, since compaction leaves holes. */
    public long span() {
        return highWatermark - earliest;
    }
}
