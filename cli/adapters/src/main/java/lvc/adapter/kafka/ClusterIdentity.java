package lvc.adapter.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import lvc.core.port.Pause;
import org.apache.kafka.clients.admin.Admin;

/** Which cluster it is that speaks Kafka at an address. */
public final class ClusterIdentity {
    private ClusterIdentity() {}

    /**
     * Asks for the cluster's id.
     *
     * @param connection client properties but bootstrap.servers
     * @param address host and port
     * @return empty when nobody there says one in time
     */
    public static Optional<String> at(Map<String, Object> connection, String address, Duration timeout) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.put("bootstrap.servers", address);
        try (Admin admin = AdminClients.open(properties, timeout)) {
            return Optional.ofNullable(admin.describeCluster().clusterId().get());
        } catch (ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        }
    }
}
