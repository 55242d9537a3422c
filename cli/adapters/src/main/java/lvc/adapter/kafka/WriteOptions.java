package lvc.adapter.kafka;

import lvc.core.record.NewRecord;

/**
 * How to write.
 *
 * @param compression none, gzip, snappy, lz4 or zstd
 * @param partition for records that name none; {@link NewRecord#UNSET} to let the key decide (murmur2, as Kafka's own
 *     clients do)
 * @param skipBad whether to go on after a line that is no record, or a record that is too large
 */
public record WriteOptions(String topic, String compression, int partition, boolean skipBad) {

    /** The key decides, nothing is compressed, the first bad line stops. */
    public static WriteOptions plain(String topic) {
        return new WriteOptions(topic, "none", NewRecord.UNSET, false);
    }
}
