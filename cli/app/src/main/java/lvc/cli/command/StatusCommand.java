package lvc.cli.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.cache.Inspect;
import lvc.core.cache.Sampler;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.recreate.Chronicle;
import lvc.core.topic.Cache;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Show topics and transforms of a cache, whether all was copied, and what recreate did.",
        footer = {
            "  # Once",
            "  lvc status --approach b",
            "  # Again and again, until Ctrl-C",
            "  lvc status --approach b --watch",
            "  # All runs of recreate in this cluster, and one of them line by line",
            "  lvc status --history",
            "  lvc status --history --run 1f0c9a2b"
        })
final class StatusCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @Option(
            names = {"-w", "--watch"},
            description = "Show it every two seconds, until Ctrl-C")
    boolean watch;

    @Option(names = "--history", description = "Show all runs of recreate in this cluster instead, of every cache")
    boolean history;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "With --history: all that the journal says about this run")
    @Nullable
    String run;

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    StatusCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        if (run != null && !history) {
            throw Fault.usage("--run alone means nothing", "a run is part of the history", "add --history");
        }
        Settings settings = cache.settings(cluster, wiring);
        try (View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view)) {
            while (true) {
                view.accept(history ? history(bench.chronicle()) : status(settings.cache(), bench));
                if (!watch) {
                    return Exit.DONE.code();
                }
                wiring.pause().pause(BETWEEN_LOOKS);
            }
        }
    }

    private Event history(Chronicle chronicle) {
        return run == null ? new Event.HistoryShown(chronicle.runs()) : new Event.RunShown(run, chronicle.lines(run));
    }

    private Event status(Cache wanted, Workbench bench) {
        Sampler sampler = bench.sampler();
        return new Event.StatusShown(Inspect.cache(
                wanted,
                bench.cluster(),
                bench.topics(),
                bench.transforms(),
                sampler,
                bench.chronicle().last(),
                bench.licences().licence(),
                wiring.pause().now()));
    }
}
