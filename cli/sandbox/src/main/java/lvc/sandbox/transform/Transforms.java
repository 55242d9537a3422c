package lvc.sandbox.transform;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import lvc.sandbox.broker.Logs;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Faults;
import lvc.sandbox.config.Faults.Fault;
import lvc.sandbox.wasm.EndiveEngine;
import lvc.sandbox.wasm.ModuleCheck;
import lvc.sandbox.wasm.WasmEngine;
import lvc.sandbox.wasm.WasmEngine.Unlinkable;

/**
 * The data transforms of the sandbox. Transforms, modules and committed offsets survive the process: they are read
 * again from the state directory, and processors resume from what was committed.
 */
public final class Transforms implements TransformControl, AutoCloseable {

    /** Id of the only broker. */
    private static final int NODE = 0;

    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private final Logs logs;
    private final ClusterConfig config;
    private final Faults faults;
    private final Clock clock = Clock.systemUTC();
    private final WasmEngine wasm = new EndiveEngine();
    private final ModuleCheck check = new ModuleCheck(wasm);
    private final DeployRules rules;
    private final TransformTable table;
    private final CommittedOffsets offsets;
    private final CommitBatcher commits;
    private final TransformLog log;
    private final ScheduledExecutorService timer = thread("transform-commits");
    private final Dispatcher dispatcher;

    /** @param stateDirectory where transforms, modules and offsets are kept; created when it is not there */
    public Transforms(Logs logs, ClusterConfig config, Faults faults, Path stateDirectory, Timings timings) {
        this.logs = logs;
        this.config = config;
        this.faults = faults;
        rules = new DeployRules(logs, config);
        table = new TransformTable(stateDirectory);
        offsets = new CommittedOffsets(stateDirectory);
        commits = new CommitBatcher(offsets, config, timer);
        log = new TransformLog(logs, config, timer, clock, NODE);
        Engine engine = new Engine(logs, config, faults, timings, commits, log);
        dispatcher = new Dispatcher(engine, table, this::moduleOf, thread("transform-dispatcher"));
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private Processor.ModuleSource moduleOf(Transform transform) {
        return () -> {
            byte[] module = table.module(transform.module())
                    .orElseThrow(() -> new Unlinkable("no module " + transform.module()));
            try {
                return wasm.load(module);
            } catch (WasmEngine.NotWasm e) {
                throw new Unlinkable(String.valueOf(e.getMessage()));
            }
        };
    }

    @Override
    public synchronized void deploy(Deployment wanted, byte[] module) throws Refused {
        // First, because only one byte more than allowed was kept of it: what is cut off would be called invalid.
        if (module.length > config.number("data_transforms_binary_max_size")) {
            throw new Refused(SERVER_ERROR, "Unexpected cluster error: Invalid request");
        }
        try {
            check.load(module, faults.on(Fault.ABI_3));
        } catch (ModuleCheck.Unacceptable e) {
            throw new Refused(BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        Optional<Transform> existing = table.named(wanted.name());
        rules.check(wanted, existing, table.all());
        long revision = table.nextNumber();
        Transform transform = new Transform(
                existing.map(Transform::id).orElse(revision),
                revision,
                wanted.name(),
                wanted.input(),
                List.copyOf(wanted.outputs()),
                wanted.environment(),
                wanted.compression(),
                wanted.offset().orElseGet(() -> new StartOffset("timestamp", clock.millis())),
                false,
                table.storeModule(module));
        table.put(transform);
        dispatcher.changed(transform.id(), faults.number(Fault.APPLY_DELAY_MS, 0));
    }

    @Override
    public synchronized void delete(String name) {
        table.named(name).ifPresent(transform -> {
            table.remove(transform.id());
            dispatcher.changed(transform.id(), faults.number(Fault.STOP_DELAY_MS, 0));
        });
    }

    @Override
    public synchronized void update(String name, Change change) throws Refused {
        Transform transform = table.named(name).orElseThrow(() -> new Refused(BAD_REQUEST, "Transform does not exist"));
        if (change.environment().isPresent()) {
            rules.checkEnvironment(change.environment().get());
            transform = transform.withEnvironment(change.environment().get());
        }
        transform = transform.withPaused(change.paused().orElse(transform.paused()));
        transform = transform.withCompression(change.compression().orElse(transform.compression()));
        if (!change.equals(new Change(Optional.empty(), Optional.empty(), Optional.empty()))) {
            table.put(transform.withRevision(table.nextNumber()));
            dispatcher.changed(transform.id(), 0);
        }
    }

    @Override
    public List<Report> list() {
        List<Report> reports = new ArrayList<>();
        for (Transform transform : table.all()) {
            logs.partitions(transform.input()).ifPresent(partitions -> reports.add(report(transform, partitions)));
        }
        return reports;
    }

    private Report report(Transform transform, int partitions) {
        Map<Integer, Row> live =
                dispatcher.group(transform.id()).map(group -> group.rows(NODE)).orElse(Map.of());
        Status otherwise = transform.paused() ? Status.INACTIVE : Status.UNKNOWN;
        List<Row> rows = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            rows.add(live.getOrDefault(partition, new Row(NODE, partition, otherwise.word(), 0)));
        }
        return new Report(
                transform.name(),
                transform.input(),
                transform.outputs(),
                rows,
                transform.environment(),
                transform.compression());
    }

    @Override
    public List<Committed> committed(boolean showUnknown) {
        List<Committed> rows = new ArrayList<>();
        offsets.all().forEach((place, offset) -> {
            String name = table.withId(place.transform()).map(Transform::name).orElse("");
            if (showUnknown || !name.isEmpty()) {
                rows.add(new Committed(name, place.partition(), offset));
            }
        });
        rows.sort(Comparator.comparing(Committed::transform).thenComparingInt(Committed::partition));
        return rows;
    }

    @Override
    public void collectGarbage() {
        offsets.keep(id -> table.withId(id).isPresent());
    }

    @Override
    public List<Probe> probes() {
        Map<String, Probe> byName = new TreeMap<>();
        for (ProcessorGroup group : dispatcher.groups()) {
            group.probe().ifPresent(probe -> byName.merge(probe.transform(), probe, TransformNumbers::sum));
        }
        return List.copyOf(byName.values());
    }

    @Override
    public Optional<String> userOf(String topic) {
        return table.all().stream()
                .filter(transform -> transform.uses(topic))
                .map(Transform::name)
                .findFirst();
    }

    /** Stops every processor, commits what they processed, and writes what they printed. */
    @Override
    public void close() {
        dispatcher.close();
        commits.flush();
        log.flush();
        timer.shutdownNow();
        wasm.close();
    }
}
