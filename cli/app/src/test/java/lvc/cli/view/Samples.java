package lvc.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import lvc.core.event.Event;
import lvc.core.gate.Verdict;
import lvc.core.report.CacheStatus;
import lvc.core.report.CacheStatus.JournalRow;
import lvc.core.report.CacheStatus.TopicRow;
import lvc.core.report.CacheStatus.TransformRow;
import lvc.core.report.ClusterOverview;
import lvc.core.report.CreatePlan;
import lvc.core.report.DeletePlan;
import lvc.core.report.Verification;
import lvc.core.report.Verification.Difference;
import lvc.core.report.Verification.Newest;
import lvc.core.report.Verification.PartitionRow;
import lvc.core.report.Verification.SplitKey;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicChange;
import lvc.core.topic.TopicChange.Drift;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformSpec;
import lvc.core.transform.TransformState;
import lvc.core.transform.TransformState.Row;
import lvc.core.transform.TransformState.Status;

/** One of every event. */
final class Samples {
    private static final TopicSpec TRUTH =
            new TopicSpec("secondary", 1, -1, new TreeMap<>(Map.of("cleanup.policy", "compact")));
    private static final TopicSpec HOT = new TopicSpec("primary", 1, -1, new TreeMap<>(Map.of("segment.ms", "1000")));
    private static final Cache CACHE = new Cache("default", Approach.B, "lvc", TRUTH, HOT);
    private static final Drift DRIFT = new Drift("segment.ms", "1000", Optional.of("7"));
    private static final TransformSpec SPEC = new TransformSpec(
            "lvc-1",
            "primary",
            List.of("secondary"),
            Map.of("PASSWORD", "do-not-show"),
            "none",
            Optional.of(StartFrom.BEGINNING));
    private static final TransformState STATE = new TransformState(
            "lvc-1",
            "primary",
            List.of("secondary"),
            Map.of("PASSWORD", "do-not-show"),
            "none",
            List.of(new Row(0, 0, Status.RUNNING, 3)));

    private Samples() {}

