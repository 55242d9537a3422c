package lvc.sandbox.transform;

import lvc.sandbox.broker.Logs;
import lvc.sandbox.transform.TransformControl.StartOffset;

import static lvc.sandbox.transform.CommittedOffsets.BEFORE_ZERO;

/**
 * Where a partition begins that has committed nothing: expressed, as Redpanda does, by the offset that counts as
 * processed already. Two slips of Redpanda's are kept. {@code from_end} in an empty partition counts offset 0 as
 * processed, so that its first record is never read; and {@code from_start} beyond the end begins at the last record.
 * (Redpanda source, transform/transform_processor.cc)
 */
final class StartPosition {

    private StartPosition() {}

    /** The last offset that counts as processed, or {@link CommittedOffsets#BEFORE_ZERO}. */
    static long processed(StartOffset start, Logs logs, String topic, int partition) {
        long earliest = logs.earliest(topic, partition);
        long latest = logs.lastStable(topic, partition) - 1;
        long value = start.value();
        return switch (start.format()) {
            case "from_start" -> before(Math.min(plus(earliest, value), latest));
            case "from_end" -> Math.max(latest - value, earliest);
            case "timestamp" -> before(logs.atOrAfter(topic, partition, value).orElse(latest + 1));
            default -> throw new IllegalArgumentException("unknown start offset: " + start);
        };
    }

    private static long plus(long earliest, long value) {
        long sum = earliest + value;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long before(long offset) {
        return offset <= 0 ? BEFORE_ZERO : offset - 1;
    }

    /** The offset to read first after one that was processed. */
    static long after(long processed) {
        return processed == BEFORE_ZERO ? 0 : processed + 1;
    }
}
