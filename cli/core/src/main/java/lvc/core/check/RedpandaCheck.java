package lvc.core.check;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lvc.core.fault.Fault;
import lvc.core.port.Cluster;
import lvc.core.port.Configuration;
import lvc.core.port.Licences;
import lvc.core.port.Pause;
import lvc.core.port.Vitals;
import lvc.core.report.BrokerSeen;
import lvc.core.report.Finding;

/** Looks at a Redpanda cluster over its Admin API. Changes nothing. */
public final class RedpandaCheck {
    private final Cluster cluster;
    private final Vitals vitals;
    private final Configuration configuration;
    private final Licences licences;
    private final Pause clock;
    private final Consumer<Finding> findings;

    public RedpandaCheck(
            Cluster cluster,
            Vitals vitals,
            Configuration configuration,
            Licences licences,
            Pause clock,
            Consumer<Finding> findings) {
        this.cluster = cluster;
        this.vitals = vitals;
        this.configuration = configuration;
        this.licences = licences;
        this.clock = clock;
        this.findings = findings;
    }

    /**
     * Looks at everything.
     *
     * @throws Fault UNREACHABLE when no broker answers
     */
    public void run() {
        List<BrokerSeen> brokers = vitals.brokers();
        Redpanda.brokers(brokers).forEach(findings);
        look("health", () -> List.of(Redpanda.health(cluster.overview().unhealthy())));
        look("configuration", () -> Redpanda.configuration(configuration.nodes()));
        look("transforms", () -> List.of(Redpanda.transforms(cluster.setting("data_transforms_enabled"))));
        look("tiered storage", () -> List.of(Redpanda.tiered(cluster.setting("cloud_storage_enabled"))));
        look("licence", () -> List.of(Redpanda.licence(licences.licence(), clock.now())));
    }

    /** A broker that has answered once and refuses now tells something as well. */
    private void look(String about, Supplier<List<Finding>> look) {
        try {
            look.get().forEach(findings);
        } catch (Fault fault) {
            findings.accept(Finding.bad(about, fault.what() + ": " + fault.why(), fault.next()));
        }
    }
}
