package lvc.sandbox.transform;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lvc.sandbox.broker.Logs;
import lvc.sandbox.broker.Logs.AppendRefused;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.broker.Logs.OutputRecord;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.transform.CommittedOffsets.Place;
import lvc.sandbox.wasm.GuestHost;
import lvc.sandbox.wasm.Unwinding;
import org.jspecify.annotations.Nullable;

/**
 * What one virtual machine reads from and writes to: an input partition from where it was left, and the output topics.
 * The module's first question for a batch is the sign that it is ready; only then are offsets loaded, after a wait of
 * one commit interval for a predecessor's commits. Every further question means that the batch before is done: its
 * output is written, its offset handed to the next commit, and the lag reported. Made for one thread.
 */
final class PartitionFeed implements GuestHost, AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(PartitionFeed.class.getName());
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long NO_POISON = -1;

    private final Engine engine;
    private final Transform transform;
    private final int partition;
    private final TransformNumbers numbers;
    private final LagProbe lag;
    private final Runnable onRunning;
    private final CountDownLatch stopping;
    private final List<OutputWriter> outputs = new ArrayList<>();

    private Logs.@Nullable Reader reader;
    private List<InputRecord> batch = List.of();
    private long poison = NO_POISON;
    private long cpuNanos;
    private long readBytes;

    /** The processor is to end. */
    static final class Stopped extends Unwinding {
        Stopped() {
            super("stopped", null);
        }
    }

    /** The broker did not give or take records. */
    static final class Failed extends Unwinding {
        Failed(Exception cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /** The record that is poison by a fault switch. */
    static final class Poisoned extends Unwinding {
        Poisoned(long offset) {
            super("poison at offset " + offset, null);
        }
    }

    /** @param onRunning called when offsets are loaded, before the first record is read */
    PartitionFeed(
            Engine engine,
            Transform transform,
            int partition,
            TransformNumbers numbers,
            LagProbe lag,
            Runnable onRunning,
            CountDownLatch stopping) {
        this.engine = engine;
        this.transform = transform;
        this.partition = partition;
        this.numbers = numbers;
        this.lag = lag;
        this.onRunning = onRunning;
        this.stopping = stopping;
        for (String output : transform.outputs()) {
            outputs.add(new OutputWriter(engine.logs(), output, partition, transform.compression()));
        }
    }

    @Override
    public List<InputRecord> nextBatch() {
        try {
            Logs.Reader open = reader;
            if (open == null) {
                open = begin();
                reader = open;
            } else {
                finish();
            }
            batch = awaitRecords(open);
        } catch (AppendRefused e) {
            throw new Failed(e);
        } catch (Unwinding e) {
            throw e;
        } catch (RuntimeException e) {
            // A topic that vanished, or a broker that is going down: the processor tries again later.
            throw new Failed(e);
        }
        cpuNanos = THREADS.getCurrentThreadCpuTime();
        return batch;
    }

    private Logs.Reader begin() {
        waitUnlessStopped(engine.commits().intervalMillis());
        long processed = load();
        onRunning.run();
        long earliest = engine.logs().earliest(transform.input(), partition);
        return engine.logs().read(transform.input(), partition, Math.max(earliest, StartPosition.after(processed)));
    }

    /**
     * The last processed offset: the lowest of what the outputs have committed. Outputs without a commit get one at
     * their start position, and, as on Redpanda, no report of their lag.
     */
    private long load() {
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < outputs.size(); i++) {
            Place place = new Place(transform.id(), partition, i);
            OptionalLong committed = engine.commits().committed(place);
            long processed;
            if (committed.isPresent()) {
                processed = committed.getAsLong();
                lag.report(i, distance(processed));
            } else {
                processed = StartPosition.processed(transform.start(), engine.logs(), transform.input(), partition);
                engine.commits().add(place, processed);
            }
            lowest = Math.min(lowest, processed);
        }
        return lowest;
    }

    private long distance(long processed) {
        return engine.logs().lastStable(transform.input(), partition) - StartPosition.after(processed);
    }

    private void finish() throws AppendRefused {
        if (batch.isEmpty()) {
            return;
        }
        numbers.cpuNanos.add(THREADS.getCurrentThreadCpuTime() - cpuNanos);
        numbers.records.add(batch.size());
        numbers.readBytes.add(readBytes);
        readBytes = 0;
        long last = batch.get(batch.size() - 1).offset();
        batch = List.of();
        for (int i = 0; i < outputs.size(); i++) {
            numbers.wrote(i, outputs.get(i).flush());
            engine.commits().add(new Place(transform.id(), partition, i), last);
            lag.report(i, distance(last));
        }
    }

    private List<InputRecord> awaitRecords(Logs.Reader open) {
        List<InputRecord> records = List.of();
        while (records.isEmpty()) {
            waitUnlessStopped(0);
            records = open.poll(engine.timings().idle());
        }
        waitUnlessStopped(engine.faults().number(Fault.BATCH_DELAY_MS, 0));
        poison = engine.faults().number(Fault.POISON_OFFSET, NO_POISON);
        return records;
    }

    @Override
    public void reading(InputRecord record) {
        if (record.offset() == poison) {
            throw new Poisoned(poison);
        }
        readBytes += length(record.key()) + length(record.value());
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public void emit(int output, OutputRecord record) {
        outputs.get(output).add(record);
    }

    @Override
    public void print(boolean error, byte[] line) {
        engine.log().add(transform.name(), error, line);
    }

    /** Whether the module has a batch in hand: a failure now is one of executing it, not of starting or of writing. */
    boolean executing() {
        return !batch.isEmpty();
    }

    /** Reports lag 0, commits what was processed, and leaves the partition. */
    @Override
    public void close() {
        lag.zero();
        try {
            engine.commits().flush();
            if (reader != null) {
                reader.close();
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "transform " + transform.name() + " did not stop cleanly", e);
        }
    }

    private void waitUnlessStopped(long millis) {
        if (stoppedWithin(stopping, millis)) {
            throw new Stopped();
        }
    }

    /** Waits for a time, or until a processor is to stop; true in the latter case. */
    static boolean stoppedWithin(CountDownLatch stopping, long millis) {
        try {
            return stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Only the sandbox's own threads are here, and nobody interrupts them but to end them.
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
