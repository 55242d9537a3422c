package lvc.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import lvc.core.fault.Exit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

@Command(
        name = "help",
        description = "Show the help of a command.",
        footer = {
            "  # All commands",
            "  lvc help",
            "  # One of them, as lvc serve --help",
            "  lvc help serve",
            "  lvc help transform deploy"
        })
final class HelpCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Which command (default: lvc itself)")
    List<String> path = List.of();

    @Spec
    CommandSpec spec;

    HelpCommand() {}

    @Override
    public Integer call() {
        CommandLine shown = spec.root().commandLine();
        for (String word : path) {
            CommandLine next = shown.getSubcommands().get(word);
            if (next == null) {
                throw new UnmatchedArgumentException(shown, List.of(word));
            }
            shown = next;
        }
        shown.usage(shown.getOut());
        return Exit.DONE.code();
    }
}
