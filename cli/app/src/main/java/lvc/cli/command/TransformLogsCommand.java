package lvc.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.fault.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = "Print what a transform wrote to its standard output and error.",
        footer = {
            "  # What there is",
            "  lvc transform logs lvc-1f0c9a2b",
            "  # And what comes, until Ctrl-C",
            "  lvc transform logs lvc-1f0c9a2b --follow"
        })
final class TransformLogsCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "Name of the transform; it may be gone already")
    String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C")
    boolean follow;

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    TransformLogsCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = wiring.settings(CacheSetting.DEFAULT_CACHE, cluster.flags(), cluster.file());
        try (View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view)) {
            bench.tellLogs(name, follow);
            return Exit.DONE.code();
        }
    }
}
