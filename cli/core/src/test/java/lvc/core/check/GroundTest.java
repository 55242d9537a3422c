package lvc.core.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lvc.core.check.Rights.Use;
import lvc.core.install.Target;
import lvc.core.kube.KubeOverview;
import lvc.core.kube.Manifest;
import lvc.core.kube.Right;
import lvc.core.report.Finding;
import lvc.core.report.Finding.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GroundTest {
    static final Target TARGET =
            new Target("minio", "redpanda", 3, "i", "i", Optional.empty(), "1Gi", "1Gi", "redpanda", 9094);

    @ParameterizedTest
    @CsvSource({"v1.26.9,BAD", "v1.27.0,GOOD", "v1.36.2+k3s1,GOOD", "v2.0.0,GOOD", "something,ODD"})
    void versionsFrom127OnAreTaken(String version, Mark mark) {
        assertThat(Ground.version(new KubeOverview("c", "s", version)).mark()).isEqualTo(mark);
    }

    @Test
    void allRightsAreOneLineAndMissingOnesALineForEachObject() {
        assertThat(Ground.rights(Set.of(), TARGET)).extracting(Finding::mark).containsExactly(Mark.GOOD);

        List<Finding> findings = Ground.rights(
                Set.of(
                        new Right("create", "apps", "statefulsets", "redpanda"),
                        new Right("patch", "apps", "statefulsets", "redpanda"),
                        new Right("delete", "", "namespaces", ""),
                        new Right("list", "", "nodes", "")),
                TARGET);
        assertThat(findings)
                .containsExactly(
                        Finding.bad(
                                "rights",
                                "missing: create, patch statefulsets.apps in namespace redpanda",
                                "for lvc install; docs/reference/rights.md lists them all"),
                        Finding.odd(
                                "rights",
                                "missing: delete namespaces of the cluster",
                                "for lvc uninstall --delete-data; docs/reference/rights.md lists them all"),
                        Finding.odd(
                                "rights",
                                "missing: list nodes of the cluster",
                                "for lvc check; docs/reference/rights.md lists them all"));
    }

    @Test
    void oneNamespaceIsAskedForOnce() {
        Target one = new Target("x", "x", 1, "i", "i", Optional.empty(), "1Gi", "1Gi", "redpanda", 9094);
        List<Right> rights = Rights.of(Set.of(Use.values()), one);
        assertThat(rights).doesNotHaveDuplicates().contains(new Right("get", "", "secrets", "x"));
        assertThat(Rights.of(Set.of(Use.FORWARD), TARGET))
                .allMatch(right -> right.namespace().equals("redpanda"));
    }

    @Test
    void volumesNeedAClass() {
        Manifest plain = named("StorageClass", "slow");
        Manifest standard = plain.with("metadata/name", "fast")
                .with("metadata/annotations/storageclass.kubernetes.io~1is-default-class", "true");
        assertThat(Ground.storageClass(List.of(plain, standard), Optional.empty()))
                .isEqualTo(Finding.good("storage", "default StorageClass fast"));
        assertThat(Ground.storageClass(List.of(plain), Optional.empty()).hint())
                .isEqualTo("install.storage-class=slow, or make one of them the default: slow");
        assertThat(Ground.storageClass(List.of(), Optional.empty()).mark()).isEqualTo(Mark.BAD);
        assertThat(Ground.storageClass(List.of(plain), Optional.of("slow")).mark())
                .isEqualTo(Mark.GOOD);
        assertThat(Ground.storageClass(List.of(plain), Optional.of("fast")))
                .isEqualTo(Finding.bad(
                        "storage", "there is no StorageClass fast (install.storage-class)", "there are slow"));
    }

    @Test
    void namespacesThatGoOrAllowTooMuchAreSaid() {
        Manifest namespace = named("Namespace", "redpanda");
        String label = "metadata/labels/pod-security.kubernetes.io~1enforce";
        assertThat(mark(Optional.empty())).isEqualTo(Mark.GOOD);
        assertThat(mark(Optional.of(namespace))).isEqualTo(Mark.GOOD);
        assertThat(mark(Optional.of(namespace.with(label, "restricted")))).isEqualTo(Mark.GOOD);
        assertThat(mark(Optional.of(namespace.with(label, "baseline")))).isEqualTo(Mark.ODD);
        assertThat(mark(Optional.of(namespace.with("metadata/deletionTimestamp", "now"))))
                .isEqualTo(Mark.BAD);
    }

    private static Mark mark(Optional<Manifest> namespace) {
        return Ground.namespace("redpanda", namespace).mark();
    }

    @Test
    void namesThatAreTakenAreSaid() {
        Manifest service = named("Service", "redpanda");
        Manifest byHand = service.with("metadata/labels/app.kubernetes.io~1part-of", "lvc");
        Manifest ours = byHand.with("metadata/labels/app.kubernetes.io~1managed-by", "lvc");
        assertThat(Ground.foreign(List.of(ours, named("Namespace", "redpanda"))))
                .extracting(Finding::mark)
                .containsExactly(Mark.GOOD);
        assertThat(Ground.foreign(List.of(service, byHand, named("Secret", "minio-root"))))
                .extracting(Finding::mark)
                .containsExactly(Mark.BAD, Mark.ODD, Mark.ODD);
    }

    @Test
    void eachPortThatIsTakenIsSaid() {
        assertThat(Ground.ports(9094, 3, port -> true))
                .extracting(Finding::mark)
                .containsExactly(Mark.GOOD);
        assertThat(Ground.ports(9094, 3, port -> port == 9095))
                .extracting(Finding::what)
                .containsExactly("something listens on 127.0.0.1:9094", "something listens on 127.0.0.1:9096");
    }

    static Manifest named(String kind, String name) {
        return new Manifest(Map.of("apiVersion", "v1", "kind", kind, "metadata", Map.of("name", name)));
    }
}
