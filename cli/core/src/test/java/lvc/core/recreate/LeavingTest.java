package lvc.core.recreate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.journal.Fencing;
import lvc.core.journal.ForwardSeen;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.journal.TopicSeen;
import lvc.core.journal.Waiver;
import lvc.core.topic.Approach;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicState;
import lvc.core.transform.StartFrom;
import lvc.core.transform.TransformState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is done next when a run is left, from each place in which it may be. */
class LeavingTest {
    private static final TreeMap<String, String> COMPACTED = new TreeMap<>(Map.of("cleanup.policy", "compact"));
    private static final Outcome.StraysSaved SAVED = new Outcome.StraysSaved(1, Map.of(0, 5L), Map.of(), 70);

    private RunPlan plan = plan(Approach.B, true, Optional.of("f"), List.of());

    @Test
    void aForwardThatIsListedStaysAsItIs() {
        assertThat(next(new Clearing.Begun(), seen("hot1").listing("f"))).isEqualTo(back("f"));
        assertThat(next(new Clearing.Fenced(Optional.of("mine")), seen("hot1").listing("mine")))
                .isEqualTo(back("mine"));
    }

    @Test
    void aForwardThatIsGoneIsDeployedFromTheBeginning() {
        for (State state : List.of(new Clearing.Begun(), proven(0), gone(0))) {
            assertThat(next(state, seen("hot1")))
                    .as(state.toString())
                    .isEqualTo(new Decision.Act(new Step.DeployForward("lvc-run-1", StartFrom.BEGINNING)));
        }
    }

    @Test
    void whereNoForwardRanNoneIsDeployed() {
        plan = plan(Approach.B, true, Optional.empty(), List.of());
        assertThat(next(new Clearing.Begun(), seen("hot1"))).isEqualTo(back(""));
    }

    @Test
    void whatTheRunRemovedComesBackThoughThePlanDoesNotNameIt() {
        plan = plan(Approach.B, true, Optional.empty(), List.of());
        assertThat(next(gone(0), seen("hot1")))
                .isEqualTo(new Decision.Act(new Step.DeployForward("lvc-run-1", StartFrom.BEGINNING)));
        plan = plan(Approach.B, false, Optional.empty(), List.of());
        assertThat(next(gone(0), seen(""))).isEqualTo(back(""));
    }

    @Test
    void aDeleteThatWasDoneAfterAllIsSeen() {
        Decision deleted = new Decision.Already(new Outcome.HotDeleted("hot1"));
        assertThat(next(gone(0), seen(""))).isEqualTo(deleted);
        assertThat(next(gone(0), seen("hot2").listing("f"))).isEqualTo(deleted);
        assertThat(next(new Clearing.Begun(), seen(""))).isEqualTo(deleted);
        assertThat(next(new Clearing.Begun(), seen("").listing("f"))).isEqualTo(back("f"));
    }

    /** Copied from the beginning, older values would lie behind the newer ones of the backup. */
    @Test
    void aPrimaryThatMayHaveOlderValuesIsCopiedFromItsEnd() {
        State leaving = Leaving.from(proven(1), plan);
        assertThat(decide(leaving, seen("hot1").fenced())).isEqualTo(new Decision.Act(new Step.RaiseFence()));
        leaving = leaving.after(new Outcome.FenceHolds());
        assertThat(decide(leaving, seen("hot1").fenced())).isEqualTo(new Decision.Act(new Step.SaveStrays()));
        leaving = leaving.after(SAVED);
        assertThat(decide(leaving, seen("hot1").fenced().ending(5)))
                .isEqualTo(new Decision.Act(
                        new Step.DeployForward("lvc-run-1", new StartFrom(StartFrom.Origin.TIMESTAMP, 71))));
        assertThat(decide(leaving, seen("hot1").fenced().ending(6))).isEqualTo(new Decision.Act(new Step.SaveStrays()));
        assertThat(decide(leaving, seen("hot1").ending(5))).isEqualTo(new Decision.Act(new Step.RaiseFence()));
    }

