package lvc.cli.command;

import java.util.concurrent.Callable;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is done to one transform that is there: looked for, asked about, done. */
abstract class NamedTransformCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "Name of the transform")
    String name = "";

    @Mixin
    ConsentOptions consent = new ConsentOptions();

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final String verb;
    private final Wiring wiring;

    /** @param verb as the question begins, as in "Delete" */
    NamedTransformCommand(String verb, Wiring wiring) {
        this.verb = verb;
        this.wiring = wiring;
    }

    /** Does it. */
    abstract void act(Workbench bench, View view);

    @Override
    public final Integer call() {
        Settings settings = wiring.settings(CacheSetting.DEFAULT_CACHE, cluster.flags(), cluster.file());
        try (View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view)) {
            bench.demandNoRun();
            bench.demandTransform(name);
            if (consent.dryRun) {
                view.accept(new Event.DryRun());
                return Exit.DONE.code();
            }
            consent.require(verb + " transform " + name + " on " + bench.where() + "?", wiring);
            act(bench, view);
            return Exit.DONE.code();
        }
    }
}
