package lvc.core.install;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lvc.core.event.Event;
import lvc.core.fake.FakeCluster;
import lvc.core.fake.FakePause;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.kube.FieldChange;
import lvc.core.kube.KubeOverview;
import lvc.core.kube.Manifest;
import lvc.core.kube.ObjectChange;
import lvc.core.kube.ObjectChange.Kind;
import lvc.core.kube.ObjectRef;
import lvc.core.kube.PodSeen;
import lvc.core.kube.Right;
import lvc.core.kube.SetSeen;
import lvc.core.port.Brokers;
import lvc.core.port.Configuration;
import lvc.core.port.Licences;
import lvc.core.port.ObjectStore;
import lvc.core.report.InstallPlan;
import lvc.core.report.Licence;
import lvc.core.report.Made;
import lvc.core.report.NodeConfig;
import lvc.core.wait.Wait;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class InstallerTest {
    private static final Target TARGET =
            new Target("minio", "redpanda", 1, "i", "i", Optional.empty(), "1Gi", "1Gi", "redpanda", 9094);

    private static final List<String> NOTHING_TO_DO =
            List.of("ready minio", "bucket", "closed", "user", "ready redpanda", "bucket", "others removed");

    private static final Map<String, Object> PROPERTIES =
            Map.of("cloud_storage_enabled", "true", "log_segment_ms_min", "1000");

    private final List<String> done = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final Cluster cluster = new Cluster();
    private final Redpanda brokers = new Redpanda();
    private int secrets;
    private Optional<String> licence = Optional.empty();

    @Test
    void whatOthersNeedComesFirst() {
        install();
        assertThat(done)
                .containsExactly(
                        "Namespace minio",
                        "Namespace redpanda",
                        "Secret minio/minio-root",
                        "Service minio/minio",
                        "StatefulSet minio/minio",
                        "ready minio",
                        "bucket",
                        "closed",
                        "user",
                        "Secret redpanda/redpanda-object-store",
                        "ConfigMap redpanda/redpanda",
                        "StatefulSet redpanda/redpanda",
                        "ready redpanda",
                        "bucket",
                        "others removed");
    }

    @Test
    void theSecondTimeNothingIsTouchedAndNoSecretIsNew() {
        install();
        Map<ObjectRef, Manifest> before = Map.copyOf(cluster.objects);
        done.clear();
        assertThat(installer().plan(order(false)).changesAnything()).isFalse();
        install();
        assertThat(done).containsExactlyElementsOf(NOTHING_TO_DO);
        assertThat(cluster.objects).isEqualTo(before);
    }

    @Test
    void aPlanChangesNothing() {
        assertThat(installer().plan(order(false)).changes()).hasSize(8).allSatisfy(change -> assertThat(change.kind())
                .isEqualTo(Kind.CREATE));
        assertThat(cluster.objects).isEmpty();
    }

    @Test
    void secretsAreShownToNobody() {
        install();
        String password = "0123456789abcdef0123456789abcdef01234567";
        assertThat(cluster.objects.values().toString()).doesNotContain(password);
        assertThat(events.toString()).doesNotContain(password);
        assertThat(new Credentials("u", password).toString()).doesNotContain(password);
        assertThat(cluster.rootPassword).endsWith(password);
    }

    @Test
    void aPodThatFailsEndsTheInstallWithItsLastWordsAndNothingIsDeleted() {
        cluster.broken = "redpanda";
        Fault fault = catchThrowableOfType(Fault.class, this::install);
        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
        assertThat(fault.what()).isEqualTo("redpanda does not get ready");
        assertThat(fault.why())
                .isEqualTo("container redpanda of pod redpanda-0: CrashLoopBackOff, ended with 1 after 4 restarts;"
                        + " BackOff: again");
        assertThat(events).contains(new Event.LastWords("redpanda", "redpanda-0", List.of("bad disk")));
        assertThat(cluster.objects).isNotEmpty();

        cluster.broken = "";
        done.clear();
        install();
        assertThat(done).containsExactlyElementsOf(NOTHING_TO_DO);
    }

    @Test
    void whatSomebodyElseHasSetStopsItUnlessItIsForced() {
        install();
        cluster.foreign = Optional.of(new ObjectRef("v1", "Service", "minio", "minio"));
        assertThat(installer().plan(order(false)).impossible())
                .extracting(ObjectChange::ref)
                .containsExactly(cluster.foreign.get());
        assertThat(catchThrowableOfType(Fault.class, this::install).exit()).isEqualTo(Exit.REFUSED);
        assertThat(installer().plan(order(true)).impossible()).isEmpty();
    }

    @Test
    void whatIsThereAndNotLvcsIsRefusedEvenByForceButNamespacesAreLeft() {
        cluster.objects.put(ref("Service", "minio", "minio"), foreign("v1", "Service", "minio", "minio"));
        cluster.objects.put(ref("Namespace", "", "minio"), foreign("v1", "Namespace", "", "minio"));
        InstallPlan plan = installer().plan(order(true));
        assertThat(plan.impossible()).singleElement().satisfies(change -> {
            assertThat(change.ref().toString()).isEqualTo("Service minio/minio");
            assertThat(change.why()).contains("not lvc's").contains("Helm manages it");
        });
        assertThat(plan.warnings()).singleElement().asString().startsWith("Namespace minio is not lvc's");
        assertThat(catchThrowableOfType(Fault.class, () -> installer().run(order(true)))
                        .exit())
                .isEqualTo(Exit.REFUSED);
        assertThat(cluster.objects.get(ref("Namespace", "", "minio")))
                .isEqualTo(foreign("v1", "Namespace", "", "minio"));
    }

    @Test
    void withoutAStorageClassNothingBegins() {
        cluster.classes.clear();
        assertThat(installer().plan(order(false)).impossible())
                .extracting(change -> change.ref().kind())
                .containsExactly("StatefulSet", "StatefulSet");
        cluster.classes.add(foreign("storage.k8s.io/v1", "StorageClass", "", "slow"));
        assertThat(installer().plan(order(false)).impossible())
                .allSatisfy(change -> assertThat(change.why()).contains("the cluster has slow"));
    }

    @Test
    void brokersDoNotBecomeFewerAndReleasesNotOlder() {
        install();
        Manifest set = there(ref("StatefulSet", "redpanda", "redpanda"));
        cluster.objects.put(set.ref(), set.with("spec/replicas", 3));
        assertThat(installer().plan(order(false)).impossible())
                .singleElement()
                .satisfies(change -> assertThat(change.why()).contains("it has 3 brokers"));
        cluster.objects.put(
                set.ref(),
                set.with(
                        "spec/template/spec/containers",
                        List.of(Map.of("name", "redpanda", "image", "r/redpanda:v26.3.1"))));
        assertThat(installer().plan(order(false)).impossible())
                .singleElement()
                .satisfies(change -> assertThat(change.why()).contains("no way back from v26.3.1 to v26.2.1"));
    }

    @Test
    void whatAnOlderLvcLeftIsDeletedAtTheEndAndNothingElse() {
        install();
        Manifest old = object("v1", "ConfigMap", "redpanda", "old").withLabel(Filling.MANAGED_BY, Filling.LVC);
        Manifest foreign = foreign("v1", "ConfigMap", "redpanda", "theirs");
        cluster.objects.put(old.ref(), old);
        cluster.objects.put(foreign.ref(), foreign);
        done.clear();
        assertThat(installer().plan(order(false)).changes())
                .filteredOn(change -> change.kind() == Kind.DELETE)
                .extracting(ObjectChange::ref)
                .containsExactly(old.ref());
        install();
        assertThat(done).last().isEqualTo("deleted ConfigMap redpanda/old");
        assertThat(cluster.objects).containsKey(foreign.ref()).doesNotContainKey(old.ref());
    }

    @Test
    void propertiesThatDifferAreSetAndBrokersStartAgainOneByOneWhenTheyHaveTo() {
        install();
        done.clear();
        brokers.values.put("log_segment_ms_min", "600000");
        install();
        assertThat(done).contains("set {log_segment_ms_min=1000}").noneMatch(line -> line.startsWith("deleted"));
        brokers.values.put("cloud_storage_enabled", "false");
        done.clear();
        install();
        assertThat(done)
                .containsSubsequence(
                        "set {cloud_storage_enabled=true}",
                        "deleted Pod redpanda/redpanda-0",
                        "ready redpanda",
                        "bucket",
                        "others removed");
    }

    @Test
    void aLicenceComesBeforeThePropertiesThatMayNeedOne() {
        install();
        brokers.values.put("cloud_storage_enabled", "false");
        licence = Optional.of("text");
        install();
        assertThat(done).containsSubsequence("licence text", "set {cloud_storage_enabled=true}");
        assertThat(events).anyMatch(Event.LicenceGiven.class::isInstance);
    }

    @Test
    void aPropertyThatTheClusterDoesNotTakeEndsIt() {
        brokers.values.clear();
        brokers.objections = Map.of("log_segment_ms_min", "Unknown property");
        Fault fault = catchThrowableOfType(Fault.class, this::install);
        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
        assertThat(fault.why()).isEqualTo("log_segment_ms_min: Unknown property");
        assertThat(brokers.values).doesNotContainKey("log_segment_ms_min");
    }

    @Test
    void newCredentialsComeBeforeTheOldOnesGo() {
        install();
        Manifest before = there(ref("Secret", "redpanda", "redpanda-object-store"));
        done.clear();
        Order rotation = new Order(TARGET, order(false).manifests(), PROPERTIES, false, true);
        assertThat(installer().plan(rotation).changesAnything()).isTrue();
        installer().run(rotation);
        assertThat(done)
                .containsExactly(
                        "Secret minio/minio-root",
                        "StatefulSet minio/minio",
                        "ready minio",
                        "bucket",
                        "closed",
                        "user",
                        "Secret redpanda/redpanda-object-store",
                        "ready redpanda",
                        "set {cloud_storage_access_key, cloud_storage_secret_key}",
                        "deleted Pod redpanda/redpanda-0",
                        "ready redpanda",
                        "bucket",
                        "others removed");
        Manifest after = there(before.ref());
        assertThat(after.text("data/access-key")).isNotEqualTo(before.text("data/access-key"));
        assertThat(after.text("data/secret-key")).isNotEqualTo(before.text("data/secret-key"));
        done.clear();
        install();
        assertThat(done).containsExactlyElementsOf(NOTHING_TO_DO);
    }

    @Test
    void aRotationThatWasStoppedIsFinishedByAnOrdinaryInstall() {
        install();
        String old = String.valueOf(brokers.values.get("cloud_storage_access_key"));
        brokers.objections = Map.of("cloud_storage_access_key", "not now");
        Order rotation = new Order(TARGET, order(false).manifests(), PROPERTIES, false, true);
        assertThat(catchThrowableOfType(Fault.class, () -> installer().run(rotation)))
                .isNotNull();
        assertThat(done).doesNotContain("removed " + old);
        brokers.objections = Map.of();
        done.clear();
        install();
        assertThat(done)
                .containsSubsequence(
                        "set {cloud_storage_access_key, cloud_storage_secret_key}",
                        "deleted Pod redpanda/redpanda-0",
                        "others removed");
        assertThat(brokers.values.get("cloud_storage_access_key")).isNotEqualTo(old);
    }

    @Test
    void aSecretWithSomethingElseInItIsNotReplaced() {
        install();
        Manifest secret = there(ref("Secret", "minio", "minio-root"));
        cluster.objects.put(secret.ref(), secret.with("data", Map.of("user", "eA==")));
        Fault fault = catchThrowableOfType(Fault.class, () -> installer().plan(order(false)));
        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.why()).contains("root-user");
    }

    private void install() {
        installer().run(order(false));
    }

    private Installer installer() {
        FakePause time = new FakePause();
        return new Installer(
                cluster,
                new Installer.Outside(
                        root -> {
                            cluster.rootPassword = root.password();
                            return new Store();
                        },
                        () -> brokers,
                        () -> String.format("%08d0123456789abcdef0123456789abcdef01234567", secrets++),
                        licence),
                new Wait(time, Duration.ofSeconds(5), event -> {}),
                event -> {
                    events.add(event);
                    if (event instanceof Event.ObjectReady ready) {
                        done.add("ready " + ready.ref().name());
                    }
                });
    }

    private static Order order(boolean force) {
        return new Order(
                TARGET,
                List.of(
                        object("apps/v1", "StatefulSet", "minio", "minio"),
                        object("v1", "Service", "minio", "minio"),
                        object("v1", "Namespace", "", "minio"),
                        object("apps/v1", "StatefulSet", "redpanda", "redpanda")
                                .with("spec/replicas", 1)
                                .with(
                                        "spec/template/spec/containers",
                                        List.of(Map.of("name", "redpanda", "image", "r/redpanda:v26.2.1"))),
                        object("v1", "ConfigMap", "redpanda", "redpanda"),
                        object("v1", "Namespace", "", "redpanda")),
                PROPERTIES,
                force,
                false);
    }

    private Manifest there(ObjectRef ref) {
        return Objects.requireNonNull(cluster.objects.get(ref));
    }

    private static ObjectRef ref(String kind, String namespace, String name) {
        return new ObjectRef(kind.equals("StatefulSet") ? "apps/v1" : "v1", kind, namespace, name);
    }

    private static Manifest foreign(String apiVersion, String kind, String namespace, String name) {
        return object(apiVersion, kind, namespace, name)
                .with("metadata/labels", Map.of(Filling.MANAGED_BY, "Helm", "app.kubernetes.io/name", name));
    }

    private static Manifest object(String apiVersion, String kind, String namespace, String name) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.put("labels", Map.of("app.kubernetes.io/name", name, Filling.PART_OF, Filling.LVC));
        return new Manifest(Map.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata));
    }

    /** Keeps what is applied, and makes pods of it at once. */
    private final class Cluster implements lvc.core.port.Objects {
        final Map<ObjectRef, Manifest> objects = new LinkedHashMap<>();
        String broken = "";
        final List<Manifest> classes = new ArrayList<>(List.of(object("storage.k8s.io/v1", "StorageClass", "", "quick")
                .with("metadata/annotations", Map.of("storageclass.kubernetes.io/is-default-class", "true"))));
        String rootPassword = "";
        Optional<ObjectRef> foreign = Optional.empty();

        @Override
        public KubeOverview overview() {
            return new KubeOverview("c", "https://127.0.0.1:6443", "v1.34.0");
        }

        @Override
        public Optional<Manifest> find(ObjectRef ref) {
            if (ref.kind().equals("Pod")) {
                return Optional.of(
                        object("v1", "Pod", ref.namespace(), ref.name()).with("metadata/uid", "u" + brokers.started));
            }
            return Optional.ofNullable(objects.get(ref));
        }

        @Override
        public List<Manifest> list(String apiVersion, String kind, String namespace, Map<String, String> labels) {
            if (kind.equals("StorageClass")) {
                return List.copyOf(classes);
            }
            return objects.values().stream()
                    .filter(each -> each.ref().kind().equals(kind))
                    .filter(each -> each.ref().namespace().equals(namespace))
                    .filter(each -> each.texts("metadata/labels").entrySet().containsAll(labels.entrySet()))
                    .toList();
        }

        @Override
        public ObjectChange preview(Manifest wanted, boolean force) {
            if (!force && foreign.filter(wanted.ref()::equals).isPresent()) {
                return new ObjectChange(wanted.ref(), Kind.CONFLICT, List.of(), "kubectl has spec/type");
            }
            List<FieldChange> fields = find(wanted.ref())
                    .map(before -> FieldChange.between(before, wanted))
                    .orElse(List.of());
            Kind kind = find(wanted.ref()).isEmpty() ? Kind.CREATE : fields.isEmpty() ? Kind.UNCHANGED : Kind.CHANGE;
            return new ObjectChange(wanted.ref(), kind, fields, "");
        }

        @Override
        public void apply(Manifest wanted, boolean force) {
            if (preview(wanted, force).kind() == Kind.CONFLICT) {
                throw Fault.refused(wanted.ref() + " not applied", "kubectl has it", "--force-conflicts");
            }
            objects.put(wanted.ref(), wanted);
            done.add(wanted.ref().toString());
        }

        @Override
        public void delete(Manifest found) {
            done.add("deleted " + found.ref());
            objects.remove(found.ref());
            if (found.ref().kind().equals("Pod")) {
                brokers.started++;
                brokers.restart = false;
            }
        }

        @Override
        public Optional<SetSeen> set(String namespace, String name) {
            return Optional.of(new SetSeen(name, 1, 1, broken.equals(name) ? 0 : 1, 1, true, "r1"));
        }

        @Override
        public List<PodSeen> pods(String namespace, Map<String, String> labels) {
            String name = labels.getOrDefault("app.kubernetes.io/name", "");
            boolean fails = broken.equals(name);
            PodSeen.Container container = new PodSeen.Container(
                    name, fails ? Optional.of("CrashLoopBackOff") : Optional.empty(), "", 4, Optional.of(1), "");
            return List.of(
                    new PodSeen(name + "-0", "Running", !fails, false, "r1", Optional.empty(), List.of(container)));
        }

        @Override
        public Optional<String> lastEvent(String namespace, String kind, String name) {
            return Optional.of("BackOff: again");
        }

        @Override
        public List<String> lastLines(String namespace, String pod, String container, int lines) {
            return List.of("bad disk");
        }

        @Override
        public List<Right> missing(List<Right> rights) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Store implements ObjectStore {

        @Override
        public Made bucket(String name) {
            done.add("bucket");
            return Made.CREATED;
        }

        @Override
        public Made closeToAnonymous(String bucket) {
            done.add("closed");
            return Made.UNCHANGED;
        }

        @Override
        public Made user(String accessKey, String secretKey, String bucket) {
            done.add("user");
            return Made.CREATED;
        }

        @Override
        public List<String> removeOthers(String accessKey, String bucket) {
            assertThat(accessKey)
                    .as("the brokers must not work with a user that is removed")
                    .isEqualTo(brokers.values.get("cloud_storage_access_key"));
            assertThat(brokers.restart)
                    .as("no broker may still work with the old user")
                    .isFalse();
            done.add("others removed");
            return List.of();
        }

        @Override
        public void close() {}
    }

    /** Brokers that began with what was wanted, and take what they are told. */
    private final class Redpanda implements Brokers, Configuration, Licences {
        final Map<String, Object> values = new LinkedHashMap<>(PROPERTIES);
        Map<String, String> objections = Map.of();
        boolean restart;
        int started;
        private boolean begun;

        @Override
        public lvc.core.port.Cluster cluster() {
            return new FakeCluster();
        }

        @Override
        public Configuration configuration() {
            return this;
        }

        @Override
        public Licences licences() {
            return this;
        }

        @Override
        public Optional<Licence> licence() {
            return Optional.of(new Licence(true, "enterprise", "Acme", Optional.empty(), false, List.of()));
        }

        @Override
        public void put(String text) {
            done.add("licence " + text);
        }

        @Override
        public Map<String, Object> values() {
            if (!begun) {
                begun = true;
                Manifest secret =
                        Objects.requireNonNull(cluster.objects.get(ref("Secret", "redpanda", "redpanda-object-store")));
                values.put("cloud_storage_access_key", decoded(secret, "data/access-key"));
            }
            return values;
        }

        private static String decoded(Manifest secret, String path) {
            return new String(Base64.getDecoder().decode(secret.text(path).orElseThrow()), StandardCharsets.UTF_8);
        }

        @Override
        public Map<String, String> objections(Map<String, Object> wanted) {
            return objections;
        }

        @Override
        public long change(Map<String, Object> wanted) {
            boolean keys = wanted.containsKey("cloud_storage_secret_key");
            done.add("set " + (keys ? "{" + String.join(", ", wanted.keySet()) + "}" : wanted));
            values.putAll(wanted);
            restart = wanted.keySet().stream().anyMatch(name -> name.startsWith("cloud_storage"));
            return 2;
        }

        @Override
        public List<NodeConfig> nodes() {
            return List.of(new NodeConfig(0, 2, restart, List.of(), List.of()));
        }

        @Override
        public void close() {}
    }
}