    @Test
    void aDestinationHasNothingThatCouldGetIntoTheSource() {
        plan = plan(Approach.A, true, Optional.of("f"), List.of());
        assertThat(next(proven(1), seen("hot1")))
                .isEqualTo(new Decision.Act(new Step.DeployForward("lvc-run-1", StartFrom.BEGINNING)));
    }

    @Test
    void whatReverseMayHaveWrittenToIsMadeAnew() {
        State leaving = Leaving.from(new Restoring.Reversing("hot2", "r", SAVED), plan);
        assertThat(decide(leaving, seen("hot2").fenced()))
                .isEqualTo(new Decision.Act(new Step.RemoveTransform("r", "hot")));
        assertThat(leaving.after(new Outcome.TransformGone("other"))).isEqualTo(leaving);
        leaving = leaving.after(new Outcome.TransformGone("r"));
        assertThat(decide(leaving, seen("hot2").fenced())).isEqualTo(new Decision.Act(new Step.RaiseFence()));
        leaving = leaving.after(new Outcome.FenceHolds()).after(SAVED);
        assertThat(decide(leaving, seen("hot2").fenced().ending(5)))
                .isEqualTo(new Decision.Act(new Step.DeleteHot(plan.hot().withId("hot2"))));
        Decision deleted = new Decision.Already(new Outcome.HotDeleted("hot2"));
        assertThat(decide(leaving, seen("").fenced())).isEqualTo(deleted);
        assertThat(decide(leaving, seen("hot3").fenced())).isEqualTo(deleted);
        leaving = leaving.after(new Outcome.HotDeleted("hot2"));
        assertThat(decide(leaving, seen("").fenced())).isEqualTo(new Decision.Act(new Step.CreateHot(plan.hot())));
    }

    @Test
    void aHotTopicOfTheRightShapeIsUsedWhoeverMadeIt() {
        Decision deploy = new Decision.Act(new Step.DeployForward("lvc-run-1", StartFrom.BEGINNING));
        assertThat(next(new Rebuilding.HotGone(), seen("hot2").fenced())).isEqualTo(deploy);
        assertThat(next(new Rebuilding.HotGone(), seen("hot1").fenced()))
                .as("the old one, whose delete came to nothing")
                .isEqualTo(new Decision.Act(new Step.DeleteHot(plan.hot())));
        assertThat(next(new Rebuilding.HotGone(), seen("hot2").fenced().shaped(3)))
                .as("of another shape, and empty")
                .isInstanceOf(Decision.Act.class)
                .isNotEqualTo(deploy);
        assertThat(next(
                        new Rebuilding.HotGone(),
                        seen("hot2").fenced().shaped(3).ending(2)))
                .as("of another shape, and not empty")
                .isInstanceOf(Decision.Stop.class);
    }

    @Test
    void offsetsOfTheOldTopicAreForgottenOnce() {
        plan = plan(Approach.B, true, Optional.of("f"), List.of("g"));
        State leaving = Leaving.from(new Rebuilding.HotGone(), plan);
        assertThat(decide(leaving, seen("hot2").fenced()))
                .isEqualTo(new Decision.Act(new Step.ForgetOffsets(List.of("g"))));
        assertThat(decide(
                        leaving.after(new Outcome.OffsetsForgotten()),
                        seen("hot2").fenced()))
                .isInstanceOf(Decision.Act.class)
                .isNotEqualTo(new Decision.Act(new Step.ForgetOffsets(List.of("g"))));
        assertThat(next(new Rebuilding.Ready("hot2"), seen("hot2").fenced()))
                .isEqualTo(new Decision.Act(new Step.DeployForward("lvc-run-1", StartFrom.BEGINNING)));
    }

