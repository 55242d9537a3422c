package lvc.cli.command;

import lvc.cli.Environment;
import lvc.cli.term.LiveLine;
import lvc.cli.term.Style;
import lvc.cli.term.Terminal;
import lvc.cli.view.HumanView;
import lvc.cli.view.JsonView;
import lvc.cli.view.Lines;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.core.event.Event;
import picocli.CommandLine.Option;

/** How results are shown. */
final class OutputOptions {

    /** For people or for programs. */
    enum Format {
        human,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "human|json",
            defaultValue = "human",
            description = "Text for people, or one JSON object per line (default: ${DEFAULT-VALUE})")
    Format format = Format.human;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            defaultValue = "auto",
            description = "Colour; auto means only where a person looks (default: ${DEFAULT-VALUE})")
    Style.When color = Style.When.auto;

    @Option(
            names = {"-q", "--quiet"},
            description = "Leave out all talk on standard error but errors")
    boolean quiet;

    /** Whether a program reads along, for which no list is too long. */
    boolean forPrograms() {
        return format == Format.json;
    }

    /** The view that was asked for; the first one warns of what may be meant for lvc and is not heard. */
    View open(Wiring wiring) {
        View view = made(wiring);
        wiring.warnings().forEach(warning -> view.besideData().accept(new Event.Warned(warning)));
        return view;
    }

    private View made(Wiring wiring) {
        Environment environment = wiring.environment();
        Lines out = new Lines(environment.out());
        Terminal terminal = environment.terminal();
        return format == Format.json
                ? new JsonView(out, environment.err())
                : new HumanView(
                        out,
                        environment.err(),
                        new LiveLine(environment.err(), terminal, wiring.pause()),
                        new Style(color, terminal.out() && terminal.colour()),
                        new Style(color, terminal.err() && terminal.colour()),
                        quiet,
                        wiring.pause());
    }
}
