package lvc.cli.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lvc.core.event.Event;
import lvc.core.kube.FieldChange;
import lvc.core.kube.KubeOverview;
import lvc.core.kube.ObjectChange;
import lvc.core.kube.ObjectChange.Kind;
import lvc.core.kube.ObjectRef;
import lvc.core.report.ClusterOverview;
import lvc.core.report.InstallPlan;
import lvc.core.report.Licence;
import lvc.core.report.Made;

/** One of every event of install. */
final class InstallSamples {
    private static final ObjectRef SET = new ObjectRef("apps/v1", "StatefulSet", "redpanda", "redpanda");
    private static final ObjectChange CHANGE = new ObjectChange(
            SET,
            Kind.CHANGE,
            List.of(
                    new FieldChange("spec/replicas", Optional.of("1"), Optional.of("3")),
                    new FieldChange("spec/new", Optional.empty(), Optional.of("x"))),
            "");

    private InstallSamples() {}

    static List<Event> all() {
        return List.of(
                new Event.InstallPlanned(new InstallPlan(
                        new KubeOverview("kind-lvc", "https://127.0.0.1:6443", "v1.34.0"),
                        List.of(
                                new ObjectChange(
                                        new ObjectRef("v1", "Namespace", "", "redpanda"), Kind.CREATE, List.of(), ""),
                                CHANGE,
                                new ObjectChange(
                                        new ObjectRef("v1", "Service", "redpanda", "redpanda"),
                                        Kind.CONFLICT,
                                        List.of(),
                                        "conflict with \"helm\": .spec.type"),
                                new ObjectChange(
                                        new ObjectRef("v1", "ConfigMap", "redpanda", "old"),
                                        Kind.DELETE,
                                        List.of(),
                                        "")),
                        List.of("Namespace redpanda is not lvc's and stays as it is"),
                        true)),
                new Event.ManifestShown("Namespace redpanda", "---\nkind: Namespace\n"),
                new Event.ManifestsExported(List.of("out/minio/service.yaml", "out/minio/kustomization.yaml")),
                new Event.ObjectApplied(CHANGE),
                new Event.ObjectReady(SET),
                new Event.LastWords("redpanda", "redpanda-0", List.of("a line", "another")),
                new Event.StorePrepared("redpanda", "redpanda-1a2b3c4d", Made.CREATED, Made.CHANGED, Made.UNCHANGED),
                new Event.ObjectApplied(new ObjectChange(
                        new ObjectRef("v1", "ConfigMap", "redpanda", "old"), Kind.DELETE, List.of(), "")),
                new Event.ConfigurationSet(List.of(), false),
                new Event.ConfigurationSet(List.of("cloud_storage_access_key", "cloud_storage_secret_key"), true),
                new Event.BrokersHealthy(new ClusterOverview("c1", "v26.2.1", List.of(0, 1, 2), List.of())),
                new Event.LicenceGiven(new Licence(
                        true,
                        "enterprise",
                        "Acme",
                        Optional.of(Instant.parse("2027-03-01T00:00:00Z")),
                        false,
                        List.of("cloud_storage"))),
                new Event.StoreUserRemoved("redpanda-1a2b3c4d"),
                new Event.Installed("redpanda", 3),
                new Event.PortsForwarded(
                        "127.0.0.1:9094,127.0.0.1:9095",
                        "http://127.0.0.1:9644,http://127.0.0.1:9645",
                        "kind-lvc",
                        "redpanda"),
                new Event.BrokersLost(List.of("redpanda-1"), "the pod is being deleted"),
                new Event.BrokersBack(List.of("redpanda-1")),
                new Event.ServingBegan("http://127.0.0.1:8080", List.of("primary", "prices-destination")),
                new Event.ServedTopicTold("primary", "ready", "1000 keys at 0:4711@kQ3xYzT0RWWB2mJbA1cdfg"));
    }
}
