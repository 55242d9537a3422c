package lvc.core.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.kube.Manifest;
import lvc.core.kube.Quantity;
import lvc.core.report.Finding;
import lvc.core.report.Finding.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoomTest {
    /** Three brokers of 1 CPU and 2560 MiB; an init container that asks for more CPU than the rest. */
    private static final List<Demand> BROKERS = Demand.of(List.of(set(3, "1", "2560Mi")));

    @ParameterizedTest
    @CsvSource({
        "100m,0.1",
        "2,2",
        "1.5,1.5",
        "2560Mi,2684354560",
        "20Gi,21474836480",
        "1k,1000",
        "1e3,1000",
        "500u,0.0005",
        "1E,1000000000000000000"
    })
    void amountsAreReadAsKubernetesWritesThem(String text, String number) {
        assertThat(Quantity.of(text).map(Quantity::plain)).contains(number);
    }

    @Test
    void whatIsNoAmountIsNone() {
        assertThat(Quantity.of("much")).isEmpty();
        assertThat(Quantity.of("")).isEmpty();
        assertThat(Quantity.of("1.2.3")).isEmpty();
    }

    @Test
    void aPodAsksForItsContainersTogetherOrItsLargestInitContainer() {
        Demand demand = BROKERS.get(0);
        assertThat(demand.pods()).isEqualTo(3);
        assertThat(Quantity.plain(demand.cpu())).isEqualTo("1.5");
        assertThat(Quantity.bytes(demand.memory())).isEqualTo("2.5Gi");
        assertThat(Quantity.bytes(demand.storage())).isEqualTo("20Gi");
        assertThat(demand.unlimited()).containsExactly("cpu");
    }

    @Test
    void podsThatFitEachOnItsNodeFit() {
        List<Manifest> nodes = List.of(node("a", "2", "3Gi"), node("b", "2", "3Gi"), node("c", "2", "3Gi"));
        assertThat(marks(nodes, List.of())).containsExactly(Mark.GOOD);
    }

    @Test
    void whatIsLeftIsWhatCounts() {
        List<Manifest> nodes = List.of(node("a", "8", "8Gi"), node("b", "2", "3Gi"), node("c", "2", "3Gi"));
        assertThat(marks(nodes, List.of(pod("a", "Running", "6Gi")))).containsExactly(Mark.BAD);
        assertThat(marks(nodes, List.of(pod("a", "Succeeded", "6Gi")))).containsExactly(Mark.GOOD);
        assertThat(marks(nodes, List.of(pod("x", "Running", "6Gi")))).containsExactly(Mark.GOOD);
        assertThat(Room.nodes(nodes, Optional.of(List.of(pod("a", "Running", "6Gi"))), BROKERS))
                .containsExactly(Finding.bad(
                        "nodes",
                        "no room for a pod of redpanda, which asks for 1.5 CPU and 2.5Gi",
                        "a has 8 CPU and 2Gi left; a larger node, or end something"));
    }

    @Test
    void cpuCountsAsWell() {
        assertThat(marks(List.of(node("a", "1", "64Gi")), List.of())).containsExactly(Mark.ODD, Mark.BAD);
        assertThat(marks(List.of(node("a", "4500m", "64Gi")), List.of())).containsExactly(Mark.ODD, Mark.GOOD);
    }

    @Test
    void nodesThatKeepPodsAwayDoNotCount() {
        Manifest cordoned = node("a", "64", "64Gi").with("spec/unschedulable", true);
        Manifest tainted = node("b", "64", "64Gi").with("spec/taints", List.of(Map.of("effect", "NoSchedule")));
        Manifest preferred = node("b", "64", "64Gi").with("spec/taints", List.of(Map.of("effect", "PreferNoSchedule")));
        assertThat(Room.nodes(List.of(cordoned, tainted), Optional.of(List.of()), BROKERS))
                .extracting(Finding::what)
                .containsExactly("none of 2 takes pods");
        assertThat(marks(List.of(preferred), List.of())).containsExactly(Mark.ODD, Mark.GOOD);
    }

    @Test
    void whoMayNotSeePodsIsTold() {
        assertThat(Room.nodes(List.of(node("a", "8", "8Gi")), Optional.empty(), Demand.of(List.of(set(1, "1", "1Gi")))))
                .extracting(Finding::mark)
                .containsExactly(Mark.GOOD, Mark.ODD);
    }

    @Test
    void quotasThatLeaveTooLittleAreSaid() {
        assertThat(Room.quotas("redpanda", List.of(), BROKERS)).isEmpty();
        assertThat(Room.quotas("redpanda", List.of(quota(Map.of("requests.memory", "8Gi"), Map.of())), BROKERS))
                .extracting(Finding::mark)
                .containsExactly(Mark.GOOD);
        assertThat(Room.quotas(
                        "redpanda",
                        List.of(quota(Map.of("requests.memory", "8Gi"), Map.of("requests.memory", "1Gi"))),
                        BROKERS))
                .containsExactly(Finding.bad(
                        "quota",
                        "ResourceQuota redpanda/q leaves 7Gi of requests.memory, and 7.5Gi is needed",
                        "raise it, or give another namespace (kubernetes.namespace.*)"));
        assertThat(Room.quotas("redpanda", List.of(quota(Map.of("pods", "2"), Map.of())), BROKERS))
                .extracting(Finding::what)
                .containsExactly("ResourceQuota redpanda/q leaves 2 of pods, and 3 is needed");
        assertThat(Room.quotas("redpanda", List.of(quota(Map.of("limits.cpu", "20"), Map.of())), BROKERS))
                .extracting(Finding::mark)
                .containsExactly(Mark.ODD);
        assertThat(Room.quotas("minio", List.of(quota(Map.of("pods", "0"), Map.of())), BROKERS))
                .extracting(Finding::mark)
                .containsExactly(Mark.GOOD);
    }

    private static List<Mark> marks(List<Manifest> nodes, List<Manifest> pods) {
        return Room.nodes(nodes, Optional.of(pods), BROKERS).stream()
                .map(Finding::mark)
                .toList();
    }

    private static Manifest set(int replicas, String cpu, String memory) {
        Manifest set = new Manifest(Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "StatefulSet",
                "metadata",
                Map.of("name", "redpanda", "namespace", "redpanda")));
        Map<String, Object> requests =
                Map.of("requests", Map.of("cpu", cpu, "memory", memory), "limits", Map.of("memory", memory));
        Map<String, Object> init = Map.of("requests", Map.of("cpu", "1500m"), "limits", Map.of("memory", "1Mi"));
        return set.with("spec/replicas", replicas)
                .with("spec/template/spec/containers", List.of(Map.of("name", "x", "resources", requests)))
                .with("spec/template/spec/initContainers", List.of(Map.of("name", "i", "resources", init)))
                .with(
                        "spec/volumeClaimTemplates",
                        List.of(Map.of("spec", Map.of("resources", Map.of("requests", Map.of("storage", "20Gi"))))));
    }

    private static Manifest node(String name, String cpu, String memory) {
        return GroundTest.named("Node", name).with("status/allocatable", Map.of("cpu", cpu, "memory", memory));
    }

    private static Manifest pod(String node, String phase, String memory) {
        return GroundTest.named("Pod", "p")
                .with("spec/nodeName", node)
                .with("status/phase", phase)
                .with(
                        "spec/containers",
                        List.of(Map.of("name", "x", "resources", Map.of("requests", Map.of("memory", memory)))));
    }

    private static Manifest quota(Map<String, String> hard, Map<String, String> used) {
        return GroundTest.named("ResourceQuota", "q").with("spec/hard", hard).with("status/used", used);
    }
}
