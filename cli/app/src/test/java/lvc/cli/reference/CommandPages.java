package lvc.cli.reference;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The page of the commands: what {@code --help} of each prints. */
public final class CommandPages {
    private static final String EXIT_CODES = "\nExit codes:\n";

    private static final String HEAD = """
            # Commands

            This page holds what `--help` of every command prints. The exit codes, which are the same for all commands,
            stand on [a page of their own](exit-codes.md). What `-o json` prints is described in [events](events.md), the
            formats of `produce` and `consume` in [record formats](record-formats.md), and what may stand in
            `config.properties` in [settings](settings.md).

            """;

    private CommandPages() {}

    /** The whole page. */
    public static String commands(CommandLine lvc) {
        Map<String, CommandLine> all = new LinkedHashMap<>();
        collect(lvc, all);
        StringBuilder page = new StringBuilder(HEAD);
        all.keySet().forEach(name -> page.append("- [")
                .append(name)
                .append("](#")
                .append(anchor(name))
                .append(")\n"));
        all.forEach((name, command) -> page.append("\n## ")
                .append(name)
                .append("\n\n```text\n")
                .append(help(command))
                .append("```\n"));
        return page.toString();
    }

    /** The long options of all commands, without their dashes. */
    public static Set<String> options(CommandLine lvc) {
        Map<String, CommandLine> all = new LinkedHashMap<>();
        collect(lvc, all);
        Set<String> options = new TreeSet<>();
        all.values().stream()
                .map(command -> command.getCommandSpec().optionsMap().keySet())
                .flatMap(Collection::stream)
                .filter(name -> name.startsWith("--"))
                .forEach(name -> options.add(name.substring(2)));
        return options;
    }

    private static void collect(CommandLine command, Map<String, CommandLine> all) {
        all.put(command.getCommandSpec().qualifiedName(), command);
        command.getSubcommands().values().forEach(sub -> collect(sub, all));
    }

    private static String anchor(String name) {
        return name.replace(' ', '-');
    }

    private static String help(CommandLine command) {
        String text = command.getUsageMessage(Ansi.OFF).replace("\r\n", "\n");
        int codes = text.indexOf(EXIT_CODES);
        return codes < 0 ? text : text.substring(0, codes);
    }
}
