package lvc.adapter.kafka;

/**
 * How far a write has come.
 *
 * @param sent records handed to the client
 * @param acknowledged records that all in-sync replicas have
 * @param failed records that the cluster did not take
 * @param bad lines that were no records, or too large ones
 */
public record WriteCounts(long sent, long acknowledged, long failed, long bad) {

    /** Records of which nobody knows yet whether the cluster has them. */
    public long pending() {
        return sent - acknowledged - failed;
    }
}
