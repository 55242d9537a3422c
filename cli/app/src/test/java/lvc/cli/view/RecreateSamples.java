package lvc.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.event.Event;
import lvc.core.gate.Verdict;
import lvc.core.journal.Entry.Ending;
import lvc.core.journal.Fencing;
import lvc.core.journal.ForwardSeen;
import lvc.core.journal.RunPlan;
import lvc.core.journal.TopicSeen;
import lvc.core.journal.Waiver;
import lvc.core.report.RecreatePlan;
import lvc.core.report.RecreatePlan.GroupRow;
import lvc.core.report.RecreatePlan.Wait;
import lvc.core.report.Recreation;
import lvc.core.report.Recreation.StepRow;
import lvc.core.report.RepairPlan;
import lvc.core.report.RunLine;
import lvc.core.report.RunRow;
import lvc.core.report.Verification.Difference;
import lvc.core.report.Verification.Newest;
import lvc.core.topic.Approach;

/** One of every event of recreate. */
final class RecreateSamples {
    private static final RunPlan RUN = new RunPlan(
            "12ab34cd",
            "cluster-id",
            "default",
            Approach.B,
            "lvc",
            new TopicSeen("secondary", "id-s", 2, 3, new TreeMap<>(Map.of("cleanup.policy", "compact"))),
            new TopicSeen("primary", "id-p", 2, 3, new TreeMap<>(Map.of("segment.ms", "1000"))),
            true,
            Optional.of(new ForwardSeen("lvc-1", true, "none", "00ff", List.of("MODE"))),
            List.of("reports"),
            Fencing.BROKER,
            Waiver.NONE,
            "00ff",
            "none",
            List.of("MODE"),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2));

    static final RunRow UNFINISHED = new RunRow(
            "12ab34cd",
            "default",
            Approach.B,
            "primary",
            Instant.EPOCH,
            Optional.empty(),
            11,
            Optional.empty(),
            "",
            "step 12 of 17, wait until lvc-12ab34cd-1 has copied all of secondary",
            Instant.EPOCH.plusSeconds(90),
            true,
            Optional.of(Instant.EPOCH.plusSeconds(1)));
    private static final RunRow DONE = new RunRow(
            "00ab34cd",
            "prices",
            Approach.A,
            "prices-destination",
            Instant.EPOCH,
            Optional.of(Duration.ofMillis(21_300)),
            8,
            Optional.of(Ending.NOTHING_DONE),
            "somebody wanted to stop",
            "",
            Instant.EPOCH.plusSeconds(21),
            false,
            Optional.empty());

    private RecreateSamples() {}

    static List<Event> all() {
        return List.of(
                new Event.RecreatePlanned(new RecreatePlan(
                        RUN,
                        5_000_000,
                        1_200_000,
                        1_000_000,
                        List.of(new GroupRow("reports", 0, 2), new GroupRow("live", 1, 2)),
                        List.of("keep writers away from primary", "delete topic primary"),
                        List.of(new Wait("fence: nothing moves", Duration.ofSeconds(3))),
                        List.of("readers of primary go on at their old offsets"))),
                new Event.RepairPlanned(new RepairPlan(
                        "default",
                        "primary",
                        "secondary",
                        Optional.of("lvc-1"),
                        2,
                        1,
                        List.of(new Difference(
                                0,
                                "vienna",
                                "7669656e6e61",
                                Optional.of(new Newest(
                                        Optional.of("00112233445566778899aabbccddeeff"), 7, 1_700_000_000_000L)),
                                Optional.empty())),
                        "forward transform lvc-1 had copied primary up to where it was compared")),
                new Event.BackupRepaired("primary", "secondary", 2, 1, 3, "00112233445566778899aabbccddeeff"),
                new Event.MetricsServed("http://127.0.0.1:9100/metrics"),
                new Event.StepBegan(12, 17, "await-restored", "wait until lvc-12ab34cd-1 has copied all of secondary"),
                new Event.CopyProgressed(
                        1_203, 9_120, new Verdict.Wait("partition 3 at 1,203 of 9,120 (waiting: committed offset)")),
                new Event.StepEnded(12, 17, "await-restored", Duration.ofMillis(3400), 9_120),
                new Event.Recreated(new Recreation(
                        "12ab34cd",
                        "default",
                        Approach.B,
                        Ending.DONE,
                        List.of(
                                new StepRow("raise-fence", Duration.ofMillis(3100), 0),
                                new StepRow("await-restored", Duration.ofMillis(3400), 9_120)),
                        1_000_000,
                        "00112233445566778899aabbccddeeff")),
                new Event.HistoryShown(List.of(DONE, UNFINISHED)),
                new Event.RunShown(
                        "12ab34cd",
                        List.of(
                                new RunLine(Instant.EPOCH, "begun", "recreate", "recreate primary of cache default"),
                                new RunLine(
                                        Instant.EPOCH.plusMillis(1500),
                                        "intended",
                                        "delete-hot",
                                        "delete topic primary"))),
                new Event.RunLeft("12ab34cd", true, "primary"),
                new Event.RunLeft("12ab34cd", false, "primary"),
                new Event.RunUnfinished("12ab34cd", "step 12 of 17", true));
    }
}
