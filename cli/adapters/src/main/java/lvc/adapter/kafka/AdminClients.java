package lvc.adapter.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import lvc.core.fault.Fault;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Makes clients of Kafka's admin protocol. */
final class AdminClients {
    private static final int LONGEST_REQUEST_MILLIS = 30_000;

    private AdminClients() {}

    /**
     * Opens no connection yet.
     *
     * @param connection client properties: bootstrap.servers and, where needed, security
     * @param timeout for every single call
     * @throws Fault USAGE when the properties make no client
     */
    static Admin open(Map<String, Object> connection, Duration timeout) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                Math.min(timeout.toMillis(), LONGEST_REQUEST_MILLIS));
        return Clients.make(properties, Admin::create);
    }

    /**
     * Makes sure that these properties make a client. Opens no connection.
     *
     * @throws Fault USAGE
     */
    static void demand(Map<String, Object> connection, Duration timeout) {
        open(connection, timeout).close(Duration.ZERO);
    }
}
