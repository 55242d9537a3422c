package lvc.cli.command;

import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import picocli.CommandLine.Command;

@Command(
        name = "delete",
        description = "Delete a transform and wait until it is gone; its topics stay.",
        footer = {
            "  # Ask first",
            "  lvc transform delete lvc-1f0c9a2b",
            "  # In a script",
            "  lvc transform delete lvc-1f0c9a2b --yes"
        })
final class TransformDeleteCommand extends NamedTransformCommand {

    TransformDeleteCommand(Wiring wiring) {
        super("Delete", wiring);
    }

    @Override
    void act(Workbench bench, View view) {
        bench.deployer().delete(name);
    }
}