    static List<Event> all() {
        return Stream.of(general(), RecreateSamples.all(), InstallSamples.all(), CheckSamples.all())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Event> general() {
        return List.of(
                new Event.ClusterChosen("127.0.0.1:9092", "http://127.0.0.1:9644", "--brokers"),
                new Event.Waiting("it runs", "0 of 1 partitions run", Duration.ofMillis(1500)),
                new Event.CreatePlanned(new CreatePlan(
                        CACHE,
                        List.of(new TopicChange(TRUTH, true, List.of()), new TopicChange(HOT, false, List.of(DRIFT))),
                        Optional.empty(),
                        true,
                        false)),
                new Event.DeletePlanned(new DeletePlan(
                        CACHE,
                        List.of("lvc-1"),
                        Optional.of(new TopicState("primary", "id", 1, 1, Map.of("segment.ms", "7"), Set.of())),
                        1234)),
                new Event.DeployPlanned(SPEC, "abc"),
                new Event.DryRun(),
                new Event.Progressed("records produced", 12_345),
                new Event.TopicCreated(HOT),
                new Event.TopicKept("primary", List.of(DRIFT)),
                new Event.TopicAltered("primary", Map.of("segment.ms", "1000")),
                new Event.TopicDeleted("primary"),
                new Event.TransformDeployed(SPEC, "abc"),
                new Event.TransformKept("lvc-1", false),
                new Event.TransformDeleted("lvc-1"),
                new Event.TransformPaused("lvc-1", true),
                new Event.DeployRepeated("lvc-1", "504"),
                new Event.TransformsListed(List.of(STATE)),
                new Event.TransformLogged("lvc-1", Instant.EPOCH, "INFO", "hello"),
                new Event.StatusShown(new CacheStatus(
                        CACHE,
                        new ClusterOverview("uuid", "v1", List.of(0), List.of()),
                        List.of(
                                new TopicRow("primary", "primary", true, List.of(DRIFT), Map.of(0, new Ends(2, 9, 9))),
                                new TopicRow("secondary", "secondary", false, List.of(), Map.of())),
                        List.of(
                                new TransformRow(
                                        "forward",
                                        STATE,
                                        Map.of(0, 5L),
                                        new Verdict.Wait("partition 0 at 6 of 9 (waiting: committed offset)")),
                                new TransformRow(
                                        "reverse",
                                        STATE,
                                        Map.of(),
                                        new Verdict.Fail("partition 0 has failed on broker 0")),
                                new TransformRow("other", STATE, Map.of(0, 8L), new Verdict.Open())),
                        List.of("primary"),
                        new JournalRow(Optional.of(RecreateSamples.UNFINISHED), ""),
                        Optional.of(CheckSamples.TRIAL),
                        Instant.EPOCH.plusSeconds(100))),
                new Event.StatusShown(new CacheStatus(
                        CACHE,
                        new ClusterOverview("uuid", "v1", List.of(0, 1), List.of("leaderless partitions")),
                        List.of(),
                        List.of(),
                        List.of(),
                        new JournalRow(Optional.empty(), ""),
                        Optional.empty(),
                        Instant.EPOCH)),
                new Event.DifferenceFound(new Difference(
                        0,
                        "vienna",
                        "7669656e6e61",
                        Optional.of(new Newest(Optional.of("00112233445566778899aabbccddeeff"), 7, 1_700_000_000_000L)),
                        Optional.of(new Newest(Optional.empty(), 5, 1_700_000_000_000L)))),
                new Event.Verified(new Verification(
                        "default",
                        Approach.B,
                        "primary",
                        "secondary",
                        false,
                        3,
                        2,
                        "00112233445566778899aabbccddeeff",
                        "ffeeddccbbaa99887766554433221100",
                        "there is no forward transform: both topics were compared as they stood",
                        3,
                        List.of(new PartitionRow(0, 4, 3, 2, 2, 1, 0, 2)),
                        List.of(
                                new Difference(
                                        0,
                                        "vienna",
                                        "7669656e6e61",
                                        Optional.of(new Newest(
                                                Optional.of("00112233445566778899aabbccddeeff"),
                                                7,
                                                1_700_000_000_000L)),
                                        Optional.of(new Newest(Optional.empty(), 5, 1_700_000_000_000L))),
                                new Difference(
                                        0,
                                        "graz",
                                        "6772617a",
                                        Optional.of(new Newest(
                                                Optional.of("112233445566778899aabbccddeeff00"),
                                                8,
                                                1_700_000_000_000L)),
                                        Optional.empty())),
                        1,
                        List.of(new SplitKey("primary", "linz", "6c696e7a", List.of(0, 1))),
                        4,
                        Map.of(0, 9L),
                        Map.of(0, 7L),
                        1_700_000_000_000L,
                        -1)),
                new Event.RecordsProduced("primary", 1_234_567, 2, 0, 3, Duration.ofMillis(2345)),
                new Event.LineSkipped(7, "it has no key"),
                new Event.Warned("two keys lie in two partitions"),
                new Event.SettingsShown(
                        List.of(new Event.SettingsShown.Shown("brokers", "127.0.0.1:9092", "LVC_BROKERS"))),
                new Event.VersionShown("0.1.0", "17", "4.3.1"),
                new Event.Narrated("Three keys."),
                new Event.RecordsWritten("primary", List.of("a=1", "b")),
                new Event.RecordsRead(
                        "primary",
                        List.of(
                                new Event.RecordsRead.Read(0, 1, "a", Optional.of("1")),
                                new Event.RecordsRead.Read(0, 2, "b", Optional.empty()))),
                new Event.LatestShown("primary", new TreeMap<>(Map.of("a", "1"))),
                new Event.TopicCounted("primary", 5, 1));
    }
}
