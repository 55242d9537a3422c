package lvc.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lvc.core.event.Event;
import lvc.core.kube.KubeOverview;
import lvc.core.kube.ObjectRef;
import lvc.core.report.Finding;
import lvc.core.report.Licence;
import lvc.core.report.UninstallPlan;
import lvc.core.report.UninstallPlan.Fate;
import lvc.core.report.UninstallPlan.Row;

/** One of every event of check and uninstall. */
final class CheckSamples {
    static final Licence TRIAL = new Licence(
            true,
            "free_trial",
            "Redpanda Built-In Evaluation Period",
            Optional.of(Instant.EPOCH.plusSeconds(100).plus(Duration.ofDays(23))),
            false,
            List.of("cloud_storage"));
    private static final ObjectRef VOLUME = new ObjectRef("v1", "PersistentVolumeClaim", "redpanda", "data-redpanda-0");
    private static final ObjectRef SECRET = new ObjectRef("v1", "Secret", "redpanda", "redpanda-object-store");
    private static final ObjectRef SET = new ObjectRef("apps/v1", "StatefulSet", "redpanda", "redpanda");
    private static final ObjectRef SPACE = new ObjectRef("v1", "Namespace", "", "redpanda");
    private static final ObjectRef FOREIGN = new ObjectRef("v1", "Service", "redpanda", "redpanda");

    private CheckSamples() {}

    static List<Event> all() {
        KubeOverview cluster = new KubeOverview("kind-lvc", "https://127.0.0.1:6443", "v1.34.0");
        return List.of(
                new Event.UninstallPlanned(new UninstallPlan(
                        cluster,
                        List.of(
                                new Row(SET, Fate.DELETE, ""),
                                new Row(VOLUME, Fate.KEEP, "20Gi"),
                                new Row(SECRET, Fate.KEEP, "what is on the volumes cannot be used without it"),
                                new Row(FOREIGN, Fate.FOREIGN, "it is not lvc's"),
                                new Row(SPACE, Fate.GOING, "it is being deleted already, with all that is in it")))),
                new Event.UninstallPlanned(new UninstallPlan(
                        cluster, List.of(new Row(VOLUME, Fate.KEEP, "20Gi"), new Row(SPACE, Fate.KEEP, "")))),
                new Event.ObjectDeleted(SET),
                new Event.Uninstalled(List.of(VOLUME, SECRET, SPACE), List.of(FOREIGN)),
                new Event.Checked(Finding.good("kubernetes", "v1.34.0, context kind-lvc at https://127.0.0.1:6443")),
                new Event.Checked(Finding.odd("nodes", "3 brokers on 1 node", "a laptop has no choice")),
                new Event.Checked(Finding.bad("storage", "no default StorageClass", "install.storage-class=standard")),
                new Event.Checked(Finding.unseen("kubernetes", "not looked at: no context is named")));
    }
}
