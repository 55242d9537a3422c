package lvc.sandbox;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import lvc.sandbox.admin.AdminServer;
import lvc.sandbox.admin.Node;
import lvc.sandbox.broker.Broker;
import lvc.sandbox.broker.BrokerOptions;
import lvc.sandbox.broker.DirectoryTaken;
import lvc.sandbox.broker.PortTaken;
import lvc.sandbox.config.ClusterConfig;
import lvc.sandbox.config.Faults;
import lvc.sandbox.transform.Transforms;

/**
 * A cluster in a box: the broker, the transform engine and the Admin API, wired and running. Everything listens on
 * 127.0.0.1 only. {@link #close} stops it cleanly; what lies in a named data directory is there again at the next
 * start.
 */
public final class Sandbox implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Sandbox.class.getName());
    private static final String CLUSTER_ID_PREFIX = "redpanda.";

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Faults faults = new Faults();
    private final ClusterConfig config;
    private final Broker broker;
    private final Transforms transforms;
    private final AdminServer admin;

    /**
     * Starts a sandbox and returns when clients can use all of it.
     *
     * @throws StartRefused when a port or the data directory is taken; nothing was touched
     * @throws IOException when the data directory cannot be used
     * @throws IllegalArgumentException when a setting is unknown or its value is wrong
     */
    public static Sandbox start(SandboxOptions options) throws IOException {
        return new Sandbox(options);
    }

    private Sandbox(SandboxOptions options) throws IOException {
        try {
            DataDirectory directory = options.data().isPresent()
                    ? DataDirectory.kept(options.data().get())
                    : DataDirectory.temporary(DataDirectory.parent());
            running.push(directory);
            config = config(options, directory.path());
            admin = adminOn(options);
            running.push(admin);
            CompletableFuture<Transforms> engine = new CompletableFuture<>();
            broker = brokerOn(options, directory.path(), engine);
            running.push(broker);
            transforms =
                    new Transforms(broker, config, faults, directory.path().resolve("transforms"), options.timings());
            running.push(transforms);
            engine.complete(transforms);
            admin.serve(transforms, broker, broker::bytes, node(directory));
            // Bound first, but stopped first as well: who asks during the stop gets no answer instead of half of one.
            running.remove(admin);
            running.push(admin);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private ClusterConfig config(SandboxOptions options, Path directory) throws IOException {
        ClusterConfig opened = ClusterConfig.open(directory, faults);
        for (Map.Entry<String, String> setting : options.settings().entrySet()) {
            opened.put(setting.getKey(), setting.getValue());
        }
        if (options.abi3()) {
            faults.set(Faults.Fault.ABI_3, "true");
        }
        return opened;
    }

    private AdminServer adminOn(SandboxOptions options) throws IOException {
        int port = options.admin().port();
        try {
            return AdminServer.bind(options.admin(), config, faults);
        } catch (BindException e) {
            throw portTaken(port, "--admin-port", e);
        }
    }

    private Broker brokerOn(SandboxOptions options, Path directory, CompletableFuture<Transforms> engine)
            throws IOException {
        try {
            return Broker.start(
                    new BrokerOptions(directory.resolve("broker"), options.kafkaPort(), options.forwardedPort()),
                    config,
                    topic -> Optional.ofNullable(engine.getNow(null)).flatMap(known -> known.userOf(topic)));
        } catch (PortTaken e) {
            throw portTaken(options.kafkaPort(), "--kafka-port", e);
        } catch (DirectoryTaken e) {
            throw new StartRefused(
                    "the sandbox did not start: its data directory is in use",
                    String.valueOf(e.getMessage()),
                    "stop the other sandbox, or give another directory with --data",
                    e);
        }
    }

    private static StartRefused portTaken(int port, String option, IOException cause) {
        return new StartRefused(
                "the sandbox did not start: port " + port + " is taken",
                "another program listens on 127.0.0.1:" + port,
                "stop it, or give another port with " + option + " (0 picks a free one)",
                cause);
    }

    private Node node(DataDirectory directory) throws IOException {
        String id = broker.clusterId();
        String uuid = id.startsWith(CLUSTER_ID_PREFIX) ? id.substring(CLUSTER_ID_PREFIX.length()) : id;
        return new Node(Broker.NODE, uuid, directory.created(), broker.port(), directory.path());
    }

    /** Address for Kafka clients, {@code 127.0.0.1:PORT}. */
    public String brokers() {
        return broker.bootstrap();
    }

    /** Address to which {@link SandboxOptions#forwardedPort} is to be forwarded. */
    public Optional<String> forwardTo() {
        return broker.forwardTo();
    }

    /** Address of the Admin API. */
    public URI admin() {
        return admin.uri();
    }

    /** The broker. */
    public Broker broker() {
        return broker;
    }

    /** The cluster properties. */
    public ClusterConfig config() {
        return config;
    }

    /** The fault switches. */
    public Faults faults() {
        return faults;
    }

    /** The transform engine. */
    public Transforms transforms() {
        return transforms;
    }

    /** Stops everything in the reverse order of the start. A second call does nothing. */
    @Override
    public void close() {
        synchronized (running) {
            while (!running.isEmpty()) {
                try {
                    running.pop().close();
                } catch (Exception e) {
                    LOG.log(Level.WARNING, "stopping the sandbox", e);
                }
            }
        }
    }
}
