package lvc.cli.command;

import picocli.CommandLine.Option;

/** The flag that every command has. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help")
    boolean help;
}
