package lvc.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import lvc.cli.setting.Setting;
import lvc.cli.setting.Settings;
import lvc.cli.view.View;
import lvc.cli.wiring.Examination;
import lvc.cli.wiring.Wiring;
import lvc.cli.wiring.Workbench;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.report.Finding;
import lvc.core.report.Finding.Mark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = "Check whether a cluster is fit for caches: before an install, or after.",
        footer = {
            "  # Is this Kubernetes one to install to, and may I?",
            "  lvc check --pre --context kind-lvc",
            "  # What was installed there: pods, volumes, brokers, licence",
            "  lvc check --context kind-lvc",
            "  # A Redpanda that was there before, wherever it runs",
            "  lvc check --brokers host:9092 --admin http://host:9644"
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--pre", description = "Check a Kubernetes cluster before an install to it")
    boolean pre;

    @Mixin
    ClusterOptions cluster = new ClusterOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Wiring wiring;
    private final List<Finding> bad = new ArrayList<>();

    CheckCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        Settings settings = wiring.settings("default", cluster.flags(), cluster.file());
        try (View view = output.open(wiring)) {
            Consumer<Event> events = event -> {
                if (event instanceof Event.Checked checked && checked.finding().mark() == Mark.BAD) {
                    bad.add(checked.finding());
                }
                view.accept(event);
            };
            if (pre || onKubernetes(settings)) {
                kubernetes(settings, events);
            } else {
                brokers(settings, events);
            }
            demandNothingBad();
            return Exit.DONE.code();
        }
    }

    /** A context is a word; else whoever names brokers means these. */
    private boolean onKubernetes(Settings settings) {
        return !settings.value(Setting.CONTEXT).text().isEmpty()
                || (!cluster.sandbox
                        && settings.value(Setting.BROKERS).text().isEmpty()
                        && settings.value(Setting.ADMIN).text().isEmpty()
                        && wiring.hasKubeconfig(settings));
    }

    private void kubernetes(Settings settings, Consumer<Event> events) {
        try (Examination examination = wiring.examination(settings, events)) {
            if (pre) {
                examination.before();
            } else {
                examination.after();
            }
        }
    }

    private void brokers(Settings settings, Consumer<Event> events) {
        try (Workbench bench = wiring.open(settings, cluster.sandbox, events)) {
            events.accept(new Event.Checked(
                    Finding.unseen("kubernetes", "not looked at: no context is named, and the brokers are")));
            events.accept(new Event.Checked(bench.kafka()));
            bench.check(finding -> events.accept(new Event.Checked(finding))).run();
        }
    }

    private void demandNothingBad() {
        if (!bad.isEmpty()) {
            Finding first = bad.get(0);
            throw Fault.refused(
                    bad.size() == 1
                            ? "one thing is not as it has to be"
                            : bad.size() + " things are not as they have to be",
                    first.about() + ": " + first.what() + (bad.size() > 1 ? " (and more, marked ×)" : ""),
                    first.hint());
        }
    }
}
