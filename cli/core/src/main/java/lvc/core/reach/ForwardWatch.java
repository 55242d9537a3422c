package lvc.core.reach;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.kube.PodSeen;
import lvc.core.port.Forwards;

/**
 * Knows which brokers can be reached through their port-forwards. It says once when one is lost, and once when it is back:
 * lost is one whose pod is not running or is another one, or to which a connection was not made; back is one that has answered.
 */
public final class ForwardWatch {
    private static final String RUNNING = "Running";

    private final BrokerPorts ports;
    private final Supplier<List<PodSeen>> pods;
    private final Forwards forwards;
    private final Consumer<Event> events;
    private final Set<String> lost = new LinkedHashSet<>();
    private final Map<String, String> lives = new HashMap<>();

    /** @param pods asks the API server for the pods of the brokers; throws a {@link Fault} when it does not answer */
    public ForwardWatch(BrokerPorts ports, Supplier<List<PodSeen>> pods, Forwards forwards, Consumer<Event> events) {
        this.ports = ports;
        this.pods = pods;
        this.forwards = forwards;
        this.events = events;
    }

    /**
     * Makes sure that there is somebody to talk to.
     *
     * @throws Fault UNREACHABLE when no pod runs, with what each of them does
     */
    public void demandOne() {
        Map<String, String> away = away(pods.get());
        if (away.size() == ports.brokers().size()) {
            throw Fault.unreachable(
                    "no broker reached",
                    away.entrySet().stream()
                            .map(pod -> pod.getKey() + ": " + pod.getValue())
                            .collect(Collectors.joining("; ")),
                    "lvc install goes on with what it has begun; kubectl get pods -n " + ports.namespace());
        }
    }

    /** Looks once, and says what has changed. */
    public void look() {
        Map<String, String> away = new LinkedHashMap<>(forwards.broken());
        away.putAll(unreachable());
        tellLost(away);
        tellBack(away.keySet());
    }

    private Map<String, String> unreachable() {
        try {
            return away(pods.get());
        } catch (Fault apiServer) {
            return ports.brokers().stream()
                    .map(BrokerPorts.Broker::pod)
                    .collect(Collectors.toMap(Function.identity(), pod -> apiServer.why()));
        }
    }

    private Map<String, String> away(List<PodSeen> seen) {
        Map<String, PodSeen> byName = seen.stream().collect(Collectors.toMap(PodSeen::name, Function.identity()));
        Map<String, String> away = new LinkedHashMap<>();
        for (BrokerPorts.Broker broker : ports.brokers()) {
            reason(Optional.ofNullable(byName.get(broker.pod()))).ifPresent(why -> away.put(broker.pod(), why));
        }
        return away;
    }

    private Optional<String> reason(Optional<PodSeen> seen) {
        if (seen.isEmpty()) {
            return Optional.of("there is no such pod");
        }
        PodSeen pod = seen.get();
        String before = lives.put(pod.name(), pod.life());
        if (pod.going()) {
            return Optional.of("the pod is being deleted");
        }
        Optional<String> waiting = pod.containers().stream()
                .flatMap(each -> each.waiting().stream())
                .findFirst();
        if (pod.phase().equals(RUNNING) && waiting.isEmpty()) {
            // All of it may have happened between two looks.
            return before == null || before.equals(pod.life())
                    ? Optional.empty()
                    : Optional.of("the pod was started again");
        }
        return Optional.of("the pod is " + pod.phase()
                + pod.unschedulable().or(() -> waiting).map(why -> ": " + why).orElse(""));
    }

    private void tellLost(Map<String, String> away) {
        Map<String, List<String>> news = new LinkedHashMap<>();
        for (BrokerPorts.Broker broker : ports.brokers()) {
            String why = away.get(broker.pod());
            if (why != null && lost.add(broker.pod())) {
                news.computeIfAbsent(why, reason -> new ArrayList<>()).add(broker.pod());
            }
        }
        news.forEach((why, which) -> events.accept(new Event.BrokersLost(which, why)));
    }

    private void tellBack(Set<String> away) {
        List<String> back = lost.stream()
                .filter(pod -> !away.contains(pod) && forwards.silent(pod).isEmpty())
                .toList();
        lost.removeAll(back);
        if (!back.isEmpty()) {
            events.accept(new Event.BrokersBack(back));
        }
    }
}
