package lvc.cli.command;

import java.util.concurrent.Callable;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "List all transforms of the cluster. Lag is what the cluster says, and proves nothing.",
        footer = {"  # All of them", "  lvc transform list", "  # As a program reads it", "  lvc transform list -o json"
        })
final class TransformListCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    TransformListCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        Settings settings = wiring.settings(CacheSetting.DEFAULT_CACHE, cluster.flags(), cluster.file());
        try (View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view)) {
            view.accept(new Event.TransformsListed(bench.transforms().list()));
            return Exit.DONE.code();
        }
    }
}
