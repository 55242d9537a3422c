package lvc.cli.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.PortForwards;
import lvc.cli.wiring.Wiring;
import lvc.core.reach.ForwardWatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "port-forward",
        description = "Have the brokers that lvc install put into Kubernetes on ports of this machine.",
        footer = {
            "  # For other programs, until Ctrl-C; lvc's own commands need it not",
            "  lvc port-forward --context kind-lvc",
            "  # The Admin API on free ports, addresses as JSON",
            "  lvc port-forward --admin-port 0 -o json"
        })
final class PortForwardCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    @Mixin
    HelpOption help = new HelpOption();

    @Mixin
    KubeOptions kube = new KubeOptions();

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            description = "Of the first broker's Admin API, the others get the next ones; 0 picks free ones"
                    + " (default: 9644, or a free one)")
    @Nullable
    Integer adminPort;

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    PortForwardCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        Settings settings = wiring.settings("default", kube.flags(), kube.file());
        try (View view = output.open(wiring);
                PortForwards forwards = wiring.portForwards(settings, Optional.ofNullable(adminPort))) {
            view.accept(forwards.ready());
            ForwardWatch watch = forwards.watch(view);
            while (true) {
                watch.look();
                wiring.pause().pause(BETWEEN_LOOKS);
            }
        }
    }
}
