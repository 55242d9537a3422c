package lvc.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Streams;
import lvc.cli.wiring.Streams.Production;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.JournalTopic;
import lvc.core.record.NewRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "produce",
        description = "Write records from a file or standard input.",
        footer = {
            "  # One record per line, key and value around a comma",
            "  echo 'a,1' | lvc produce primary",
            "  # A tombstone: with --null, a value of exactly this text is null",
            "  echo 'a,-' | lvc produce primary --null -",
            "  # JSON lines, as lvc consume prints them",
            "  lvc produce primary backup.jsonl -f json"
        })
final class ProduceCommand implements Callable<Integer> {
    private static final int LONGEST = 1 << 20;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "TOPIC", description = "Topic to write to")
    String topic = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "Input; - or nothing for standard input")
    String file = "-";

    @Option(
            names = {"-f", "--format"},
            defaultValue = "%k,%v\\n",
            paramLabel = "FORMAT",
            description = "json for JSON lines, or a template of %%k %%v %%p %%d, text and escapes"
                    + " (default: '%%k,%%v\\n')")
    String format = "";

    @Option(
            names = "--null",
            paramLabel = "TEXT",
            description = "In a template, a value of exactly this text is null: a tombstone")
    @Nullable
    String nullText;

    @Option(
            names = "--skip-bad",
            description = "Leave out lines that are no records, and name them, instead of stopping")
    boolean skipBad;

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "N",
            description = "Write everything to this partition (default: the key decides, by murmur2)")
    int partition = NewRecord.UNSET;

    @Option(
            names = {"-z", "--compression"},
            defaultValue = "none",
            paramLabel = "none|gzip|snappy|lz4|zstd",
            description = "Compression of batches (default: ${DEFAULT-VALUE})")
    String compression = "none";

    @Option(
            names = "--max-record-bytes",
            paramLabel = "N",
            description = "A longer record is a bad line (default: 1048576)")
    int limit = LONGEST;

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    ProduceCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = wiring.settings(CacheSetting.DEFAULT_CACHE, cluster.flags(), cluster.file());
        demandSense();
        Production production =
                new Production(topic, Streams.inputFormat(format, nullText), limit, compression, partition, skipBad);
        try (InputStream in = input();
                View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view)) {
            bench.streams().produce(production, in);
            return Exit.DONE.code();
        }
    }

    private void demandSense() {
        Compressions.demand(compression);
        JournalTopic.demandOther(topic, "nothing was produced");
        if (partition < NewRecord.UNSET || limit < 1) {
            throw Fault.usage(
                    "nothing was produced",
                    partition < NewRecord.UNSET
                            ? "there is no partition " + partition
                            : "no record is at most " + limit + " bytes long",
                    "--partition 0 is the first one; --max-record-bytes 1048576 is the usual limit");
        }
    }

    private InputStream input() throws IOException {
        if (file.equals("-")) {
            return wiring.environment().in();
        }
        Path path = wiring.environment().workingDirectory().resolve(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw Fault.usage("nothing was produced", "cannot read the file " + path, "lvc produce TOPIC FILE");
        }
        return Files.newInputStream(path);
    }
}
