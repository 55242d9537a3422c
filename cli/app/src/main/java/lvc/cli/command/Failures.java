package lvc.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lvc.cli.setting.Suggestion;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import lvc.core.record.ReaderGone;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where whatever went wrong becomes three lines and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final Pattern NO_NUMBER =
            Pattern.compile("(?s)Invalid value for option '([^']+)'(?: \\(.*?\\))?: '(.*)' is not an? (?:int|long)");
    private static final Pattern NO_CHOICE = Pattern.compile(
            "(?s)Invalid value for option '([^']+)'(?: \\(.*?\\))?: expected one of \\[(.*?)] \\(case-.*?\\) but was '(.*)'");

    private final Wiring wiring;

    Failures(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        OutputOptions output = asked(args);
        if (exception.getCause() instanceof Fault fault) {
            return show(fault, output);
        }
        CommandLine command = exception.getCommandLine();
        String why = exception instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched, command)
                : plain(String.valueOf(exception.getMessage()).replaceFirst("^Error: ", ""));
        return show(
                Fault.usage(
                        "this command line is not understood",
                        why,
                        command.getCommandSpec().qualifiedName() + " --help"),
                output);
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        if (exception instanceof ReaderGone || exception.getCause() instanceof ReaderGone) {
            return Exit.DONE.code();
        }
        if (exception instanceof ParameterException wrong) {
            return handleParseException(wrong, new String[0]);
        }
        OutputOptions output = output(command);
        if (exception instanceof Fault fault) {
            return show(fault, output);
        }
        if (exception instanceof Pause.Interrupted stopped) {
            wiring.environment().err().println("interrupted: " + stopped.getMessage());
            return Exit.INTERRUPTED.code();
        }
        if (exception instanceof IOException) {
            return show(
                    Fault.failed(
                            "input or output failed",
                            String.valueOf(exception.getMessage()),
                            "is the disk full, or a file gone? Then the same command again"),
                    output);
        }
        return show(bug(exception, command), output);
    }

    /** What picocli says of values, without the names of Java's types. */
    private static String plain(String said) {
        Matcher number = NO_NUMBER.matcher(said);
        if (number.matches()) {
            return "'" + number.group(2) + "' is no whole number (" + number.group(1) + ")";
        }
        Matcher choice = NO_CHOICE.matcher(said);
        if (choice.matches()) {
            return "'" + choice.group(3) + "' is none of " + choice.group(2) + " (" + choice.group(1) + ")";
        }
        return said;
    }

    private int show(Fault fault, OutputOptions output) {
        if (output.format == OutputOptions.Format.json) {
            try (View json = output.open(wiring)) {
                json.fault(fault);
            }
        }
        OutputOptions human = new OutputOptions();
        human.color = output.color;
        try (View view = human.open(wiring)) {
            view.fault(fault);
        }
        return fault.exit().code();
    }

    /** What form of output was asked for on a command line that was not understood. */
    private static OutputOptions asked(String[] args) {
        OutputOptions output = new OutputOptions();
        String line = " " + String.join(" ", args) + " ";
        if (line.matches(".* (-o|-o=|-o |--output=|--output )json .*")) {
            output.format = OutputOptions.Format.json;
        }
        return output;
    }

    private static OutputOptions output(CommandLine command) {
        return command.getCommandSpec().mixins().values().stream()
                .map(mixin -> mixin.userObject())
                .filter(OutputOptions.class::isInstance)
                .map(OutputOptions.class::cast)
                .findFirst()
                .orElseGet(OutputOptions::new);
    }

    private static String unmatched(UnmatchedArgumentException exception, CommandLine command) {
        String typed = exception.getUnmatched().get(0);
        boolean option = typed.startsWith("-");
        List<String> known = new ArrayList<>();
        if (option) {
            known.addAll(command.getCommandSpec().optionsMap().keySet());
        } else {
            known.addAll(command.getSubcommands().keySet());
        }
        String name = option ? typed.replaceFirst("=.*", "") : typed;
        String kind = known.isEmpty() ? "argument" : option ? "option" : "command";
        return "'" + name + "' is no " + kind + " of "
                + command.getCommandSpec().qualifiedName() + Suggestion.sentence(name, known);
    }

    /** Whatever is not a fault is a mistake of lvc's own: a short word, and the details in a file. */
    private static Fault bug(Exception exception, CommandLine command) {
        String where;
        try {
            Path trace = Files.createTempFile("lvc-trace-", ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(trace))) {
                exception.printStackTrace(writer);
            }
            where = "details in " + trace;
        } catch (IOException | UncheckedIOException e) {
            where = "the details could not be written: " + e.getMessage();
        }
        return Fault.failed(
                        command.getCommandSpec().qualifiedName() + " failed in a way it should not",
                        exception.getClass().getSimpleName() + ": " + exception.getMessage(),
                        where + "; lvc status shows how things stand")
                .causedBy(exception);
    }
}
