package lvc.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lvc.cli.wiring.Wiring;
import lvc.core.fault.Exit;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands, put together: how they are made, how their help looks and how they fail. */
public final class CommandTree {
    private static final int HELP_COLUMNS = 80;
    private static final List<String> HELP_SECTIONS = List.of(
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
            UsageMessageSpec.SECTION_KEY_FOOTER,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);

    private CommandTree() {}

    /** The command line of lvc. */
    public static CommandLine of(Wiring wiring) {
        CommandLine lvc = new CommandLine(LvcCommand.class, new Factory(wiring));
        lvc.setCaseInsensitiveEnumValuesAllowed(true);
        Failures failures = new Failures(wiring);
        lvc.setParameterExceptionHandler(failures);
        lvc.setExecutionExceptionHandler(failures);
        lvc.setUsageHelpWidth(HELP_COLUMNS);
        dress(lvc);
        lvc.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, LvcCommand::groups);
        return lvc;
    }

    /** Gives every command the same order of sections, and the one table of exit codes. */
    private static void dress(CommandLine command) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (Exit exit : Exit.values()) {
            codes.put(Integer.toString(exit.code()), exit.meaning());
        }
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.synopsisHeading("%nUsage: ");
        usage.abbreviateSynopsis(true);
        usage.footerHeading("%nExamples:%n");
        usage.parameterListHeading("%nArguments:%n");
        usage.optionListHeading("%nOptions:%n");
        usage.commandListHeading("%nCommands:%n");
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(codes);
        command.setHelpSectionKeys(HELP_SECTIONS);
        command.getSubcommands().values().forEach(CommandTree::dress);
    }

    /** Commands get the wiring; everything else picocli makes by itself. */
    private record Factory(Wiring wiring) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Wiring.class) {
                    return type.cast(constructor.newInstance(wiring));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
