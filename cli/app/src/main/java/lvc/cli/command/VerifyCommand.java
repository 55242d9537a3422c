package lvc.cli.command;

import java.util.concurrent.Callable;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.recreate.RepairBackup;
import lvc.core.report.RepairPlan;
import lvc.core.report.Verification;
import lvc.core.topic.Cache;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = "Prove that both topics of a cache hold the same values, also while it is written to.",
        footer = {
            "  # Exit code 0 when they are equal, 5 when they differ",
            "  lvc verify --approach b",
            "  # Every key that differs, for a program",
            "  lvc verify --approach b -o json",
            "  # What the secondary lacks of the primary, and then: write it",
            "  lvc verify --approach b --repair-backup --dry-run",
            "  lvc verify --approach b --repair-backup --yes"
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @Option(
            names = "--max-differences",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Show so many of the keys that differ (default: ${DEFAULT-VALUE}); -o json prints a line for each")
    int most = 20;

    @Option(
            names = "--repair-backup",
            description = "Approach b: write into the secondary what the primary has and it lacks, writers being kept"
                    + " away meanwhile")
    boolean repair;

    @Mixin
    ConsentOptions consent = new ConsentOptions();

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "Name of the cache, where the repair deletes keys in the secondary; beside --yes")
    @Nullable
    String confirm;

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    VerifyCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        if (!repair && (consent.yes || consent.dryRun || confirm != null)) {
            throw Fault.usage(
                    "verify alone changes nothing",
                    "--yes, --dry-run and --confirm belong to --repair-backup",
                    "leave them out, or add --repair-backup");
        }
        Settings settings = cache.settings(cluster, wiring);
        try (View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view)) {
            if (repair) {
                repair(settings.cache(), bench, view);
                return Exit.DONE.code();
            }
            Verification verification =
                    bench.verify().run(settings.cache(), output.forPrograms() ? Integer.MAX_VALUE : most);
            if (output.forPrograms()) {
                verification.differences().forEach(each -> view.accept(new Event.DifferenceFound(each)));
            }
            view.accept(new Event.Verified(verification.listing(most)));
            if (!verification.equal()) {
                throw verification.fault();
            }
            return Exit.DONE.code();
        }
    }

    private void repair(Cache wanted, Workbench bench, View view) {
        RepairBackup repairing = bench.repairBackup();
        RepairPlan plan = repairing.plan(wanted, most);
        view.accept(new Event.RepairPlanned(plan));
        if (consent.dryRun) {
            view.accept(new Event.DryRun());
        } else if (plan.changes()) {
            consent.require("Write this to " + plan.secondary() + " on " + bench.where() + "?", wiring);
            if (plan.tombstones() > 0) {
                ConsentOptions.requireName(
                        cache.cache,
                        confirm,
                        plan.tombstones() + " keys will be deleted in " + plan.secondary() + ".",
                        wiring);
            }
            repairing.run(wanted, plan.tombstones() > 0 || cache.cache.equals(confirm));
        }
    }
}
