package lvc.core.port;

import java.util.List;
import lvc.core.report.BrokerSeen;

/** How each broker of the cluster is. */
public interface Vitals {

    /** All brokers that belong to the cluster, alive or not. */
    List<BrokerSeen> brokers();
}
