package lvc.cli.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import lvc.cli.wiring.Wiring;
import lvc.core.fault.Exit;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print a script for the shell's completion.",
        footer = {
            "  # In ~/.bashrc",
            "  source <(lvc completion bash)",
            "  # In ~/.zshrc",
            "  autoload -U +X bashcompinit && bashcompinit && source <(lvc completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {

    /** Shells whose completion can read the script. */
    enum Shell {
        bash,
        zsh
    }

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "bash|zsh", description = "The shell; the script is the same for both")
    Shell shell = Shell.bash;

    @Spec
    CommandSpec spec;

    private final Wiring wiring;

    CompletionCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        PrintStream out = new PrintStream(wiring.environment().out(), false, StandardCharsets.UTF_8);
        out.print(AutoComplete.bash("lvc", spec.root().commandLine()));
        out.flush();
        return Exit.DONE.code();
    }
}
