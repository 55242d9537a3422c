package lvc.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import lvc.cli.setting.CacheSetting;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.JournalTopic;
import lvc.core.transform.Module;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deploy",
        description = "Deploy a transform and wait until it runs on every partition.",
        footer = {
            "  # The built-in identity, from the first record on",
            "  lvc transform deploy copy -i orders --output-topic copy --from-offset +0",
            "  # A module of your own",
            "  lvc transform deploy mask --file mask.wasm -i orders --output-topic masked"
        })
final class TransformDeployCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "Name of the transform")
    String name = "";

    @Option(
            names = {"-i", "--input-topic"},
            required = true,
            paramLabel = "TOPIC",
            description = "Topic it reads")
    String input = "";

    @Option(
            names = {"--output-topic"},
            required = true,
            paramLabel = "TOPIC",
            description = "Topic it writes; may be given up to eight times")
    List<String> outputs = new ArrayList<>();

    @Option(names = "--file", paramLabel = "FILE", description = "WebAssembly module (default: the built-in identity)")
    @Nullable
    Path file;

    @Option(
            names = "--from-offset",
            paramLabel = "+N|-N|@MS",
            description = "Where a new name starts: records from the beginning, from the end, or a time"
                    + " (default: the time of the deploy). A name that was deployed before goes on where it was")
    @Nullable
    String from;

    @Option(
            names = "--compression",
            paramLabel = "none|gzip|snappy|lz4|zstd",
            defaultValue = "none",
            description = "Compression of what it writes (default: ${DEFAULT-VALUE})")
    String compression = "none";

    @Option(
            names = "--var",
            paramLabel = "KEY=VALUE",
            description = "Environment variable the module sees; for secrets use --var-file")
    Map<String, String> variables = new HashMap<>();

    @Option(names = "--var-file", paramLabel = "FILE", description = "File with more variables, KEY=VALUE per line")
    @Nullable
    Path variablesFile;

    @Mixin
    ConsentOptions consent = new ConsentOptions();

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;

    TransformDeployCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        Compressions.demand(compression);
        outputs.forEach(topic -> JournalTopic.demandOther(topic, "transform " + name + " not deployed"));
        Settings settings = wiring.settings(CacheSetting.DEFAULT_CACHE, cluster.flags(), cluster.file());
        TransformSpec transform = new TransformSpec(
                name,
                input,
                outputs,
                variables(),
                compression,
                Optional.ofNullable(from).map(StartFrom::parse));
        Module module = module();
        try (View view = output.open(wiring);
                Workbench bench = wiring.open(settings, cluster.sandbox, view)) {
            bench.demandNoRun();
            view.accept(new Event.DeployPlanned(transform, module.sha256()));
            bench.transform(name).ifPresent(there -> {
                if (from != null) {
                    throw Fault.refused(
                            "transform " + name + " not deployed",
                            "there is one of that name already, and it would go on where it is: --from-offset would not count",
                            "another name, or first: lvc transform delete " + name);
                }
            });
            if (consent.dryRun) {
                view.accept(new Event.DryRun());
                return Exit.DONE.code();
            }
            if (bench.transform(name).isPresent()) {
                consent.require("Replace the module of transform " + name + " on " + bench.where() + "?", wiring);
            }
            bench.deployer().deployOnce(transform, module);
            return Exit.DONE.code();
        }
    }

    private Module module() {
        return file == null
                ? Module.identity()
                : ModuleFiles.module(wiring.environment().workingDirectory().resolve(file), "--file");
    }

    private Map<String, String> variables() {
        Map<String, String> all = new HashMap<>(variables);
        if (variablesFile != null) {
            all.putAll(ModuleFiles.variables(
                    wiring.environment().workingDirectory().resolve(variablesFile), "--var-file"));
        }
        return all;
    }
}
