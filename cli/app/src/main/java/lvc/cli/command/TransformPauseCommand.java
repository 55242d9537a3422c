package lvc.cli.command;

import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.event.Event;
import picocli.CommandLine.Command;

@Command(
        name = "pause",
        description = "Pause a transform. A pause is no fence: it may resume when leaders move.",
        footer = {"  # Until lvc transform resume", "  lvc transform pause lvc-1f0c9a2b --yes"})
final class TransformPauseCommand extends NamedTransformCommand {

    TransformPauseCommand(Wiring wiring) {
        super("Pause", wiring);
    }

    @Override
    void act(Workbench bench, View view) {
        bench.transforms().pause(name, true);
        view.accept(new Event.TransformPaused(name, true));
    }
}
