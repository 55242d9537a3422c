package lvc.acceptance.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * One Redpanda broker in a container, with transforms. Its start-up file is there before it starts, for transforms cannot be
 * turned on without a restart; and clients come to the same port outside as inside, for it is what the broker tells them.
 */
final class RedpandaBroker extends GenericContainer<RedpandaBroker> {
    private static final int ADMIN = 9644;
    private static final String BOOTSTRAP = """
            data_transforms_enabled: true
            auto_create_topics_enabled: false
            log_compaction_interval_ms: 1000
            log_segment_ms_min: 1000
            """;

    private final int kafkaPort = freePort();

    RedpandaBroker(DockerImageName image) {
        super(image);
        addFixedExposedPort(kafkaPort, kafkaPort);
        addExposedPort(ADMIN);
        withCopyToContainer(Transferable.of(BOOTSTRAP), "/etc/redpanda/.bootstrap.yaml");
        withCommand(
                "redpanda",
                "start",
                "--mode=dev-container",
                "--smp=1",
                "--memory=1G",
                "--kafka-addr=0.0.0.0:" + kafkaPort,
                "--advertise-kafka-addr=" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + kafkaPort);
        waitingFor(Wait.forHttp("/v1/status/ready")
                .forPort(ADMIN)
                .forResponsePredicate(body -> body.contains("\"ready\""))
                .withStartupTimeout(Duration.ofMinutes(2)));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where Kafka clients come to. */
    String brokers() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + kafkaPort;
    }

    /** Where the Admin API is. */
    String admin() {
        return "http://" + getHost() + ":" + getMappedPort(ADMIN);
    }

    /** What lvc needs to know of it. */
    Map<String, String> settings() {
        return Map.of("LVC_BROKERS", brokers(), "LVC_ADMIN", admin());
    }
}
