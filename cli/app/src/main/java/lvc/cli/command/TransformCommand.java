package lvc.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "transform",
        description = "Deploy, list, delete, pause transforms; read logs.",
        footer = {"  # What runs", "  lvc transform list", "  # Why does it not run?", "  lvc transform logs NAME"},
        subcommands = {
            TransformDeployCommand.class,
            TransformListCommand.class,
            TransformDeleteCommand.class,
            TransformPauseCommand.class,
            TransformResumeCommand.class,
            TransformLogsCommand.class
        })
final class TransformCommand implements Runnable {
    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    CommandSpec spec;

    TransformCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "lvc transform needs one of its commands");
    }
}
