package lvc.adapter.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import lvc.core.record.BadLine;
import lvc.core.record.Header;
import lvc.core.record.NewRecord;
import lvc.core.record.Parsed;
import lvc.core.record.RecordParser;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to a topic: idempotent, acknowledged by all in-sync replicas, in the order in which they come. The
 * input is read by a thread of its own, so that a cluster that has gone silent is noticed although the input has too.
 * For one write.
 */
public final class RecordWriter {
    private static final Duration TICK = Duration.ofMillis(200);
    /** More bad lines than this are counted but not shown one by one. */
    private static final int MOST_SHOWN = 20;

    private final Map<String, Object> connection;
    private final String brokers;
    private final WriteOptions options;
    private final Duration timeout;
    private final String what;

    private final LongAdder sent = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder bad = new LongAdder();
    private final Queue<BadLine> badLines = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread owner = Thread.currentThread();
    private volatile boolean stopping;
    private volatile boolean inputEnded;
    private volatile boolean closed;

    /**
     * Opens no connection yet. To be used by the thread that makes it.
     *
     * @param connection client properties: bootstrap.servers and, where needed, security
     * @param timeout how long records may wait without any being acknowledged
     */
    public RecordWriter(Map<String, Object> connection, WriteOptions options, Duration timeout) {
        this.connection = Map.copyOf(connection);
        this.brokers = String.valueOf(connection.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.options = options;
        this.timeout = timeout;
        this.what = "records not written to topic " + options.topic();
    }

    /** A few times per second, on the thread that writes. */
    public interface Watcher {
        /** How far it is. */
        void at(WriteCounts counts);

        /** A line that was skipped. Only the first of many are shown. */
        void skipped(BadLine line);
    }

    /**
     * Writes everything there is, and returns when all of it is acknowledged.
     *
     * @throws Fault FAILED or USAGE on the first bad line (unless skipped) or refused record; UNREACHABLE without
     *     progress or rights. What was sent before has been waited for, and {@link #counts} tells what became of it.
     * @throws Pause.Interrupted when this thread is interrupted, after what was sent has been waited for
     */
    public WriteCounts write(RecordParser input, Watcher watcher) {
        Target target = Target.find(connection, options.topic(), timeout, what);
        if (options.partition() >= target.partitions()) {
            throw Fault.usage(
                    what,
                    "there is no partition " + options.partition() + " (--partition): the topic has "
                            + target.partitions() + ", counted from 0",
                    "--partition 0" + (target.partitions() > 1 ? " to " + (target.partitions() - 1) : "")
                            + ", or leave it out and let the key decide");
        }
        Producer<byte[], byte[]> producer = Clients.make(
                WriterSettings.of(connection, options.compression(), target.largestBatch(), timeout),
                KafkaProducer::new);
        Thread pump = new Thread(() -> pump(input, producer, target), "lvc-produce");
        pump.setDaemon(true);
        boolean interrupted = false;
        try {
            pump.start();
            interrupted = await(watcher);
        } finally {
            stopping = true;
            closed = true;
            producer.close(Duration.ZERO);
        }
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        }
        return counts();
    }

    /** How far it is; for any thread, also after a fault. */
    public WriteCounts counts() {
        long settled = acknowledged.sum();
        long refused = failed.sum();
        return new WriteCounts(Math.max(sent.sum(), settled + refused), settled, refused, bad.sum());
    }

    /** Waits until all is settled or nothing moves any more; tells whether this thread was interrupted meanwhile. */
    private boolean await(Watcher watcher) {
        boolean interrupted = false;
        long settled = -1;
        long moved = System.nanoTime();
        while (!(inputEnded && counts().pending() == 0)) {
            LockSupport.parkNanos(this, TICK.toNanos());
            if (Thread.interrupted()) {
                interrupted = true;
                stopping = true;
            }
            WriteCounts counts = counts();
            watcher.at(counts);
            show(watcher);
            if (stopping && counts.pending() == 0) {
                return interrupted;
            }
            if (counts.pending() == 0 || counts.sent() - counts.pending() != settled) {
                settled = counts.sent() - counts.pending();
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved >= timeout.toNanos()) {
                fail(Fault.unreachable(
                        what + " completely",
                        counts.acknowledged() + " of " + counts.sent()
                                + " sent were acknowledged, then nothing moved for " + timeout.toSeconds() + " s at "
                                + brokers,
                        "is the broker up? lvc status; what was not acknowledged may or may not be there"));
                return interrupted;
            }
        }
        show(watcher);
        return interrupted;
    }

