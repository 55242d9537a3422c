package lvc.sandbox.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

import static java.util.Objects.requireNonNull;

/** The servers of Apache Kafka, controller and broker, on sockets that are bound before they start. */
final class KafkaNode {

    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final ControllerServer controller;
    private final BrokerServer broker;
    private final Metrics metrics;
    private final String clusterId;

    private KafkaNode(ControllerServer controller, BrokerServer broker, Metrics metrics, String clusterId) {
        this.controller = controller;
        this.broker = broker;
        this.metrics = metrics;
        this.clusterId = clusterId;
    }

    /** Sockets on 127.0.0.1 that nobody else can take any more. */
    record Sockets(ServerSocketChannel clients, Optional<ServerSocketChannel> forwarded, ServerSocketChannel controller)
            implements AutoCloseable {

        static Sockets bind(BrokerOptions options) throws IOException {
            ServerSocketChannel clients = bindOne(options.port());
            try {
                Optional<ServerSocketChannel> forwarded =
                        options.forwardedPort().isPresent() ? Optional.of(bindOne(0)) : Optional.empty();
                return new Sockets(clients, forwarded, bindOne(0));
            } catch (IOException e) {
                clients.close();
                throw e;
            }
        }

        private static ServerSocketChannel bindOne(int port) throws IOException {
            ServerSocketChannel socket = ServerSocketChannel.open();
            try {
                socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                socket.bind(local(port));
                socket.configureBlocking(false);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw new PortTaken(port, e);
            }
        }

        int clientPort() {
            return clients.socket().getLocalPort();
        }

        OptionalInt forwardedPort() {
            return forwarded
                    .map(socket -> OptionalInt.of(socket.socket().getLocalPort()))
                    .orElseGet(OptionalInt::empty);
        }

        int controllerPort() {
            return controller.socket().getLocalPort();
        }

        @Override
        public void close() throws IOException {
            clients.close();
            if (forwarded.isPresent()) {
                forwarded.get().close();
            }
            controller.close();
        }
    }

    /**
     * Creates the servers on a directory, which is formatted if it is new. They do not run yet.
     *
     * @throws IOException when the directory cannot be used
     */
    static KafkaNode create(
            BrokerOptions options, Sockets sockets, Rules rules, MetadataWatch metadata, FaultLog faults)
            throws IOException {
        Path directory = options.directory();
        if (!Files.exists(directory.resolve("meta.properties"))) {
            format(directory);
        }
        KafkaConfig config = KafkaConfig.fromProps(BrokerSettings.of(options, sockets, rules), false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> opened =
                KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(KafkaNode.class), "");
        String clusterId = opened._1().clusterId().orElseThrow(() -> new IOException("no cluster id in " + directory));
        Metrics metrics = Server.initializeMetrics(config, Time.SYSTEM, clusterId);
        Map<String, ServerSocketChannel> bound = new ConcurrentHashMap<>(
                Map.of(BrokerSettings.CLIENTS, sockets.clients(), BrokerSettings.CONTROLLER, sockets.controller()));
        sockets.forwarded().ifPresent(socket -> bound.put(BrokerSettings.FORWARDED, socket));
        SharedServer shared = new SharedServer(
                config,
                opened._1(),
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(Map.of(BrokerSettings.NODE, local(sockets.controllerPort()))),
                List.of(),
                faults,
                (listener, address, backlog, buffer) -> requireNonNull(bound.remove(listener), listener));
        ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), opened._2());
        BrokerServer broker = new BrokerServer(shared);
        Differences.install(shared, broker, rules, metadata);
        return new KafkaNode(controller, broker, metrics, clusterId);
    }

    private static InetSocketAddress local(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private static void format(Path directory) throws IOException {
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(BrokerSettings.NODE)
                    .setClusterId("redpanda." + UUID.randomUUID())
                    .addDirectory(directory.toAbsolutePath().toString())
                    .setMetadataLogDirectory(directory.toAbsolutePath().toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot make " + directory + " a data directory: " + e.getMessage(), e);
        }
    }

    /** Starts both servers; the caller closes this node when that fails. */
    void start(MetadataWatch metadata) {
        controller.startup();
        broker.startup();
        broker.sharedServer().loader().installPublishers(List.of(metadata)).join();
    }

    BrokerServer broker() {
        return broker;
    }

    ControllerServer controller() {
        return controller;
    }

    String clusterId() {
        return clusterId;
    }

    /** Stops everything; open requests are answered first, within some seconds. */
    void close() {
        broker.shutdown(SHUTDOWN);
        controller.shutdown();
        metrics.close();
    }
}
