package lvc.adapter.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.port.Journal;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes entries, each in a transaction of its own, one after the other in the order in which they are asked for.
 *
 * <p>A thread of its own does the writing. Whoever calls waits for it even when interrupted meanwhile, at most about as
 * long as the timeout; the interrupt stays pending for after. So a person who wants to stop never leaves half a
 * transaction behind, and the next write finds the pen as it should be.
 *
 * <p>When no answer came in time (UNREACHABLE), the entry may be there, or come to be there, or not; the next write
 * settles that before it begins. Once the journal has been taken by somebody else (UNFINISHED), every further write
 * says so.
 */
final class TransactionalPen implements Journal.Pen {
    private static final String WHAT = "nothing written to the journal";

    /** What a producer meets whose transactional id is somebody else's now, or was idle in the middle of a write. */
    private static final List<Class<? extends KafkaException>> LOSSES = List.of(
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            InvalidPidMappingException.class,
            InvalidTxnStateException.class,
            OutOfOrderSequenceException.class);

    private final Producer<byte[], byte[]> producer;
    private final String brokers;
    private final Duration timeout;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(TransactionalPen::thread);

    // Of the writing thread.
    private Transaction transaction = Transaction.NONE;
    private @Nullable Fault lost;

    /** How far the last transaction has come. */
    private enum Transaction {
        NONE,
        OPEN,
        COMMITTING
    }

    /**
     * Writes with a producer whose transactions are initialised.
     *
     * @param producer closed with the pen
     * @param timeout how long closing may take
     */
    TransactionalPen(Producer<byte[], byte[]> producer, String brokers, Duration timeout) {
        this.producer = producer;
        this.brokers = brokers;
        this.timeout = timeout;
    }

    @Override
    public void write(Entry entry) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(KafkaJournal.TOPIC, 0, entry.run().getBytes(UTF_8), JournalLine.write(entry));
        await(writer.submit(() -> commit(record)));
    }

    /** Waits until nothing is being written any more. Further writes are a mistake of the caller's. */
    @Override
    public void close() {
        if (!writer.isShutdown()) {
            Future<?> closed = writer.submit(() -> producer.close(timeout));
            writer.shutdown();
            await(closed);
        }
    }

    private void commit(ProducerRecord<byte[], byte[]> record) {
        if (lost != null) {
            throw lost;
        }
        try {
            settle();
            producer.beginTransaction();
            transaction = Transaction.OPEN;
            Future<RecordMetadata> unused = producer.send(record);
            finish();
        } catch (KafkaException e) {
            throw fault(isLoss(e) || JournalFaults.slow(e) ? e : settled(e));
        }
    }

    /** Throws away what was refused. Why it was may only be found out by that: because somebody else has taken over. */
    private KafkaException settled(KafkaException refused) {
        try {
            settle();
            return refused;
        } catch (KafkaException e) {
            return isLoss(e) ? e : refused;
        }
    }

    private static boolean isLoss(KafkaException thrown) {
        return LOSSES.stream().anyMatch(loss -> JournalFaults.is(thrown, loss));
    }

    /** Brings to an end what an earlier write could not: its commit if that was asked for, else by throwing it away. */
    private void settle() {
        if (transaction == Transaction.COMMITTING) {
            try {
                finish();
            } catch (TimeoutException e) {
                throw e;
            } catch (KafkaException e) {
                transaction = Transaction.OPEN;
            }
        }
        if (transaction == Transaction.OPEN) {
            producer.abortTransaction();
            transaction = Transaction.NONE;
        }
    }

    /** Of a commit that takes too long only another commit may come next; of any other failure only an abort. */
    private void finish() {
        try {
            transaction = Transaction.COMMITTING;
            producer.commitTransaction();
            transaction = Transaction.NONE;
        } catch (TimeoutException e) {
            throw e;
        } catch (KafkaException e) {
            transaction = Transaction.OPEN;
            throw e;
        }
    }

    private RuntimeException fault(KafkaException thrown) {
        if (!isLoss(thrown)) {
            return JournalFaults.of(thrown, WHAT, brokers);
        }
        Fault fault = Fault.unfinished(
                        WHAT,
                        "another process has taken over the run, or this one was still for too long in the middle of a"
                                + " write: " + JournalFaults.said(thrown),
                        "lvc status --history")
                .causedBy(thrown);
        lost = fault;
        return fault;
    }

    private static void await(Future<?> done) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    done.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "lvc-journal");
        thread.setDaemon(true);
        return thread;
    }
}