    private void show(Watcher watcher) {
        for (BadLine line = badLines.poll(); line != null; line = badLines.poll()) {
            watcher.skipped(line);
        }
    }

    private void pump(RecordParser input, Producer<byte[], byte[]> producer, Target target) {
        try {
            Optional<Parsed> next = input.next();
            while (next.isPresent() && !stopping) {
                if (next.get() instanceof NewRecord made) {
                    send(producer, made, target);
                } else if (next.get() instanceof BadLine line) {
                    bad(line);
                }
                next = input.next();
            }
        } catch (IOException e) {
            fail(Fault.failed(what + " completely", "the input cannot be read: " + e.getMessage(), "look at the input")
                    .causedBy(e));
        } catch (KafkaException e) {
            fail(KafkaFaults.of(e, what, brokers));
        } catch (RuntimeException e) {
            fail(e);
        } catch (Error e) {
            fail(new IllegalStateException("the input was not read to its end", e));
            throw e;
        } finally {
            inputEnded = true;
            LockSupport.unpark(owner);
        }
    }

    private void send(Producer<byte[], byte[]> producer, NewRecord made, Target target) {
        int partition = made.partition() == NewRecord.UNSET ? options.partition() : made.partition();
        if (partition >= target.partitions()) {
            bad(new BadLine(
                    made.line(),
                    "there is no partition " + partition + ": the topic has " + target.partitions()
                            + ", counted from 0"));
            return;
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                options.topic(),
                partition == NewRecord.UNSET ? null : partition,
                made.timestamp() == NewRecord.UNSET ? null : made.timestamp(),
                made.key(),
                made.value());
        for (Header header : made.headers()) {
            record.headers().add(new RecordHeader(header.key(), header.value()));
        }
        long line = made.line();
        sent.increment();
        Future<RecordMetadata> unused = producer.send(record, (metadata, refusal) -> settled(line, refusal));
        if (target.travelsAlone(made)) {
            producer.flush();
        }
    }

    private void settled(long line, @Nullable Exception refusal) {
        if (refusal == null) {
            acknowledged.increment();
        } else if (closed) {
            // Given up here, but perhaps under way: what became of it is not known, so it stays pending.
            return;
        } else {
            if (refusal instanceof RecordTooLargeException) {
                bad(new BadLine(line, "the record is too large: " + refusal.getMessage()));
            } else {
                fail(refused(line, refusal));
            }
            failed.increment();
        }
        if (inputEnded && counts().pending() == 0) {
            LockSupport.unpark(owner);
        }
    }

    private void bad(BadLine line) {
        bad.increment();
        if (!options.skipBad()) {
            fail(Fault.failed(
                    what + " completely",
                    "line " + line.number() + ": " + line.why(),
                    "mend the line, or go on past bad lines with --skip-bad"));
        } else if (bad.sum() <= MOST_SHOWN) {
            badLines.add(line);
        }
    }

    private RuntimeException refused(long line, Exception refusal) {
        if (refusal instanceof TopicAuthorizationException) {
            return Fault.unreachable(
                            what + " (line " + line + " was the first refused)",
                            "this user may not write to it, or it is fenced (cluster property kafka_noproduce_topics)",
                            "lvc status shows whether it is fenced")
                    .causedBy(refusal);
        }
        return KafkaFaults.of(refusal, what + " completely (line " + line + " was the first refused)", brokers);
    }

    /** The first failure counts; reading stops, what is under way goes on. */
    private void fail(RuntimeException fault) {
        failure.compareAndSet(null, fault);
        stopping = true;
        LockSupport.unpark(owner);
    }
}
