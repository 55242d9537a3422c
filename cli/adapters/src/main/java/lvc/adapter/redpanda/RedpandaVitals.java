package lvc.adapter.redpanda;

import java.util.ArrayList;
import java.util.List;
import lvc.core.port.Vitals;
import lvc.core.report.BrokerSeen;

/** How each broker is, through the Admin API. */
public final class RedpandaVitals implements Vitals {
    private final AdminApi admin;

    public RedpandaVitals(AdminApi admin) {
        this.admin = admin;
    }

    @Override
    public List<BrokerSeen> brokers() {
        List<BrokerSeen> brokers = new ArrayList<>();
        admin.list("/v1/brokers", "brokers not looked at")
                .forEach(broker -> brokers.add(new BrokerSeen(
                        broker.path("node_id").asInt(),
                        broker.path("version").asText(""),
                        broker.path("is_alive").asBoolean(true),
                        broker.path("membership_status").asText(""),
                        broker.path("maintenance_status").path("draining").asBoolean())));
        return brokers;
    }
}
