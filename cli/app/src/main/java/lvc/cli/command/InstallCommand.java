package lvc.cli.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Manifests;
import lvc.cli.wiring.Site;
import lvc.cli.wiring.Wiring;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.install.Installer;
import lvc.core.install.Order;
import lvc.core.report.InstallPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "install",
        description = "Put an object store and Redpanda on Kubernetes, or bring them up to date.",
        footer = {
            "  # See what it would do to the current context, object by object",
            "  lvc install --dry-run",
            "  # Three brokers, without being asked",
            "  lvc install --context kind-lvc --replicas 3 --yes",
            "  # The manifests for a repository of your own",
            "  lvc install --export deploy/lvc"
        })
final class InstallCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--context", paramLabel = "NAME", description = "Context of the kubeconfig (kubernetes.context)")
    @Nullable
    String context;

    @Option(names = "--replicas", paramLabel = "1|3", description = "How many brokers (install.brokers; default: 1)")
    @Nullable
    String replicas;

    @Option(names = "--force-conflicts", description = "Take over fields that somebody else has set")
    boolean force;

    @Option(
            names = "--rotate-credentials",
            description = "Give the object store and the brokers new credentials, and start them again one by one")
    boolean rotate;

    @Option(names = "--license-file", paramLabel = "FILE", description = "Give the cluster the licence in this file")
    @Nullable
    Path licence;

    @Option(
            names = "--dry-run",
            arity = "0..1",
            paramLabel = "server|client",
            fallbackValue = "server",
            description = "Show what the server thinks of every object, or (client) show the manifests without any"
                    + " cluster. Change nothing")
    @Nullable
    DryRun dryRun;

    @Option(
            names = "--export",
            paramLabel = "DIR",
            description = "Write the manifests with the settings filled in, without Secrets, and do nothing else")
    @Nullable
    Path export;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long a wait may go on without progress (install.timeout; default: 10m)")
    @Nullable
    String timeout;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask")
    boolean yes;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings file (default: ./config.properties)")
    @Nullable
    Path config;

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    InstallCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    /** Who looks at what would be done. */
    enum DryRun {
        server,
        client
    }

    @Override
    public Integer call() {
        Settings settings = wiring.settings("default", flags(), Optional.ofNullable(config));
        try (View view = output.open(wiring);
                Site site = wiring.site(settings, view)) {
            Order order = site.manifests().order(force, rotate);
            if (export != null || dryRun == DryRun.client) {
                render(site.manifests(), order, view);
                return Exit.DONE.code();
            }
            Installer installer = site.installer(order, Optional.ofNullable(licence));
            site.demandRights(order);
            InstallPlan plan = installer.plan(order);
            view.accept(new Event.InstallPlanned(plan));
            plan.demandPossible();
            if (dryRun == DryRun.server) {
                view.accept(new Event.DryRun());
                return Exit.DONE.code();
            }
            if (plan.changesAnything()) {
                ConsentOptions.require("Install this on " + plan.cluster().context() + "?", yes, wiring);
            }
            installer.run(order);
            return Exit.DONE.code();
        }
    }

    private void render(Manifests manifests, Order order, View view) {
        if (export != null) {
            view.accept(new Event.ManifestsExported(
                    manifests.export(order, export).stream().map(Path::toString).toList()));
            return;
        }
        order.manifests()
                .forEach(each -> view.accept(new Event.ManifestShown(each.ref().toString(), manifests.yaml(each))));
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        put(flags, Setting.CONTEXT, context);
        put(flags, Setting.INSTALL_BROKERS, replicas);
        put(flags, Setting.INSTALL_TIMEOUT, timeout);
        return flags;
    }

    private static void put(Map<String, String> flags, Setting setting, @Nullable String text) {
        if (text != null) {
            flags.put(setting.key(), text);
        }
    }
}
