package lvc.cli.command;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Streams;
import lvc.cli.wiring.Streams.Consumption;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.record.OffsetRange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "consume",
        description = "Print records, or the newest value of every key.",
        footer = {
            "  # From the first record on, and whatever comes, until Ctrl-C",
            "  lvc consume primary",
            "  # All there is now, key and value",
            "  lvc consume primary --offset :end -f '%%k=%%v\\n'",
            "  # The cache: each live key once",
            "  lvc consume primary --latest -f '%%k,%%v\\n'"
        })
final class ConsumeCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "TOPIC", description = "Topic to read")
    String topic = "";

    @Option(
            names = "--latest",
            description = "Print each live key once, with its newest value at the ends as they are now")
    boolean latest;

    @Option(
            names = "--offset",
            defaultValue = "start",
            paramLabel = "RANGE",
            description = "start, end, :end, 47, +2, -3, 10:20, @TIME, @FROM:UNTIL (default: ${DEFAULT-VALUE})")
    String offset = "";

    @Option(
            names = {"-p", "--partitions"},
            split = ",",
            hideParamSyntax = true,
            paramLabel = "N,...",
            description = "Only these partitions")
    List<Integer> partitions = List.of();

    @Option(
            names = {"-n", "--num"},
            paramLabel = "N",
            description = "Stop after so many records")
    @Nullable
    Long most;

    @Option(
            names = {"-f", "--format"},
            defaultValue = Streams.JSON,
            paramLabel = "FORMAT",
            description = "json for JSON lines, or a template of %%k %%v %%t %%p %%o %%d %%h{...}, text and escapes"
                    + " (default: ${DEFAULT-VALUE})")
    String format = "";

    @Option(names = "--null", paramLabel = "TEXT", description = "In a template, print this for a null value")
    @Nullable
    String nullText;

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            description = "Read as a member of this consumer group and commit what was printed")
    @Nullable
    String group;

    @Option(names = "--read-uncommitted", description = "Also print records of open and aborted transactions")
    boolean uncommitted;

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    ConsumeCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = wiring.settings(CacheSetting.DEFAULT_CACHE, cluster.flags(), cluster.file());
        Consumption consumption = consumption();
        try (View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view.besideData())) {
            bench.streams().consume(consumption, wiring.environment().out());
            return Exit.DONE.code();
        }
    }

    private Consumption consumption() {
        if (latest && (group != null || most != null || !offset.equals("start"))) {
            throw Fault.usage(
                    "--latest goes without --group, --num and --offset",
                    "the newest value of every key needs all records up to now",
                    "lvc consume " + topic + " --latest");
        }
        if (most != null && most < 1) {
            throw Fault.usage(
                    "nothing was consumed", "'" + most + "' is no number of records (--num)", "-n 1, or leave -n out");
        }
        return new Consumption(
                topic,
                Streams.format(format, nullText),
                latest
                        ? OffsetRange.ALL_NOW
                        : OffsetRange.parse(offset, wiring.pause().now()),
                new HashSet<>(partitions),
                Optional.ofNullable(most),
                !uncommitted,
                latest,
                Optional.ofNullable(group));
    }
}
