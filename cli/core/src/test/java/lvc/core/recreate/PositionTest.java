package lvc.core.recreate;

import java.util.Optional;
import lvc.core.journal.Entry;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.topic.Approach;
import lvc.core.transform.StartFrom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a process knows of its run from the entries of the journal. */
class PositionTest {
    private final Bench bench = Bench.of(Approach.B);
    private final RunPlan plan = bench.plan().run();
    private Position position = Position.begun(plan);

    @Test
    void everyDeployGetsANameOfItsOwn() {
        String first = position.freshName();
        assertThat(first).isEqualTo("lvc-" + plan.run() + "-1");
        intends(new Step.DeployForward(first, StartFrom.BEGINNING));
        assertThat(position.freshName()).isEqualTo("lvc-" + plan.run() + "-2");
        intends(new Step.RaiseFence());
        assertThat(position.freshName()).isEqualTo("lvc-" + plan.run() + "-2");
        intends(new Step.DeployHolding("two"));
        assertThat(position.freshName()).isEqualTo("lvc-" + plan.run() + "-3");
    }

    @Test
    void reverseMayCopyFromTheMomentItIsToldTo() {
        assertThat(position.copying()).isFalse();
        intends(new Step.DeployHolding("r"));
        assertThat(position.copying()).isFalse();
        intends(new Step.DeployReverse("r"));
        intends(new Step.RaiseFence());
        assertThat(position.copying()).isTrue();
        intends(new Step.DeployHolding("r2"));
        assertThat(position.copying()).isFalse();
    }

    @Test
    void aStepCountsWhenItIsDone() {
        assertThat(position.steps()).isZero();
        intends(new Step.RaiseFence());
        assertThat(position.steps()).isZero();
        happened(new Outcome.FenceHolds());
        assertThat(position.steps()).isEqualTo(1);
        happened(new Outcome.NothingToCompare());
        assertThat(position.steps()).as("what needed no step").isEqualTo(1);
    }

    @Test
    void aDeployOfUnknownOutcomeIsKeptInMind() {
        happened(new Outcome.FenceHolds());
        intends(new Step.DeployForward("mine", StartFrom.BEGINNING));
        assertThat(position.deploying()).contains("mine");
        intends(new Step.RaiseFence());
        assertThat(position.deploying()).isEmpty();
        assertThat(position.leftover()).contains("mine");
        happened(new Outcome.TransformGone("another"));
        assertThat(position.leftover()).contains("mine");
        intends(new Step.RemoveTransform("mine", "secondary"));
        happened(new Outcome.TransformGone("mine"));
        assertThat(position.leftover()).isEmpty();
        intends(new Step.DeployForward("next", StartFrom.BEGINNING));
        happened(new Outcome.ForwardDeployed("next"));
        assertThat(position.leftover()).isEmpty();
    }

    @Test
    void whichTransformAnOutcomeIsAbout() {
        assertThat(Position.transform(new Outcome.HoldingDeployed("h"))).contains("h");
        assertThat(Position.transform(new Outcome.ForwardDeployed("f"))).contains("f");
        assertThat(Position.transform(new Outcome.TransformGone("g"))).contains("g");
        assertThat(Position.transform(new Outcome.FenceHolds())).isEqualTo(Optional.empty());
    }

    private void intends(Step step) {
        position = position.after(new Entry.Intended(plan.run(), bench.world.now(), step));
    }

    private void happened(Outcome outcome) {
        position = position.after(new Entry.Happened(plan.run(), bench.world.now(), outcome));
    }
}
