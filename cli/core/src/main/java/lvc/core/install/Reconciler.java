package lvc.core.install;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.port.Brokers;
import lvc.core.port.Configuration;
import lvc.core.report.ClusterOverview;
import lvc.core.report.NodeConfig;
import lvc.core.wait.Wait;
import lvc.core.wait.Wait.Look;

/**
 * Gives the cluster the properties that it is to have. Redpanda reads those of its start-up file once, on an empty disk;
 * over a volume that was kept, or with other credentials, only the Admin API changes them.
 */
final class Reconciler {
    private static final String ACCESS_KEY = "cloud_storage_access_key";
    private static final String SECRET_KEY = "cloud_storage_secret_key";
    private static final String NEXT = "lvc check; when that is mended, the same command goes on from here";

    private final Wait wait;
    private final Consumer<Event> events;

    Reconciler(Wait wait, Consumer<Event> events) {
        this.wait = wait;
        this.events = events;
    }

    /**
     * Sets the properties that have other values.
     *
     * @param wanted but for the credentials of the object store
     * @param keys these credentials. Nobody can read the secret one back, but the other one changes with it
     * @return whether something counts only when the brokers are started again
     * @throws Fault FAILED when the cluster has something against a value
     */
    boolean set(Brokers brokers, Map<String, Object> wanted, Credentials keys) {
        Configuration configuration = brokers.configuration();
        Map<String, Object> differing = differing(configuration.values(), wanted, keys);
        if (!differing.isEmpty()) {
            demandTaken(configuration.objections(differing));
            awaitVersion(configuration, configuration.change(differing));
        }
        boolean restart = configuration.nodes().stream().anyMatch(NodeConfig::restart);
        events.accept(new Event.ConfigurationSet(List.copyOf(differing.keySet()), restart));
        complaints(configuration).forEach(complaint -> events.accept(new Event.Warned(complaint)));
        return restart;
    }

    private static Map<String, Object> differing(
            Map<String, Object> now, Map<String, Object> wanted, Credentials keys) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String name : new TreeSet<>(wanted.keySet())) {
            Object value = wanted.get(name);
            if (value != null && !value.toString().equals(String.valueOf(now.get(name)))) {
                all.put(name, value);
            }
        }
        if (!keys.user().equals(now.get(ACCESS_KEY))) {
            all.put(ACCESS_KEY, keys.user());
            all.put(SECRET_KEY, keys.password());
        }
        return all;
    }

    private static void demandTaken(Map<String, String> objections) {
        if (!objections.isEmpty()) {
            throw Fault.failed(
                    "cluster properties not set",
                    objections.entrySet().stream()
                            .map(each -> each.getKey() + ": " + each.getValue())
                            .sorted()
                            .collect(Collectors.joining("; ")),
                    "does install.image.redpanda go with these manifests? manifests/redpanda/configmap.yaml has the"
                            + " properties");
        }
    }

    private void awaitVersion(Configuration configuration, long version) {
        await("all brokers work with version " + version + " of the configuration", () -> configuration.nodes().stream()
                .filter(node -> node.version() < version)
                .map(node -> "broker " + node.node() + " works with version " + node.version())
                .toList());
    }

    /** Returns when all brokers have been started again since something counts that needs it. */
    void awaitRestarted(Brokers brokers) {
        await("no broker waits for a restart", () -> brokers.configuration().nodes().stream()
                .filter(NodeConfig::restart)
                .map(node -> "broker " + node.node() + " has not been restarted")
                .toList());
    }

    /** Waits until there is no reason any more to wait. A broker that is ready may need a moment until it is reached. */
    private void await(String what, Supplier<Collection<String>> reasons) {
        wait.until(what, NEXT, () -> {
            try {
                Collection<String> now = reasons.get();
                return now.isEmpty() ? Look.done() : Look.waiting(String.join(", ", now));
            } catch (Fault fault) {
                if (fault.exit() == Exit.UNREACHABLE) {
                    return Look.waiting(fault.why());
                }
                throw fault;
            }
        });
    }

    private static List<String> complaints(Configuration configuration) {
        List<String> complaints = new ArrayList<>();
        for (NodeConfig node : configuration.nodes()) {
            if (!node.invalid().isEmpty()) {
                complaints.add("broker " + node.node() + " cannot use its " + String.join(", ", node.invalid()));
            }
            if (!node.unknown().isEmpty()) {
                complaints.add("broker " + node.node() + " does not know " + String.join(", ", node.unknown()));
            }
        }
        return complaints;
    }

    /** Returns when as many brokers as there should be are one healthy cluster. */
    void awaitHealthy(Brokers brokers, int wanted) {
        await("the cluster is healthy", () -> {
            ClusterOverview now = brokers.cluster().overview();
            Set<String> reasons = new TreeSet<>(now.unhealthy());
            if (now.brokers().size() < wanted) {
                reasons.add(now.brokers().size() + " of " + wanted + " brokers have joined");
            }
            return reasons;
        });
        events.accept(new Event.BrokersHealthy(brokers.cluster().overview()));
    }
}
