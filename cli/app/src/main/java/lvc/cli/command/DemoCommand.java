package lvc.cli.command;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Settings;
import lvc.cli.view.Steadfast;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.cache.RunId;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.report.CreatePlan;
import lvc.core.topic.Cache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Show a cache at work, on topics of its own.",
        footer = {
            "  # Nothing but this machine is needed",
            "  lvc demo --approach b --sandbox --yes",
            "  # On a cluster of yours; the topics stay",
            "  lvc demo --approach a --keep --brokers host:9092 --admin http://host:9644"
        })
final class DemoCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Option(
            names = "--approach",
            required = true,
            paramLabel = "a|b",
            description = "a: source to destination; b: primary to secondary")
    String approach = "";

    @Option(names = "--keep", description = "Leave the topics and the transform there at the end")
    boolean keep;

    @Mixin
    ConsentOptions consent = new ConsentOptions();

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    DemoCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        String name = "demo-" + RunId.fresh();
        Settings settings = wiring.settings(name, flags(name), cluster.file());
        try (View view = output.open(wiring)) {
            return show(settings, new Steadfast(view));
        }
    }

    private int show(Settings settings, Steadfast view) {
        try (Workbench bench = wiring.open(settings, cluster.sandbox, heard(view))) {
            Cache cache = settings.demoCache();
            bench.demandNoRun();
            CreatePlan plan = bench.createTopics().plan(cache, false);
            view.accept(new Event.CreatePlanned(plan));
            if (consent.dryRun) {
                view.accept(new Event.DryRun());
                return Exit.DONE.code();
            }
            if (!bench.ownSandbox()) {
                consent.require("Run the demo on " + bench.where() + "?", wiring);
            }
            try {
                bench.demo().run(cache);
            } catch (Fault fault) {
                throw keep ? fault : withoutResume(fault);
            } finally {
                if (!keep && !bench.ownSandbox()) {
                    view.hold();
                    wiring.pause().shielded(() -> bench.removeDemo(cache));
                }
            }
            view.complain();
            return Exit.DONE.code();
        }
    }

    /** What is removed at the end anyway needs no word on how to go on with it. */
    private Consumer<Event> heard(Consumer<Event> view) {
        return event -> {
            if (keep || !(event instanceof Event.RunUnfinished)) {
                view.accept(event);
            }
        };
    }

    private static Fault withoutResume(Fault fault) {
        return fault.exit() == Exit.UNFINISHED
                ? Fault.failed(fault.what(), fault.why(), "lvc demo again: what this one made is removed")
                        .causedBy(fault)
                : fault;
    }

    private Map<String, String> flags(String name) {
        Map<String, String> flags = new HashMap<>(cluster.flags());
        flags.put(CacheSetting.APPROACH.key(name), approach);
        return flags;
    }
}
