package lvc.cli.wiring;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lvc.adapter.kafka.ClusterIdentity;
import lvc.adapter.kube.KubeConnection;
import lvc.adapter.kube.KubeForward;
import lvc.adapter.kube.KubeObjects;
import lvc.adapter.redpanda.AdminApi;
import lvc.adapter.redpanda.RedpandaCluster;
import lvc.cli.Environment;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.port.Forwards;
import lvc.core.reach.BrokerPorts;
import lvc.core.reach.BrokerPorts.Broker;
import lvc.core.reach.ForwardWatch;

/**
 * The brokers of a cluster in Kubernetes on ports of this machine. The ports of Kafka's protocol are those that the brokers
 * tell their clients; those of the Admin API may be any. All are let go when this is closed.
 */
public final class PortForwards implements Forwards, AutoCloseable {
    private static final String LOCAL = "127.0.0.1";
    private static final int ADMIN_PORT = 9644;
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Settings settings;
    private final KubeObjects objects;
    private final KubeForward forward;
    private final Map<String, String> broken = new HashMap<>();
    private final Map<String, URI> admin = new LinkedHashMap<>();
    private final String context;
    private final BrokerPorts ports;

    private PortForwards(Environment environment, Settings settings) {
        this.settings = settings;
        KubeConnection connection = Site.connection(environment, settings);
        this.objects = new KubeObjects(connection);
        this.forward = new KubeForward(connection, this::remember);
        try {
            this.context = objects.overview().context();
            this.ports = find();
            watch(event -> {}).demandOne();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private BrokerPorts find() {
        String namespace = settings.value(Setting.REDPANDA_NAMESPACE).text();
        return objects.find(BrokerPorts.set(namespace))
                .map(BrokerPorts::of)
                .orElseThrow(() -> Fault.refused(
                        "no broker reached",
                        "nothing is installed in context " + context + ": there is no " + BrokerPorts.set(namespace),
                        "lvc install --context " + context));
    }

    /**
     * Opens the ports that one command needs. Those of Kafka's protocol that somebody else has already are used as they
     * are, if they lead to the same cluster, as those of lvc port-forward in another terminal do; they become this command's
     * own when the other one lets go.
     *
     * @throws Fault REFUSED when nothing is installed, or something else has a port; UNREACHABLE when no pod runs
     */
    static PortForwards ofOneCommand(Environment environment, Settings settings) {
        return new PortForwards(environment, settings).opened(forwards -> {
            forwards.openAdmin(Optional.of(0));
            forwards.ports.brokers().stream()
                    .filter(broker -> !forwards.openKafka(broker))
                    .forEach(forwards::share);
        });
    }

    /**
     * Opens all ports for others to use.
     *
     * @param adminPort of the first broker's Admin API, the others get the next ones; 0 for any that are free; empty for
     *     the usual ones, or any where those are taken
     * @throws Fault REFUSED when nothing is installed, or a port is taken; UNREACHABLE when no pod runs
     */
    static PortForwards ofOthers(Environment environment, Settings settings, Optional<Integer> adminPort) {
        return new PortForwards(environment, settings).opened(forwards -> {
            forwards.ports.brokers().stream()
                    .filter(broker -> !forwards.openKafka(broker))
                    .findFirst()
                    .ifPresent(broker -> {
                        throw taken(broker, "lvc port-forward in another terminal would be enough for all");
                    });
            forwards.openAdmin(adminPort);
        });
    }

    private PortForwards opened(Consumer<PortForwards> open) {
        try {
            open.accept(this);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void openAdmin(Optional<Integer> wanted) {
        for (Broker broker : ports.brokers()) {
            int number = admin.size();
            int port = wanted.map(first -> first == 0 ? first : (Integer) (first + number))
                    .map(local -> forward.forward(ports.namespace(), broker.pod(), ports.admin(), local))
                    .orElseGet(() -> forward.forwardIfFree(
                                    ports.namespace(), broker.pod(), ports.admin(), ADMIN_PORT + number)
                            .orElseGet(() -> forward.forward(ports.namespace(), broker.pod(), ports.admin(), 0)));
            admin.put(broker.pod(), URI.create("http://" + LOCAL + ":" + port));
        }
    }

    private boolean openKafka(Broker broker) {
        return forward.forwardIfFree(ports.namespace(), broker.pod(), ports.kafka(), broker.kafka())
                .isPresent();
    }

    /** Uses a port that somebody else has. */
    private void share(Broker broker) {
        Set<String> ids = new RedpandaCluster(api(List.copyOf(admin.values()), settings.timeout())).kafkaIds();
        Optional<String> found = ClusterIdentity.at(settings.kafka(), address(broker), SHORT);
        if (found.filter(ids::contains).isEmpty()) {
            throw taken(
                    broker,
                    found.map(id -> "the cluster there is " + id + " and not " + String.join(" or ", ids))
                            .orElse("and no Kafka broker answers there"));
        }
        forward.forwardOnceFree(ports.namespace(), broker.pod(), ports.kafka(), broker.kafka());
    }

    private static Fault taken(Broker broker, String more) {
        return Fault.refused(
                "port " + broker.kafka() + " not forwarded to " + broker.pod(),
                "something else listens on " + address(broker) + ", where this broker tells its clients to come; "
                        + more,
                "stop it, or choose other ports: lvc install with another install.kafka-port");
    }

    private static String address(Broker broker) {
        return LOCAL + ":" + broker.kafka();
    }

    /** The cluster, as others see it through these ports. */
    ChosenCluster cluster() {
        return new ChosenCluster(
                ports.brokers().stream().map(PortForwards::address).collect(Collectors.joining(",")),
                List.copyOf(admin.values()),
                "port-forward to context " + context + ", namespace " + ports.namespace(),
                true);
    }

    /** Where the brokers are now. */
    public Event ready() {
        ChosenCluster cluster = cluster();
        return new Event.PortsForwarded(
                cluster.brokers(),
                cluster.admin().stream().map(URI::toString).collect(Collectors.joining(",")),
                context,
                ports.namespace());
    }

    /** Knows which brokers can be reached. */
    public ForwardWatch watch(Consumer<Event> events) {
        return new ForwardWatch(ports, () -> objects.pods(ports.namespace(), ports.labels()), this, events);
    }

    private void remember(String pod, String why) {
        synchronized (broken) {
            broken.put(pod, why);
        }
    }

    @Override
    public Map<String, String> broken() {
        synchronized (broken) {
            Map<String, String> since = Map.copyOf(broken);
            broken.clear();
            return since;
        }
    }

    @Override
    public Optional<String> silent(String pod) {
        List<URI> address = new ArrayList<>();
        Optional.ofNullable(admin.get(pod)).ifPresent(address::add);
        try {
            return new RedpandaCluster(api(address, SHORT)).ready()
                    ? Optional.empty()
                    : Optional.of("the broker is starting");
        } catch (Fault fault) {
            return Optional.of(fault.why());
        }
    }

    private AdminApi api(List<URI> addresses, Duration timeout) {
        ChosenCluster some = new ChosenCluster("", addresses, "", true);
        return new AdminApi(Workbench.adminConnection(settings, some.admin(), some.forwarded()), timeout);
    }

    @Override
    public void close() {
        forward.close();
        objects.close();
    }
}
