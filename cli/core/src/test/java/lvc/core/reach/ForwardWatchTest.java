package lvc.core.reach;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.event.Event;
import lvc.core.event.Event.BrokersBack;
import lvc.core.event.Event.BrokersLost;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.kube.PodSeen;
import lvc.core.port.Forwards;
import lvc.core.reach.BrokerPorts.Broker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ForwardWatchTest {
    private static final BrokerPorts PORTS =
            new BrokerPorts("n", Map.of(), 9094, 9644, List.of(new Broker("r-0", 9094), new Broker("r-1", 9095)));
    private static final PodSeen.Container WAITS =
            new PodSeen.Container("redpanda", Optional.of("CrashLoopBackOff"), "", 3, Optional.of(1), "Error");

    private final Map<String, PodSeen> pods = new TreeMap<>();
    private final Map<String, String> broken = new HashMap<>();
    private final Map<String, String> silent = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private boolean apiServer = true;
    private final ForwardWatch watch = new ForwardWatch(PORTS, this::seen, new Fakes(), events::add);

    ForwardWatchTest() {
        List.of("r-0", "r-1").forEach(this::running);
    }

    @Test
    void thereIsNothingToSayWhileAllIsWell() {
        look();
        look();
        assertThat(events).isEmpty();
    }

    @Test
    void whatIsLostIsSaidOnceAndSoIsThatItIsBack() {
        pods.put("r-1", pod("r-1", "Running", true, Optional.empty()));
        look();
        pods.remove("r-1");
        look();
        pods.put("r-1", pod("r-1", "Pending", false, Optional.of("no node has room")));
        look();
        running("r-1");
        look();
        look();

        assertThat(events)
                .containsExactly(
                        new BrokersLost(List.of("r-1"), "the pod is being deleted"), new BrokersBack(List.of("r-1")));
    }

    @Test
    void aPodThatWasReplacedBetweenTwoLooksIsLostAndBack() {
        look();
        pods.put("r-0", new PodSeen("r-0", "Running", true, false, "", Optional.empty(), List.of(), "other"));
        look();
        look();
        PodSeen.Container restarted =
                new PodSeen.Container("redpanda", Optional.empty(), "", 1, Optional.of(1), "Error");
        pods.put("r-0", new PodSeen("r-0", "Running", true, false, "", Optional.empty(), List.of(restarted), "other"));
        look();
        look();
        look();

        BrokersLost replaced = new BrokersLost(List.of("r-0"), "the pod was started again");
        BrokersBack back = new BrokersBack(List.of("r-0"));
        assertThat(events).containsExactly(replaced, back, replaced, back);
    }

    @Test
    void aPodThatRunsIsNotBackBeforeItsBrokerAnswers() {
        broken.put("r-0", "connection refused");
        silent.put("r-0", "the broker is starting");
        look();
        look();
        assertThat(events).containsExactly(new BrokersLost(List.of("r-0"), "connection refused"));

        silent.clear();
        look();
        assertThat(events).endsWith(new BrokersBack(List.of("r-0"))).hasSize(2);
    }

    @Test
    void withoutTheApiServerAllAreLostTogether() {
        apiServer = false;
        look();
        look();
        apiServer = true;
        look();

        assertThat(events)
                .containsExactly(
                        new BrokersLost(List.of("r-0", "r-1"), "Connection refused"),
                        new BrokersBack(List.of("r-0", "r-1")));
    }

    @Test
    void reasonsAreThoseOfThePods() {
        pods.put("r-0", new PodSeen("r-0", "Running", false, false, "", Optional.empty(), List.of(WAITS)));
        pods.put("r-1", pod("r-1", "Pending", false, Optional.of("no node has room")));
        look();

        assertThat(events)
                .containsExactly(
                        new BrokersLost(List.of("r-0"), "the pod is Running: CrashLoopBackOff"),
                        new BrokersLost(List.of("r-1"), "the pod is Pending: no node has room"));
    }

    @Test
    void connectionsToOthersDoNotMatter() {
        broken.put("minio-0", "gone");
        look();
        assertThat(events).isEmpty();
    }

    @Test
    void oneIsEnoughToBegin() {
        pods.remove("r-0");
        watch.demandOne();

        pods.put("r-1", pod("r-1", "Pending", false, Optional.empty()));
        Fault fault = catchThrowableOfType(Fault.class, watch::demandOne);
        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(fault.why()).isEqualTo("r-0: there is no such pod; r-1: the pod is Pending");
    }

    private void look() {
        watch.look();
    }

    private void running(String name) {
        pods.put(name, pod(name, "Running", false, Optional.empty()));
    }

    private static PodSeen pod(String name, String phase, boolean going, Optional<String> unschedulable) {
        return new PodSeen(name, phase, true, going, "", unschedulable, List.of());
    }

    private List<PodSeen> seen() {
        if (!apiServer) {
            throw Fault.unreachable("pods not read", "Connection refused", "");
        }
        return List.copyOf(pods.values());
    }

    private final class Fakes implements Forwards {
        @Override
        public Map<String, String> broken() {
            Map<String, String> since = Map.copyOf(broken);
            broken.clear();
            return since;
        }

        @Override
        public Optional<String> silent(String pod) {
            return Optional.ofNullable(silent.get(pod));
        }
    }
}
