package lvc.cli.command;

import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.event.Event;
import picocli.CommandLine.Command;

@Command(
        name = "resume",
        description = "Resume a paused transform where it left off.",
        footer = {"  # Goes on from what it has committed", "  lvc transform resume lvc-1f0c9a2b --yes"})
final class TransformResumeCommand extends NamedTransformCommand {

    TransformResumeCommand(Wiring wiring) {
        super("Resume", wiring);
    }

    @Override
    void act(Workbench bench, View view) {
        bench.transforms().pause(name, false);
        view.accept(new Event.TransformPaused(name, false));
    }
}
