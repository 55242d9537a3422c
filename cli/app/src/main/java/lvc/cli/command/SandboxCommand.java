package lvc.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lvc.cli.wiring.SandboxProcess;
import lvc.cli.wiring.Wiring;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sandbox",
        description = "Run a cluster in a box, with transforms and Admin API.",
        footer = {
            "  # On the usual ports, until Ctrl-C; its data goes with it",
            "  lvc sandbox",
            "  # Data that stays, on free ports, addresses as JSON",
            "  lvc sandbox --data ./box --kafka-port 0 --admin-port 0 -o json"
        })
final class SandboxCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "0 picks a free one (default: 9092)")
    int kafkaPort = 9092;

    @Option(names = "--admin-port", paramLabel = "PORT", description = "0 picks a free one (default: 9644)")
    int adminPort = 9644;

    @Option(names = "--data", paramLabel = "DIR", description = "Keep the data here (default: a temporary directory)")
    @Nullable
    Path data;

    @Option(
            names = "--set",
            paramLabel = "PROPERTY=VALUE",
            description = "Cluster property, e.g. data_transforms_commit_interval_ms=100")
    List<String> properties = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "human|json",
            description = "How the one line is written when it is ready")
    OutputOptions.Format format = OutputOptions.Format.human;

    private final Wiring wiring;

    SandboxCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(List.of(
                "--kafka-port",
                Integer.toString(kafkaPort),
                "--admin-port",
                Integer.toString(adminPort),
                "-o",
                format.name()));
        if (data != null) {
            arguments.addAll(List.of("--data", data.toString()));
        }
        properties.forEach(property -> arguments.addAll(List.of("--set", property)));
        return SandboxProcess.run(wiring.environment().home(), arguments);
    }
}
