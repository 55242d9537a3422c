package lvc.cli.view;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lvc.cli.term.LiveLine;
import lvc.cli.term.Style;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import lvc.core.topic.TopicChange;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import org.apache.commons.text.WordUtils;

/** Text for people: what was asked for on standard output, talk on standard error. */
public final class HumanView implements View {
    private static final int NARRATED = 100;

    private final Lines out;
    private final PrintStream err;
    private final LiveLine live;
    private final Style style;
    private final Style errStyle;
    private final boolean quiet;
    private final StepLine step;

    /**
     * Opens nothing.
     *
     * @param style for standard output
     * @param errStyle for standard error
     * @param quiet whether talk is left out
     * @param clock for rates
     */
    public HumanView(
            Lines out, PrintStream err, LiveLine live, Style style, Style errStyle, boolean quiet, Pause clock) {
        this.out = out;
        this.err = err;
        this.live = live;
        this.style = style;
        this.errStyle = errStyle;
        this.quiet = quiet;
        this.step = new StepLine(clock);
    }

    @Override
    public void accept(Event event) {
        if (event instanceof Event.Waiting waiting) {
            if (!quiet) {
                live.show(step.waiting(waiting));
            }
            return;
        }
        if (event instanceof Event.StepBegan
                || event instanceof Event.CopyProgressed
                || event instanceof Event.StepEnded) {
            step(event);
            return;
        }
        if (event instanceof Event.Progressed progress) {
            if (!quiet) {
                live.show(step.progressed(progress));
            }
            return;
        }
        live.clear();
        if (!talk(event)) {
            out.print(answer(event));
        }
    }

    /** Recreate says at every moment which step it is at, and what it waits for. */
    private void step(Event event) {
        if (event instanceof Event.StepBegan began) {
            step.begin(began);
        } else if (event instanceof Event.CopyProgressed copied) {
            step.copied(copied);
        } else if (event instanceof Event.StepEnded ended) {
            step.end();
            if (!quiet) {
                live.passed(errStyle.quiet(RecreateText.ended(ended)));
            }
            return;
        }
        if (!quiet) {
            live.show(step.text());
        }
    }

    @Override
    public Consumer<Event> besideData() {
        return this;
    }

    @Override
    public void fault(Fault fault) {
        live.clear();
        err.println(errStyle.bad("error:") + " " + fault.what());
        err.println(errStyle.strong("why:") + "   " + fault.why());
        err.println(errStyle.strong("next:") + "  " + fault.next());
        err.flush();
    }

    @Override
    public void close() {
        live.clear();
    }

    /** What is said in passing, on standard error. */
    private boolean talk(Event event) {
        String line;
        if (event instanceof Event.ClusterChosen e) {
            line = errStyle.quiet("cluster: brokers " + e.brokers() + ", admin " + e.admin() + " (" + e.origin() + ")");
        } else if (event instanceof Event.DeployPlanned e) {
            line = errStyle.quiet("deploying " + arrow(e.transform()) + ", from "
                    + e.transform().start().map(StartFrom::toString).orElse("now on") + ", module sha256 "
                    + e.module());
        } else if (event instanceof Event.MetricsServed e) {
            line = errStyle.quiet("metrics: " + e.address());
        } else if (event instanceof Event.DryRun) {
            line = "dry run: nothing was changed";
        } else if (event instanceof Event.LineSkipped e) {
            line = errStyle.odd("skipped") + " line " + e.number() + ": " + e.why();
        } else if (event instanceof Event.Warned e) {
            line = errStyle.odd("warning:") + " " + e.warning();
        } else if (event instanceof Event.RunUnfinished e) {
            line = RecreateText.unfinished(e, errStyle);
        } else if (event instanceof Event.BrokersLost e) {
            line = errStyle.odd("lost") + " " + String.join(", ", e.pods()) + ": " + e.reason();
        } else if (event instanceof Event.BrokersBack e) {
            line = errStyle.good("back") + " " + String.join(", ", e.pods());
        } else if (event instanceof Event.ServedTopicTold e) {
            line = errStyle.strong(e.topic()) + " " + e.what() + ": " + e.why();
        } else if (event instanceof Event.DeployRepeated e) {
            line = errStyle.odd("repeated") + " deploy of transform " + e.transform() + ": " + e.reason();
        } else {
            return false;
        }
        if (!quiet || isEarnest(event)) {
            err.println(line);
        }
        return true;
    }

    private static boolean isEarnest(Event event) {
        return event instanceof Event.Warned
                || event instanceof Event.RunUnfinished
                || event instanceof Event.BrokersLost
                || event instanceof Event.BrokersBack;
    }

