package lvc.sandbox.transform;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import lvc.sandbox.transform.TransformControl.Probe;
import lvc.sandbox.transform.TransformControl.Row;
import lvc.sandbox.wasm.WasmEngine.Program;
import lvc.sandbox.wasm.WasmEngine.Unlinkable;
import org.jspecify.annotations.Nullable;

/** The processors of one revision of a transform, one per input partition, and their common numbers. */
final class ProcessorGroup {

    private static final System.Logger LOGGER = System.getLogger(ProcessorGroup.class.getName());
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    private final Engine engine;
    private final Transform transform;
    private final Processor.ModuleSource module;
    private final TransformNumbers numbers;
    private final Map<Integer, Processor> processors = new ConcurrentSkipListMap<>();

    ProcessorGroup(Engine engine, Transform transform, Processor.ModuleSource module) {
        this.engine = engine;
        this.transform = transform;
        this.module = new LoadedOnce(module);
        numbers = new TransformNumbers(transform.outputs().size());
    }

    Transform transform() {
        return transform;
    }

    /** Starts what is missing of a processor per partition. */
    void cover(int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            if (!processors.containsKey(partition)) {
                Processor processor = new Processor(engine, transform, partition, module, numbers);
                processors.put(partition, processor);
                processor.start();
            }
        }
    }

    /** Stops all processors and waits until they are silent. */
    void stop() throws InterruptedException {
        processors.values().forEach(Processor::stop);
        for (Processor processor : processors.values()) {
            if (!processor.awaitEnd(STOP_WAIT)) {
                LOGGER.log(Level.WARNING, "transform {0}: a processor does not stop", transform.name());
            }
        }
    }

    /** What is heard from the processors, by partition; those that say nothing are left out. */
    Map<Integer, Row> rows(int node) {
        Map<Integer, Row> rows = new TreeMap<>();
        processors.forEach((partition, processor) -> {
            Status status = processor.status();
            if (status != Status.UNKNOWN) {
                rows.put(partition, new Row(node, partition, status.word(), processor.lag()));
            }
        });
        return rows;
    }

    /** The numbers, while there is a processor to count. */
    Optional<Probe> probe() {
        if (!numbers.visible()) {
            return Optional.empty();
        }
        Map<Status, Long> states = new EnumMap<>(Status.class);
        long memory = 0;
        for (Processor processor : processors.values()) {
            states.merge(processor.status(), 1L, Long::sum);
            memory = Math.max(memory, processor.memoryBytes());
        }
        long limit = engine.config().number("data_transforms_per_function_memory_limit");
        return Optional.of(numbers.probe(transform, states, memory, limit));
    }

    /** Loads the module when the first processor asks for it, and again only if that failed. */
    private static final class LoadedOnce implements Processor.ModuleSource {
        private final Processor.ModuleSource source;
        private @Nullable Program loaded;

        LoadedOnce(Processor.ModuleSource source) {
            this.source = source;
        }

        @Override
        public synchronized Program load() throws Unlinkable {
            Program known = loaded;
            if (known == null) {
                known = source.load();
                loaded = known;
            }
            return known;
        }
    }
}
