package lvc.cli.command;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.cache.CreateTopics;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.report.CreatePlan;
import lvc.core.topic.Cache;
import lvc.core.transform.Module;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "create-topics",
        description = "Create a cache: two topics, a transform between them.",
        footer = {
            "  # Written to source, read from destination",
            "  lvc create-topics --approach a",
            "  # Written to and read from primary, backed up in secondary",
            "  lvc create-topics --approach b --partitions 4",
            "  # What would happen to the cache named prices",
            "  lvc create-topics --cache prices --approach a --dry-run"
        })
final class CreateTopicsCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @Option(names = "--partitions", paramLabel = "N", description = "Partitions of both topics (default: 1)")
    @Nullable
    String partitions;

    @Option(names = "--alter", description = "Change settings of topics that are there already to what is wanted")
    boolean alter;

    @Mixin
    ConsentOptions consent = new ConsentOptions();

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    CreateTopicsCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        Settings settings = wiring.settings(cache.cache, flags(), cluster.file());
        try (View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view)) {
            Cache wanted = settings.cache();
            bench.demandNoRun();
            CreateTopics create = bench.createTopics();
            CreatePlan plan = create.plan(wanted, alter);
            if (consent.dryRun) {
                view.accept(new Event.CreatePlanned(plan));
                view.accept(new Event.DryRun());
                return Exit.DONE.code();
            }
            if (plan.changesExisting()) {
                view.accept(new Event.CreatePlanned(plan));
                consent.require("Change these topics on " + bench.where() + "?", wiring);
            }
            create.run(plan, Module.identity());
            return Exit.DONE.code();
        }
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>(cluster.flags());
        flags.putAll(cache.flags());
        if (partitions != null) {
            flags.put(CacheSetting.PARTITIONS.key(cache.cache), partitions);
        }
        return flags;
    }
}
