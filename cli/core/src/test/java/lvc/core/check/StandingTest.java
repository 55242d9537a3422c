package lvc.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.fake.FakeObjects;
import lvc.core.install.Credentials;
import lvc.core.install.Target;
import lvc.core.kube.Manifest;
import lvc.core.kube.PodSeen;
import lvc.core.kube.Right;
import lvc.core.kube.SetSeen;
import lvc.core.port.StoreLook;
import lvc.core.report.Finding;
import lvc.core.report.Finding.Mark;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StandingTest {
    private static final Target TARGET =
            new Target("minio", "redpanda", 1, "i", "i", Optional.empty(), "1Gi", "1Gi", "redpanda", 9094);

    private final FakeObjects cluster = new FakeObjects();
    private final List<Finding> findings = new ArrayList<>();
    private boolean exists = true;
    private boolean open;
    private String password = "";

    @Test
    void aSetIsGoodWhenAllItsPodsAre() {
        SetSeen all = new SetSeen("redpanda", 1, 1, 1, 1, true, "r1");
        SetSeen none = new SetSeen("redpanda", 1, 1, 0, 1, true, "r1");
        assertThat(set(Optional.of(all), List.of(), List.of()).mark()).isEqualTo(Mark.GOOD);
        assertThat(set(Optional.of(none), List.of(), List.of()))
                .extracting(Finding::mark, Finding::what)
                .containsExactly(Mark.BAD, "StatefulSet redpanda/redpanda is not ready: 0 of 1 ready");
        assertThat(set(Optional.empty(), List.of(), List.of()).what()).endsWith("is not there");
    }

    @Test
    void whatAPodSaidAtItsEndIsUnderstoodWhereItIsKnown() {
        PodSeen.Container ends =
                new PodSeen.Container("redpanda", Optional.of("CrashLoopBackOff"), "", 4, Optional.of(1), "Error");
        PodSeen pod = new PodSeen("redpanda-0", "Running", false, false, "r1", Optional.empty(), List.of(ends));
        SetSeen set = new SetSeen("redpanda", 1, 1, 0, 1, true, "r1");
        assertThat(set(Optional.of(set), List.of(pod), List.of("bad disk")).hint())
                .isEqualTo("kubectl -n redpanda describe pods");
        assertThat(set(Optional.of(set), List.of(pod), List.of("x", "Could not setup Async I/O: aio-max-nr"))
                        .hint())
                .contains("fs.aio-max-nr=1048576");
    }

    private static Finding set(Optional<SetSeen> set, List<PodSeen> pods, List<String> words) {
        return Standing.set("redpanda", "redpanda", set, pods, words);
    }

    @Test
    void volumesMustBeThereAndBound() {
        Manifest bound = GroundTest.named("PersistentVolumeClaim", "data-redpanda-0")
                .with("status/phase", "Bound")
                .with("status/capacity/storage", "20Gi");
        Manifest pending = GroundTest.named("PersistentVolumeClaim", "data-redpanda-1");
        assertThat(Standing.volumes("redpanda", List.of(bound), 1))
                .containsExactly(Finding.good("redpanda", "volumes of 20Gi"));
        assertThat(Standing.volumes("redpanda", List.of(bound, pending), 3))
                .extracting(finding -> finding.mark() + " " + finding.what())
                .containsExactly(
                        "BAD volume data-redpanda-1 is Pending", "BAD 2 volumes for 3 pods", "GOOD volumes of 20Gi");
    }

    @Test
    void whatWasInstalledIsLookedAtWithTheCredentialsThatAreThere() {
        install();
        assertThat(check()).isTrue();
        assertThat(password).isEqualTo("secret");
        assertThat(findings)
                .contains(
                        Finding.good("minio", "bucket redpanda is there and private"),
                        Finding.odd(
                                "redpanda",
                                "no NetworkPolicy redpanda/redpanda: everybody in the cluster gets to it",
                                "lvc install"));
    }

    @Test
    void aBucketThatIsOpenOrNotThereIsBad() {
        install();
        open = true;
        check();
        exists = false;
        check();
        assertThat(findings)
                .filteredOn(finding -> finding.mark() == Mark.BAD)
                .extracting(Finding::what)
                .containsExactly(
                        "bucket redpanda is open to everybody who gets to the object store",
                        "there is no bucket redpanda");
    }

    @Test
    void withoutASecretTheBucketIsNotLookedAt() {
        install();
        cluster.all.values().removeIf(each -> each.ref().kind().equals("Secret"));
        check();
        assertThat(findings)
                .extracting(finding -> finding.mark() + " " + finding.what())
                .contains("ODD bucket redpanda not looked at");
        assertThat(password).isEmpty();
    }

    @Test
    void whatMayNotBeLookedAtIsSaidAndLeftOut() {
        install();
        cluster.forbidden.add(new Right("get", "apps", "statefulsets", "redpanda"));
        cluster.forbidden.add(new Right("get", "", "secrets", "minio"));
        assertThat(check()).isFalse();
        assertThat(findings)
                .filteredOn(finding -> finding.mark() == Mark.ODD)
                .extracting(Finding::hint)
                .contains(
                        "missing: get secrets in namespace minio",
                        "missing: get statefulsets.apps in namespace redpanda");
        assertThat(password).isEmpty();
    }

    private void install() {
        for (String name : List.of("minio", "redpanda")) {
            cluster.put("apps/v1", "StatefulSet", name, name, FakeObjects.LVC);
            Manifest claim = cluster.put(
                    "v1",
                    "PersistentVolumeClaim",
                    name,
                    "data-" + name + "-0",
                    Map.of("app.kubernetes.io/name", name, "app.kubernetes.io/part-of", "lvc"));
            cluster.put(claim.with("status/phase", "Bound"));
        }
        cluster.put("networking.k8s.io/v1", "NetworkPolicy", "minio", "minio", FakeObjects.LVC);
        cluster.putSecret(
                "minio", Target.ROOT_SECRET, FakeObjects.LVC, Map.of("root-user", "root", "root-password", "secret"));
    }

    private boolean check() {
        return new KubeCheck(cluster, this::store, findings::add).run(TARGET);
    }

    private StoreLook store(Credentials root) {
        password = root.password();
        return new StoreLook() {
            @Override
            public boolean exists(String bucket) {
                return exists;
            }

            @Override
            public boolean open(String bucket) {
                return open;
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }
}
