package lvc.core.install;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fake.FakeObjects;
import lvc.core.fake.FakePause;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectRef;
import lvc.core.port.Neighbours;
import lvc.core.report.UninstallPlan;
import lvc.core.report.UninstallPlan.Fate;
import lvc.core.wait.Wait;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class UninstallerTest {
    private static final Uninstaller.Order PLAIN = new Uninstaller.Order("minio", "redpanda", false);
    private static final Uninstaller.Order DATA = new Uninstaller.Order("minio", "redpanda", true);

    private final FakeObjects cluster = new FakeObjects();
    private final List<Event> events = new ArrayList<>();
    private final Map<String, List<Manifest>> strangers = new HashMap<>();

    @BeforeEach
    void install() {
        for (String name : List.of("minio", "redpanda")) {
            Manifest namespace = cluster.put("v1", "Namespace", "", name, FakeObjects.LVC);
            cluster.put(namespace.with("metadata/managedFields", List.of(Map.of("manager", "lvc"))));
            cluster.put("v1", "Service", name, name, FakeObjects.LVC);
            cluster.put("apps/v1", "StatefulSet", name, name, FakeObjects.LVC);
            cluster.put("v1", "PersistentVolumeClaim", name, "data-" + name + "-0", labels(name));
        }
        cluster.put("v1", "Secret", "minio", Target.ROOT_SECRET, FakeObjects.LVC);
        cluster.put("v1", "Secret", "redpanda", Target.STORE_SECRET, FakeObjects.LVC);
    }

    /** Those of a claim: its template cannot say who manages it. */
    private static Map<String, String> labels(String name) {
        return Map.of("app.kubernetes.io/name", name, "app.kubernetes.io/part-of", "lvc");
    }

    @Test
    void brokersGoFirstAndWhatHoldsDataStays() {
        uninstall(PLAIN);
        assertThat(cluster.deleted)
                .containsExactly(
                        "StatefulSet redpanda/redpanda",
                        "StatefulSet minio/minio",
                        "Service redpanda/redpanda",
                        "Service minio/minio");
        assertThat(last(Event.Uninstalled.class).kept())
                .extracting(ObjectRef::toString)
                .containsExactlyInAnyOrder(
                        "PersistentVolumeClaim redpanda/data-redpanda-0",
                        "PersistentVolumeClaim minio/data-minio-0",
                        "Secret redpanda/redpanda-object-store",
                        "Secret minio/minio-root",
                        "Namespace redpanda",
                        "Namespace minio");
    }

    @Test
    void theObjectStoreWaitsForTheEndOfTheBrokers() {
        cluster.lingering = 3;
        List<String> waits = new ArrayList<>();
        uninstall(PLAIN, event -> {
            if (event instanceof Event.Waiting waiting) {
                waits.add(waiting.what() + ": " + waiting.reason() + ", deleted " + cluster.deleted.size());
            }
        });
        assertThat(waits)
                .hasSize(3)
                .containsOnly("the pods of redpanda have ended: still there: redpanda-0, deleted 1");
    }

    @Test
    void podsThatDoNotEndStopItBeforeAnythingElseGoes() {
        cluster.lingering = Integer.MAX_VALUE;
        Fault fault = catchThrowableOfType(Fault.class, () -> uninstall(DATA));
        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(cluster.deleted).containsExactly("StatefulSet redpanda/redpanda");
    }

    @Test
    void theSecondTimeThereIsNothingToDo() {
        uninstall(PLAIN);
        UninstallPlan plan = uninstaller(event -> {}).plan(PLAIN);
        assertThat(plan.changesAnything()).isFalse();
        assertThat(plan.refs(Fate.KEEP)).hasSize(6);
    }

    @Test
    void dataGoesWhenThatIsSaidAndTheNamespacesWithIt() {
        uninstall(DATA);
        assertThat(cluster.all).isEmpty();
        assertThat(cluster.deleted.subList(0, 2))
                .containsExactly("StatefulSet redpanda/redpanda", "StatefulSet minio/minio");
        assertThat(cluster.deleted.subList(8, 10)).containsExactly("Namespace redpanda", "Namespace minio");
        assertThat(last(Event.Uninstalled.class).kept()).isEmpty();
    }

    @Test
    void dataThatWasKeptCanGoLater() {
        uninstall(PLAIN);
        assertThat(uninstaller(event -> {}).plan(DATA).lostVolumes()).hasSize(2);
        uninstall(DATA);
        assertThat(cluster.all).isEmpty();
    }

    @Test
    void whatIsNotLvcsIsLeftAloneAndNamed() {
        ObjectRef foreign = cluster.put("v1", "Service", "redpanda", "redpanda", Map.of("app", "x"))
                .ref();
        ObjectRef byHand = cluster.put(
                        "apps/v1",
                        "StatefulSet",
                        "redpanda",
                        "redpanda",
                        Map.of("app.kubernetes.io/part-of", "lvc", "app.kubernetes.io/name", "redpanda"))
                .ref();
        ObjectRef other = cluster.put("v1", "ConfigMap", "redpanda", "of-somebody", Map.of())
                .ref();
        ObjectRef claim = cluster.put("v1", "PersistentVolumeClaim", "redpanda", "data-redpanda-x", Map.of())
                .ref();
        UninstallPlan plan = uninstaller(event -> {}).plan(DATA);
        assertThat(plan.refs(Fate.FOREIGN)).containsExactlyInAnyOrder(foreign, byHand);
        uninstall(DATA);
        assertThat(cluster.all).containsKeys(foreign, byHand, other, claim);
    }

    @Test
    void aNamespaceStaysInWhichSomebodyElseLives() {
        Manifest stranger = cluster.put("batch/v1", "Job", "redpanda", "theirs", Map.of());
        strangers.put("redpanda", List.of(stranger));
        uninstall(DATA);
        assertThat(cluster.all.keySet())
                .containsExactlyInAnyOrder(stranger.ref(), new ObjectRef("v1", "Namespace", "", "redpanda"));
        assertThat(why("redpanda")).isEqualTo("it holds what is not lvc's: Job redpanda/theirs");
    }

    @Test
    void aNamespaceStaysThatSomebodyElseHasMade() {
        ObjectRef ref = new ObjectRef("v1", "Namespace", "", "redpanda");
        Manifest namespace = cluster.find(ref).orElseThrow();
        cluster.put(namespace.with(
                "metadata/managedFields", List.of(Map.of("manager", "kubectl-create"), Map.of("manager", "lvc"))));
        assertThat(why("redpanda")).contains("kubectl-create");
        cluster.put("v1", "Namespace", "", "redpanda", Map.of());
        assertThat(why("redpanda")).isEqualTo("lvc did not make it");
        uninstall(DATA);
        assertThat(cluster.all).containsOnlyKeys(ref);
    }

    @Test
    void kubernetesOwnNamespacesStayWhateverTheyAreLabelled() {
        for (String name : List.of("default", "kube-system")) {
            Manifest namespace = cluster.put("v1", "Namespace", "", name, FakeObjects.LVC);
            cluster.put(namespace.with("metadata/managedFields", List.of(Map.of("manager", "lvc"))));
            UninstallPlan plan = uninstaller(event -> {}).plan(new Uninstaller.Order(name, name, true));
            assertThat(plan.refs(Fate.KEEP)).containsExactly(new ObjectRef("v1", "Namespace", "", name));
        }
    }

    @Test
    void aNamespaceStaysThatCannotBeLookedAt() {
        strangers.remove("redpanda");
        Neighbours blind = namespace -> {
            throw Fault.unreachable("not looked at", "secrets is forbidden", "");
        };
        UninstallPlan plan = new Uninstaller(
                        cluster, blind, new Wait(new FakePause(), Duration.ofSeconds(1), e -> {}), e -> {})
                .plan(DATA);
        assertThat(plan.refs(Fate.DELETE)).noneMatch(ref -> ref.kind().equals("Namespace"));
        assertThat(plan.rows().toString()).contains("not everything in it can be looked at: secrets is forbidden");
    }

    @Test
    void aNamespaceThatIsGoingIsWaitedFor() {
        ObjectRef ref = new ObjectRef("v1", "Namespace", "", "redpanda");
        cluster.put(cluster.find(ref).orElseThrow().with("metadata/deletionTimestamp", "2026-01-01T00:00:00Z"));
        UninstallPlan plan = uninstaller(event -> {}).plan(PLAIN);
        assertThat(plan.refs(Fate.GOING)).containsExactly(ref);
        Fault fault = catchThrowableOfType(Fault.class, () -> uninstall(PLAIN));
        assertThat(fault.what()).isEqualTo("waited in vain until Namespace redpanda is gone");
    }

    @Test
    void whatHasComeSinceThePlanStays() {
        Uninstaller uninstaller = uninstaller(event -> {});
        UninstallPlan plan = uninstaller.plan(PLAIN);
        ObjectRef late = cluster.put("v1", "ConfigMap", "redpanda", "redpanda", FakeObjects.LVC)
                .ref();
        uninstaller.run(PLAIN, plan);
        assertThat(cluster.all).containsKey(late);
    }

    @Test
    void oneNamespaceForBothIsOneNamespace() {
        cluster.all.clear();
        cluster.put("v1", "Service", "one", "minio", FakeObjects.LVC);
        cluster.put("v1", "Service", "one", "redpanda", FakeObjects.LVC);
        Uninstaller.Order order = new Uninstaller.Order("one", "one", false);
        assertThat(uninstaller(event -> {}).plan(order).refs(Fate.DELETE)).hasSize(2);
        assertThat(order.names("one")).isEqualTo(Set.of("minio", "minio-root", "redpanda", "redpanda-object-store"));
    }

    private String why(String namespace) {
        return uninstaller(event -> {}).plan(DATA).rows().stream()
                .filter(row -> row.ref().equals(new ObjectRef("v1", "Namespace", "", namespace)))
                .map(UninstallPlan.Row::why)
                .findFirst()
                .orElseThrow();
    }

    private <T> T last(Class<T> type) {
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private void uninstall(Uninstaller.Order order) {
        uninstall(order, event -> {});
    }

    private void uninstall(Uninstaller.Order order, Consumer<Event> waits) {
        Uninstaller uninstaller = uninstaller(waits);
        uninstaller.run(order, uninstaller.plan(order));
    }

    private Uninstaller uninstaller(Consumer<Event> waits) {
        return new Uninstaller(
                cluster,
                namespace -> strangers.getOrDefault(namespace, List.of()),
                new Wait(new FakePause(), Duration.ofSeconds(1), waits),
                events::add);
    }
}
