package lvc.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Clearance;
import lvc.cli.wiring.Wiring;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.kube.ObjectRef;
import lvc.core.report.UninstallPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "uninstall",
        description = "Take away what install has put on Kubernetes; volumes and namespaces stay.",
        footer = {
            "  # What would go and what would stay, object by object",
            "  lvc uninstall --dry-run",
            "  # Volumes, their Secrets and the namespaces as well",
            "  lvc uninstall --context kind-lvc --delete-data"
        })
final class UninstallCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Option(
            names = "--delete-data",
            description = "Delete the volumes of brokers and object store too, the Secrets that belong to them, and"
                    + " namespaces that lvc has made and nobody else lives in")
    boolean data;

    @Mixin
    KubeOptions kube = new KubeOptions();

    @Mixin
    ConsentOptions consent = new ConsentOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    UninstallCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        Settings settings = wiring.settings("default", kube.flags(), kube.file());
        try (View view = output.open(wiring);
                Clearance clearance = wiring.clearance(settings, data, view)) {
            UninstallPlan plan = clearance.uninstaller().plan(clearance.order());
            view.accept(new Event.UninstallPlanned(plan));
            if (consent.dryRun) {
                view.accept(new Event.DryRun());
                return Exit.DONE.code();
            }
            if (!plan.changesAnything()) {
                return Exit.DONE.code();
            }
            if (plan.deletes()) {
                consent.require(question(plan), wiring);
            }
            clearance.uninstaller().run(clearance.order(), plan);
            return Exit.DONE.code();
        }
    }

    private static String question(UninstallPlan plan) {
        List<ObjectRef> volumes = plan.lostVolumes();
        return "Delete this from " + plan.cluster().context() + "?"
                + (volumes.isEmpty()
                        ? ""
                        : " What is on these volumes is lost for good: "
                                + volumes.stream().map(ObjectRef::name).collect(Collectors.joining(", ")) + ".");
    }
}
