package lvc.adapter.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.journal.Entry;
import lvc.core.journal.Fencing;
import lvc.core.journal.ForwardSeen;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.journal.TopicSeen;
import lvc.core.journal.Waiver;
import lvc.core.topic.Approach;
import lvc.core.topic.Ends;
import lvc.core.transform.StartFrom;

/** One of everything that a journal can hold. */
final class Samples {
    static final String RUN = "lvc-20260301-7f3a";
    private static final Instant AT = Instant.parse("2026-03-01T03:00:00.123Z");
    private static final TopicSeen HOT = new TopicSeen(
            "primary",
            "wvFQEyXLTbGy5KjyMfg8iQ",
            2,
            3,
            new TreeMap<>(Map.of("cleanup.policy", "compact", "segment.ms", "1000")));
    private static final TopicSeen TRUTH =
            new TopicSeen("secondary", "", 2, 3, new TreeMap<>(Map.of("redpanda.remote.write", "true")));

    private Samples() {}

    /** Entries of every kind, with steps and outcomes of every kind. */
    static List<Entry> all() {
        List<Entry> all = new ArrayList<>();
        all.add(new Entry.Begun(RUN, AT, PLAN));
        all.add(new Entry.Begun(RUN, AT, BARE));
        STEPS.forEach(step -> all.add(new Entry.Intended(RUN, AT, step)));
        OUTCOMES.forEach(outcome -> all.add(new Entry.Happened(RUN, AT, outcome)));
        all.add(new Entry.Beat(RUN, AT));
        all.add(new Entry.TakenOver(RUN, AT, false));
        all.add(new Entry.TakenOver(RUN, AT, true));
        for (Entry.Ending ending : Entry.Ending.values()) {
            all.add(new Entry.Ended(RUN, AT, ending, "because of “that”\n"));
        }
        return all;
    }

    static final RunPlan PLAN = new RunPlan(
            RUN,
            "8b3c7c3e-cluster",
            "default",
            Approach.B,
            "lvc-default",
            TRUTH,
            HOT,
            true,
            Optional.of(new ForwardSeen("lvc-default-1", true, "zstd", "ab12", List.of("REGION"))),
            List.of("readers"),
            Fencing.BROKER,
            new Waiver(true, 3),
            "cd34",
            "none",
            List.of("REGION"),
            Duration.ofMillis(3000),
            Duration.ofMillis(2500),
            Duration.ofMillis(2000));

    /** With everything left out that can be. */
    private static final RunPlan BARE = new RunPlan(
            RUN,
            "",
            "default",
            Approach.A,
            "lvc-default",
            TRUTH,
            HOT,
            false,
            Optional.empty(),
            List.of(),
            Fencing.NONE,
            Waiver.NONE,
            "cd34",
            "none",
            List.of(),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2));

    static final List<Step> STEPS = List.of(
            new Step.RaiseFence(),
            new Step.AwaitDrained("lvc-default-1"),
            new Step.TopUpTruth(),
            new Step.Compare(),
            new Step.RemoveTransform("lvc-default-1", "secondary"),
            new Step.DeleteHot(HOT),
            new Step.CreateHot(HOT),
            new Step.ForgetOffsets(List.of("readers")),
            new Step.OpenFence(),
            new Step.DeployHolding("lvc-default-2"),
            new Step.SaveStrays(),
            new Step.DeployReverse("lvc-default-2"),
            new Step.AwaitRestored("lvc-default-2"),
            new Step.SaveIntruders(Map.of(0, 3L)),
            new Step.DeployForward("lvc-default-3", new StartFrom(StartFrom.Origin.TIMESTAMP, 1_772_334_000_124L)),
            new Step.LowerFence());

    static final List<Outcome> OUTCOMES = List.of(
            new Outcome.FenceHolds(),
            new Outcome.Drained(12_345_678_901L),
            new Outcome.TruthToppedUp(2),
            new Outcome.Compared(
                    10,
                    20,
                    "0123456789abcdef",
                    1,
                    Map.of(10, 7L, 9, 1L, 5, 3L, 3, 3L, 2, 5L, 1, 2L, 0, 6L),
                    Map.of(0, 9L),
                    Map.of(0, 4L),
                    1_772_334_000_123L),
            new Outcome.NothingToCompare(),
            new Outcome.TransformGone("lvc-default-1"),
            new Outcome.HotDeleted("wvFQEyXLTbGy5KjyMfg8iQ"),
            new Outcome.HotCreated("p9C2b6fcRoWk8k7X3d4Y1Q"),
            new Outcome.OffsetsForgotten(),
            new Outcome.FenceOpened(),
            new Outcome.HoldingDeployed("lvc-default-2"),
            new Outcome.StraysSaved(4, Map.of(0, 3L), Map.of(0, new Ends(0, 8, 9)), 1_772_334_000_123L),
            new Outcome.ReverseDeployed("lvc-default-2"),
            new Outcome.Restored(10),
            new Outcome.IntrudersFound(1),
            new Outcome.IntrudersSaved(1, Map.of(0, 4L)),
            new Outcome.ForwardDeployed("lvc-default-3"),
            new Outcome.FenceLowered());
}
