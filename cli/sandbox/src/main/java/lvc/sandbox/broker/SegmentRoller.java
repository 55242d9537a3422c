package lvc.sandbox.broker;

import java.util.Iterator;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kafka.log.LogManager;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.UnifiedLog;

/**
 * Closes the active segments of compacted topics when they are old enough, so that compaction reaches their records.
 * Redpanda does this on a timer; Apache Kafka only when the next record arrives.
 */
final class SegmentRoller implements AutoCloseable {

    private static final long EVERY_MILLIS = 250;

    private final LogManager logs;
    private final FaultLog faults;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-segment-roller");
        thread.setDaemon(true);
        return thread;
    });

    SegmentRoller(LogManager logs, FaultLog faults) {
        this.logs = logs;
        this.faults = faults;
    }

    void start() {
        var unused = timer.scheduleWithFixedDelay(this::rollAll, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void rollAll() {
        long now = System.currentTimeMillis();
        for (Iterator<UnifiedLog> all = asJava(logs.allLogs()); all.hasNext(); ) {
            UnifiedLog log = all.next();
            try {
                if (isDue(log, now)) {
                    log.roll();
                }
            } catch (Exception e) {
                boolean deletedMeanwhile = e instanceof KafkaStorageException;
                if (!deletedMeanwhile) {
                    faults.add("rolling " + log.topicPartition(), e);
                }
            }
        }
    }

    private static boolean isDue(UnifiedLog log, long now) {
        LogSegment active = log.activeSegment();
        return log.config().compact
                && !log.topicPartition().topic().startsWith("__")
                && active.size() > 0
                && now - active.lastModified() >= log.config().maxSegmentMs();
    }

    private static Iterator<UnifiedLog> asJava(scala.collection.Iterable<UnifiedLog> logs) {
        scala.collection.Iterator<UnifiedLog> each = logs.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public UnifiedLog next() {
                return each.next();
            }
        };
    }

    /** Ends after the work at hand, which must not be interrupted in the midst of a file. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(2, TimeUnit.SECONDS)) {
                faults.add("rolling segments takes longer than two seconds", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
