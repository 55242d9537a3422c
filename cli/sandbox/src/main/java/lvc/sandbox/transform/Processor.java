package lvc.sandbox.transform;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.wasm.GuestSettings;
import lvc.sandbox.wasm.Unwinding;
import lvc.sandbox.wasm.WasmEngine.Guest;
import lvc.sandbox.wasm.WasmEngine.Program;
import lvc.sandbox.wasm.WasmEngine.Trap;
import lvc.sandbox.wasm.WasmEngine.Unlinkable;
import org.jspecify.annotations.Nullable;

/**
 * Runs one transform over one input partition, on a thread of its own, until it is stopped: starts the module, and when
 * it fails, waits and starts it again from what was committed. There is no way past a record that makes it fail.
 *
 * <pre>
 *   unknown --linked--> inactive --offsets loaded--> running
 *   |  ^                  |   ^                         |
 *   '--' not linkable     |   '--- wait --- errored <---'  trap, exit, refused write
 *                         '-------------------^
 * </pre>
 */
final class Processor implements Runnable {

    private static final System.Logger LOGGER = System.getLogger(Processor.class.getName());

    private final Engine engine;
    private final Transform transform;
    private final int partition;
    private final ModuleSource module;
    private final TransformNumbers numbers;
    private final LagProbe lag;
    private final Backoff backoff;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    private volatile Status status = Status.UNKNOWN;
    private volatile @Nullable Guest guest;

    /** Where a processor gets its module from. */
    @FunctionalInterface
    interface ModuleSource {
        /** Fails when the module is not there or cannot be used. */
        Program load() throws Unlinkable;
    }

    Processor(Engine engine, Transform transform, int partition, ModuleSource module, TransformNumbers numbers) {
        this.engine = engine;
        this.transform = transform;
        this.partition = partition;
        this.module = module;
        this.numbers = numbers;
        lag = new LagProbe(transform.outputs().size(), numbers);
        backoff = new Backoff(engine.timings());
        thread = new Thread(this, "transform " + transform.name() + "/" + partition);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Makes the processor end; it commits what it has processed and then is silent. */
    void stop() {
        stopping.countDown();
        Guest running = guest;
        if (running != null) {
            running.stop();
        }
    }

    /** Waits for the end of a processor that was stopped; false when it does not come in time. */
    boolean awaitEnd(Duration most) throws InterruptedException {
        thread.join(most.toMillis());
        return !thread.isAlive();
    }

    int partition() {
        return partition;
    }

    Status status() {
        return status;
    }

    /** The lag as the listing shows it, which is as old as the last report. */
    long lag() {
        return lag.largest();
    }

    long memoryBytes() {
        Guest running = guest;
        return running == null ? 0 : running.memoryBytes();
    }

    @Override
    public void run() {
        while (!stopped()) {
            numbers.enter();
            try {
                Program program = module.load();
                while (!stopped()) {
                    live(program);
                }
            } catch (Unlinkable | RuntimeException e) {
                LOGGER.log(Level.WARNING, "transform {0} is not created: {1}", transform.name(), e.getMessage());
            } finally {
                status = Status.UNKNOWN;
                guest = null;
                numbers.leave();
            }
            pause(engine.timings().linkRetry());
        }
    }

    /** The life of one virtual machine, and the wait after its death. */
    private void live(Program program) throws Unlinkable {
        PartitionFeed feed = new PartitionFeed(engine, transform, partition, numbers, lag, this::running, stopping);
        Guest linked = program.link(settings(), feed);
        status = Status.INACTIVE;
        guest = linked;
        if (stopped()) {
            return;
        }
        Duration wait = Duration.ZERO;
        try (feed) {
            linked.run();
        } catch (PartitionFeed.Stopped e) {
            return;
        } catch (Trap | Unwinding e) {
            wait = failed(feed, e);
        }
        pause(wait);
    }

    private void running() {
        backoff.running();
        status = Status.RUNNING;
    }

    private Duration failed(PartitionFeed feed, Exception why) {
        LOGGER.log(Level.WARNING, "transform {0}, partition {1}: {2}", transform.name(), partition, why.getMessage());
        status = Status.ERRORED;
        numbers.failures.increment();
        if (feed.executing()) {
            numbers.executionErrors.increment();
        }
        return backoff.failed();
    }

    private boolean stopped() {
        return stopping.getCount() == 0;
    }

    private void pause(Duration wait) {
        PartitionFeed.stoppedWithin(stopping, wait.toMillis());
    }

    private GuestSettings settings() {
        ClusterConfig config = engine.config();
        Map<String, String> environment = new LinkedHashMap<>(transform.environment());
        environment.put("REDPANDA_INPUT_TOPIC", transform.input());
        List<String> outputs = transform.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            environment.put("REDPANDA_OUTPUT_TOPIC_" + i, outputs.get(i));
        }
        return new GuestSettings(
                transform.name(),
                outputs,
                environment,
                config.number("data_transforms_per_function_memory_limit"),
                Duration.ofMillis(config.number("data_transforms_runtime_limit_ms")),
                engine.faults().on(Fault.ABI_3));
    }
}
