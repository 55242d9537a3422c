package lvc.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root, which wants one of its verbs. */
@Command(
        name = "lvc",
        description = "Last value caches on Redpanda: the newest value of every key, never lost, never older.",
        versionProvider = VersionCommand.OfLvc.class,
        footer = {
            "  # Everything in one go, on a cluster in a box",
            "  lvc demo --approach b --sandbox --yes",
            "  # A cache on a cluster of yours",
            "  lvc create-topics --approach b --brokers host:9092 --admin http://host:9644"
        },
        subcommands = {
            SandboxCommand.class,
            InstallCommand.class,
            PortForwardCommand.class,
            CheckCommand.class,
            UninstallCommand.class,
            CreateTopicsCommand.class,
            DeleteTopicsCommand.class,
            ProduceCommand.class,
            ConsumeCommand.class,
            DemoCommand.class,
            ServeCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            RecreateCommand.class,
            TransformCommand.class,
            ConfigCommand.class,
            HelpCommand.class,
            VersionCommand.class,
            CompletionCommand.class
        })
final class LvcCommand implements Runnable {
    private static final Map<String, List<String>> GROUPS = groupsOfVerbs();

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help")
    boolean help;

    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version of lvc; more: lvc version")
    boolean version;

    @Spec
    CommandSpec spec;

    LvcCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    /** The verbs of the root in groups, in the order in which someone meets them. */
    static String groups(Help help) {
        StringBuilder text = new StringBuilder();
        GROUPS.forEach((title, verbs) -> {
            text.append("  ").append(title).append(System.lineSeparator());
            for (String verb : verbs) {
                Help of = help.subcommands().get(verb);
                if (of != null) {
                    text.append(String.format(
                            "    %-15s %s%n",
                            verb,
                            String.join(" ", of.commandSpec().usageMessage().description())));
                }
            }
        });
        return text.toString();
    }

    private static Map<String, List<String>> groupsOfVerbs() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put(
                "Set up",
                List.of("sandbox", "install", "check", "uninstall", "port-forward", "create-topics", "delete-topics"));
        groups.put("Use", List.of("produce", "consume", "serve", "demo"));
        groups.put("Look after", List.of("status", "verify", "recreate", "transform"));
        groups.put("Help", List.of("help", "config", "version", "completion"));
        return groups;
    }
}