    @Test
    void writersAreLetInAtTheEnd() {
        State leaving = Leaving.from(new Clearing.Begun(), plan).after(new Outcome.ForwardDeployed("f"));
        assertThat(leaving.left(plan)).isEqualTo(1);
        assertThat(decide(leaving, seen("hot1").listing("f"))).isEqualTo(new Decision.Act(new Step.LowerFence()));
        assertThat(leaving.after(new Outcome.FenceLowered())).isEqualTo(new Leaving.Left(true));
        plan = plan(Approach.A, true, Optional.of("f"), List.of());
        assertThat(decide(leaving, seen("hot1"))).isEqualTo(new Decision.Already(new Outcome.FenceLowered()));
    }

    @Test
    void whatIsNearlyDoneIsFinishedInstead() {
        State equal = new Restoring.Equal("hot2", SAVED, proof(0));
        assertThat(Leaving.from(equal, plan)).isEqualTo(equal);
        assertThat(Leaving.from(new Rebuilding.Finished(proof(0)), plan)).isInstanceOf(Rebuilding.Finished.class);
        assertThat(decide(Leaving.from(new Rebuilding.Copying("hot2", "mine"), plan), seen("hot2")))
                .isEqualTo(new Decision.Act(new Step.LowerFence()));
    }

    private Decision next(State state, Seen seen) {
        return decide(Leaving.from(state, plan), seen);
    }

    private Decision decide(State leaving, Seen seen) {
        return leaving.decide(
                new Position(plan, leaving, Optional.empty(), Optional.empty(), false, 0, 0, false),
                seen.observation());
    }

    private static Decision back(String forward) {
        return new Decision.Already(new Outcome.ForwardDeployed(forward));
    }

    private static Clearing.Proven proven(long excused) {
        return new Clearing.Proven(Optional.of(proof(excused)), Optional.empty());
    }

    private static Clearing.ForwardGone gone(long excused) {
        return proven(excused).forwardGone();
    }

    private static Outcome.Compared proof(long excused) {
        return new Outcome.Compared(1, 2, "", excused, Map.of(0, 5L), Map.of(0, 5L), Map.of(0, 0L), 70);
    }

    private static Seen seen(String hot) {
        return new Seen(hot, Optional.empty(), false, 0, 1);
    }

    /** What is seen of a cluster, in short. */
    private record Seen(String hot, Optional<String> lists, boolean fence, long end, int partitions) {
        Seen listing(String transform) {
            return new Seen(hot, Optional.of(transform), fence, end, partitions);
        }

        Seen fenced() {
            return new Seen(hot, lists, true, end, partitions);
        }

        Seen ending(long offset) {
            return new Seen(hot, lists, fence, offset, partitions);
        }

        Seen shaped(int otherPartitions) {
            return new Seen(hot, lists, fence, end, otherPartitions);
        }

        Observation observation() {
            Optional<TopicState> found = Optional.of(
                            new TopicState("hot", hot, partitions, 1, COMPACTED, COMPACTED.keySet()))
                    .filter(topic -> !hot.isEmpty());
            return new Observation(
                    Optional.of(new TopicState("truth", "truth1", 1, 1, COMPACTED, COMPACTED.keySet())),
                    found,
                    Map.of(0, new Ends(0, 5, 5)),
                    found.isPresent() ? Map.of(0, new Ends(0, end, end)) : Map.of(),
                    lists
                            .map(name -> new TransformState(name, "hot", List.of("truth"), Map.of(), "none", List.of()))
                            .stream()
                            .toList(),
                    fence ? List.of("hot") : List.of());
        }
    }

    private static RunPlan plan(Approach approach, boolean hotExists, Optional<String> forward, List<String> groups) {
        return new RunPlan(
                "run",
                "cluster",
                "test",
                approach,
                "lvc",
                new TopicSeen("truth", "truth1", 1, 1, COMPACTED),
                new TopicSeen("hot", hotExists ? "hot1" : "", 1, 1, COMPACTED),
                hotExists,
                forward.map(name -> new ForwardSeen(name, true, "none", "", List.of())),
                groups,
                approach == Approach.B ? Fencing.BROKER : Fencing.NONE,
                Waiver.NONE,
                "",
                "none",
                List.of(),
                Bench.SETTLE,
                Bench.SETTLE,
                Bench.SETTLE);
    }
}
