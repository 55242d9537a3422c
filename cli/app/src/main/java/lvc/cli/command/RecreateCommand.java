package lvc.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import lvc.cli.setting.Settings;
import lvc.cli.view.Steadfast;
import lvc.cli.view.View;
import lvc.cli.wiring.Metrics;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Fencing;
import lvc.core.recreate.ForwardModule;
import lvc.core.recreate.Recreate;
import lvc.core.recreate.Wishes;
import lvc.core.report.RecreatePlan;
import lvc.core.report.RunRow;
import lvc.core.transform.Module;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "recreate",
        description = "Rebuild the hot topic of a cache from the topic that outlives it.",
        footer = {
            "  # What would be done, and how long it takes at least",
            "  lvc recreate --approach b --dry-run",
            "  # In a pipeline: no question, one JSON object per line",
            "  lvc recreate --approach b --yes -o json",
            "  # Go on with a run that was stopped, from any machine",
            "  lvc recreate --resume",
            "  # The primary is lost: rebuild it from its backup",
            "  lvc recreate --approach b --from-backup --confirm default"
        })
final class RecreateCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @ArgGroup
    @Nullable
    Unfinished unfinished;

    @Option(
            names = "--fence",
            paramLabel = "broker|none",
            defaultValue = "broker",
            description = "Approach b: who keeps writers away: the brokers (kafka_noproduce_topics), or nobody but you"
                    + " (default: ${DEFAULT-VALUE})")
    Fencing fencing = Fencing.BROKER;

    @Option(names = "--writers-stopped", description = "With --fence none: you have stopped all writers")
    boolean writersStopped;

    @Option(
            names = "--from-backup",
            description = "Approach b: the secondary may have more than the primary; needs --confirm")
    boolean fromBackup;

    @Option(
            names = "--accept-loss",
            description = "Approach a: go on although the source lacks keys of the destination; needs --confirm")
    boolean acceptLoss;

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "Name of the cache, where a proof is waived; beside --yes")
    @Nullable
    String confirm;

    @Option(
            names = "--module",
            paramLabel = "FILE",
            description = "Module of the forward transform, where it is not the built-in one")
    @Nullable
    Path module;

    @Option(
            names = "--module-env-file",
            paramLabel = "FILE",
            description = "Its environment variables, KEY=VALUE per line")
    @Nullable
    Path variables;

    @Option(names = "--allow-live-readers", description = "Go on although clients read the hot topic")
    boolean allowLiveReaders;

    @Mixin
    MetricsOptions metrics = new MetricsOptions();

    @Mixin
    ConsentOptions consent = new ConsentOptions();

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    RecreateCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    /** What to do with a run that was left lying. */
    static final class Unfinished {
        @Option(names = "--resume", description = "Go on with the unfinished run; all it needs is in the journal")
        boolean resume;

        @Option(
                names = "--abandon",
                description = "Leave the unfinished run: the forward transform is put back, writers are let in")
        boolean abandon;
    }

    @Override
    public Integer call() {
        Settings settings = cache.settings(cluster, wiring);
        try (View view = output.open(wiring);
                Metrics gauges = metrics.open(wiring)) {
            Steadfast events = new Steadfast(gauges.andThen(view));
            gauges.address().ifPresent(address -> events.accept(new Event.MetricsServed(address)));
            try (Workbench bench = wiring.open(settings, cluster.sandbox, events)) {
                if (unfinished == null) {
                    begin(settings, bench, events);
                } else {
                    goOn(unfinished, bench, events, gauges);
                }
            }
            events.complain();
            return Exit.DONE.code();
        }
    }

    private void begin(Settings settings, Workbench bench, Consumer<Event> events) {
        Recreate recreate = bench.recreate();
        Wishes wishes = wishes(settings);
        RecreatePlan plan = recreate.plan(settings.cache(), wishes);
        events.accept(new Event.RecreatePlanned(plan));
        if (consent.dryRun) {
            events.accept(new Event.DryRun());
            return;
        }
        consent.require("Recreate " + plan.run().hot().name() + " on " + bench.where() + "?", wiring);
        demandName(plan);
        events.accept(new Event.Recreated(recreate.run(plan.run(), settings.cache(), wishes)));
    }

    private void goOn(Unfinished how, Workbench bench, Consumer<Event> events, Metrics gauges) {
        Recreate recreate = bench.recreate();
        recreate.demandUnfinished();
        Optional<RunRow> run = bench.chronicle().last().last().filter(RunRow::unfinished);
        run.ifPresent(gauges::goesOn);
        if (consent.dryRun) {
            run.ifPresent(last -> events.accept(new Event.HistoryShown(List.of(last))));
            events.accept(new Event.DryRun());
            return;
        }
        consent.require(
                (how.abandon ? "Leave" : "Go on with") + " the unfinished run on " + bench.where() + "?", wiring);
        events.accept(new Event.Recreated(recreate.resume(how.abandon, forward())));
    }

    /** What waives a proof needs the name of the cache. */
    private void demandName(RecreatePlan plan) {
        if (fromBackup) {
            ConsentOptions.requireName(
                    cache.cache,
                    confirm,
                    "What " + plan.run().truth().name() + " has and "
                            + plan.run().hot().name() + " lacks comes back, deleted keys too.",
                    wiring);
        }
        if (acceptLoss) {
            ConsentOptions.requireName(
                    cache.cache,
                    confirm,
                    plan.run().waiver().acceptedLoss() + " keys of "
                            + plan.run().hot().name() + " will be lost.",
                    wiring);
        }
    }

    private Wishes wishes(Settings settings) {
        return new Wishes(
                fencing, writersStopped, fromBackup, acceptLoss, allowLiveReaders, forward(), settings.settle());
    }

    private Optional<ForwardModule> forward() {
        if (module == null) {
            if (variables == null) {
                return Optional.empty();
            }
            throw Fault.usage(
                    "--module-env-file alone means nothing",
                    "the built-in module knows no variables",
                    "add --module FILE");
        }
        Path folder = wiring.environment().workingDirectory();
        Module given = ModuleFiles.module(folder.resolve(module), "--module");
        Map<String, String> all =
                variables == null ? Map.of() : ModuleFiles.variables(folder.resolve(variables), "--module-env-file");
        return Optional.of(new ForwardModule(given, all));
    }
}
