package lvc.cli.command;

import java.util.concurrent.Callable;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.cache.DeleteTopics;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.report.DeletePlan;
import lvc.core.topic.Cache;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "delete-topics",
        description = "Delete hot topic and transform; the truth stays.",
        footer = {
            "  # What would go and what would stay",
            "  lvc delete-topics --approach b --dry-run",
            "  # The hot topic holds records, and nothing proves that the truth has them",
            "  lvc delete-topics --approach b --yes --confirm default"
        })
final class DeleteTopicsCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @Mixin
    ConsentOptions consent = new ConsentOptions();

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "Name of the cache; needed when the hot topic is not empty, beside --yes")
    @Nullable
    String confirm;

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    DeleteTopicsCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        Settings settings = cache.settings(cluster, wiring);
        try (View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view)) {
            Cache wanted = settings.cache();
            bench.demandNoRun();
            DeleteTopics delete = bench.deleteTopics();
            DeletePlan plan = delete.plan(wanted);
            view.accept(new Event.DeletePlanned(plan));
            if (consent.dryRun || !plan.changes()) {
                return Exit.DONE.code();
            }
            consent.require("Delete this on " + bench.where() + "?", wiring);
            if (plan.records() > 0) {
                ConsentOptions.requireName(
                        cache.cache, confirm, "Nothing has proven that the source of truth has every value.", wiring);
            }
            delete.run(plan);
            return Exit.DONE.code();
        }
    }
}
