package lvc.core.reach;

import java.util.List;
import java.util.Map;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.kube.Manifest;
import lvc.core.reach.BrokerPorts.Broker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class BrokerPortsTest {

    @Test
    void everyBrokerHasThePortThatItTellsItsClients() {
        BrokerPorts ports = BrokerPorts.of(set(3, "19094"));

        assertThat(ports.namespace()).isEqualTo("prices");
        assertThat(ports.labels()).isEqualTo(Map.of("app", "redpanda"));
        assertThat(ports.kafka()).isEqualTo(9094);
        assertThat(ports.admin()).isEqualTo(9644);
        assertThat(ports.brokers())
                .containsExactly(
                        new Broker("redpanda-0", 19094),
                        new Broker("redpanda-1", 19095),
                        new Broker("redpanda-2", 19096));
    }

    @Test
    void aSetOfSomebodyElseIsLeftAlone() {
        Manifest set = set(1, "9094");

        assertThat(refusal(set.with("spec/template/spec/initContainers", List.of())))
                .contains("StatefulSet prices/redpanda was not made by lvc");
        assertThat(refusal(set(1, "none"))).contains("not made by lvc");
        assertThat(refusal(set.with("spec/template/spec/containers", List.of())))
                .contains("not made by lvc");
        assertThat(refusal(
                        set.with("spec/template/spec/containers", List.of(container(List.of(port("forwarded", 1)))))))
                .contains("not made by lvc");
    }

    @Test
    void aSetWithoutPodsReachesNobody() {
        assertThat(refusal(set(0, "9094"))).contains("spec.replicas is 0");
    }

    private static String refusal(Manifest set) {
        Fault fault = catchThrowableOfType(Fault.class, () -> BrokerPorts.of(set));
        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        return fault.why();
    }

    private static Manifest set(int replicas, String first) {
        return new Manifest(Map.of("apiVersion", "apps/v1", "kind", "StatefulSet"))
                .with("metadata/namespace", "prices")
                .with("metadata/name", "redpanda")
                .with("spec/replicas", replicas)
                .with("spec/selector/matchLabels/app", "redpanda")
                .with(
                        "spec/template/spec/initContainers",
                        List.of(Map.of(
                                "name",
                                "configure",
                                "env",
                                List.of(
                                        Map.of("name", "REPLICAS", "value", "1"),
                                        Map.of("name", "FORWARDED_PORT", "value", first)))))
                .with(
                        "spec/template/spec/containers",
                        List.of(container(List.of(port("kafka", 9093), port("forwarded", 9094), port("admin", 9644)))));
    }

    private static Map<String, Object> container(List<Map<String, Object>> ports) {
        return Map.of("name", "redpanda", "ports", ports);
    }

    private static Map<String, Object> port(String name, int number) {
        return Map.of("name", name, "containerPort", number);
    }
}