    private String answer(Event event) {
        if (event instanceof Event.CreatePlanned e) {
            return PlanText.of(e.plan());
        } else if (event instanceof Event.DeletePlanned e) {
            return PlanText.of(e.plan());
        } else if (event instanceof Event.StatusShown e) {
            return StatusText.of(e.status(), style);
        } else if (event instanceof Event.HistoryShown e) {
            return HistoryText.of(e.runs());
        } else if (event instanceof Event.RunShown e) {
            return HistoryText.of(e.run(), e.lines());
        } else if (event instanceof Event.DifferenceFound e) {
            return VerificationText.of(e.difference(), style);
        } else if (event instanceof Event.Verified e) {
            return step.began()
                    ? style.quiet(step.number()) + " " + VerificationText.inShort(e.verification(), style)
                    : VerificationText.of(e.verification(), style);
        } else if (event instanceof Event.RepairPlanned e) {
            return VerificationText.of(e.plan());
        } else if (event instanceof Event.BackupRepaired e) {
            return style.good("repaired") + " " + e.secondary() + ": " + count(e.values(), "value") + " and "
                    + count(e.tombstones(), "tombstone") + " written\n" + style.good("equal") + ": "
                    + count(e.keys(), "live key") + " in " + e.primary() + " and " + e.secondary()
                    + ", digest of both folds " + e.digest();
        } else if (event instanceof Event.RecreatePlanned e) {
            return RecreateText.of(e.plan(), style);
        } else if (event instanceof Event.Recreated e) {
            return RecreateText.of(e.recreation(), style);
        } else if (event instanceof Event.RunLeft e) {
            return RecreateText.left(e, style);
        } else if (event instanceof Event.TransformsListed e) {
            return StatusText.of(e.transforms());
        } else if (event instanceof Event.SettingsShown e) {
            return Table.of(
                    List.of("KEY", "VALUE", "ORIGIN"),
                    e.settings().stream()
                            .map(s -> List.of(s.key(), s.value(), s.origin()))
                            .toList());
        } else if (event instanceof Event.VersionShown e) {
            return "lvc " + e.lvc() + "\njava " + e.java() + "\nkafka-clients " + e.kafkaClients();
        } else if (event instanceof Event.TransformLogged e) {
            return e.time() + " " + e.level() + " " + e.line();
        } else if (event instanceof Event.RecordsProduced e) {
            return "produced " + count(e.acknowledged(), "record") + " to " + e.topic()
                    + (e.skipped() == 0 ? "" : ", skipped " + count(e.skipped(), "bad line"))
                    + (e.failed() == 0 ? "" : ", failed: " + count(e.failed(), "record"))
                    + (e.unknown() == 0 ? "" : ", unknown what became of " + count(e.unknown(), "record")) + " ("
                    + seconds(e.took()) + ")";
        }
        return happened(event);
    }

    private String happened(Event event) {
        if (event instanceof Event.TopicCreated e) {
            return style.good("created") + " topic " + e.topic().name() + " ("
                    + count(e.topic().partitions(), "partition") + ")";
        } else if (event instanceof Event.TopicKept e) {
            return "unchanged topic " + e.topic()
                    + e.drift().stream().map(this::drift).collect(Collectors.joining());
        } else if (event instanceof Event.TopicAltered e) {
            return style.good("altered") + " topic " + e.topic() + " " + e.settings();
        } else if (event instanceof Event.TopicDeleted e) {
            return style.good("deleted") + " topic " + e.topic();
        } else if (event instanceof Event.TransformDeployed e) {
            return style.good("deployed") + " transform " + arrow(e.transform());
        } else if (event instanceof Event.TransformKept e) {
            return "unchanged transform " + e.transform()
                    + (e.running()
                            ? ""
                            : "\n  " + style.odd("differs")
                                    + ": it does not run on every partition; lvc transform resume " + e.transform()
                                    + ", or lvc transform logs " + e.transform());
        } else if (event instanceof Event.TransformDeleted e) {
            return style.good("deleted") + " transform " + e.transform();
        } else if (event instanceof Event.TransformPaused e) {
            return style.good(e.paused() ? "paused" : "resumed") + " transform " + e.transform();
        }
        return InstallText.of(event, style).or(() -> CheckText.of(event, style)).orElseGet(() -> told(event));
    }

    private String told(Event event) {
        if (event instanceof Event.Narrated e) {
            return "\n" + style.strong(WordUtils.wrap("# " + e.sentence(), NARRATED, "\n# ", false));
        } else if (event instanceof Event.RecordsWritten e) {
            return "  " + style.quiet("write to " + e.topic() + ":") + " " + String.join("  ", e.records());
        } else if (event instanceof Event.LatestShown e) {
            return "\n" + style.good("last values") + " of " + e.topic() + ": "
                    + e.values().entrySet().stream()
                            .map(v -> v.getKey() + "=" + v.getValue())
                            .collect(Collectors.joining(" "));
        } else if (event instanceof Event.RecordsRead e) {
            return e.records().isEmpty()
                    ? "  (nothing)"
                    : e.records().stream()
                            .map(r -> "  " + r.key() + " = " + r.value().orElse("(deleted)") + "   (partition "
                                    + r.partition() + ", offset " + r.offset() + ")")
                            .collect(Collectors.joining("\n"));
        } else if (event instanceof Event.PortsForwarded e) {
            return style.good("port-forward ready:") + " brokers " + e.brokers() + ", admin " + e.admin() + " (context "
                    + e.context() + ", namespace " + e.namespace() + ")";
        } else if (event instanceof Event.ServingBegan e) {
            return style.good("serving") + " " + String.join(", ", e.topics()) + " at " + e.address()
                    + " (Ctrl-C stops)";
        } else if (event instanceof Event.TopicCounted e) {
            return "  " + e.topic() + ": " + count(e.records(), "record") + " for " + count(e.liveKeys(), "live key");
        }
        throw new IllegalStateException("no words for " + event);
    }

    private String drift(TopicChange.Drift drift) {
        return "\n  " + style.odd("differs") + ": " + PlanText.drift(drift);
    }

    private static String arrow(TransformSpec transform) {
        return transform.name() + " (" + transform.input() + " to " + String.join(", ", transform.outputs()) + ")";
    }

    static String count(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
