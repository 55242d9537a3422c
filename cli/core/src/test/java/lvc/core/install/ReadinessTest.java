package lvc.core.install;

import java.util.List;
import java.util.Optional;
import lvc.core.kube.PodSeen;
import lvc.core.kube.PodSeen.Container;
import lvc.core.kube.SetSeen;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadinessTest {
    private static final SetSeen ONE = new SetSeen("redpanda", 1, 1, 0, 1, true, "r2");
    private static final Container RUNS = new Container("redpanda", Optional.empty(), "", 0, Optional.empty(), "");

    @Test
    void aSetIsReadyWhenAllPodsAreAndNoneIsOfAnOlderTemplate() {
        PodSeen pod = pod(true, RUNS);
        assertThat(Readiness.of(new SetSeen("redpanda", 1, 1, 1, 1, true, "r2"), List.of(pod)))
                .isEqualTo(new Readiness.Ready());
        assertThat(Readiness.of(new SetSeen("redpanda", 3, 3, 3, 2, true, "r2"), List.of(pod)))
                .isEqualTo(new Readiness.Waiting("3 of 3 ready, 2 up to date"));
    }

    @Test
    void whatTheControllerHasNotSeenIsNotReadyHoweverReadyItLooks() {
        assertThat(Readiness.of(new SetSeen("redpanda", 1, 1, 1, 1, false, "r1"), List.of(pod(true, RUNS))))
                .isInstanceOf(Readiness.Waiting.class);
    }

    @Test
    void anImageThatCannotBeHadFailsAtOnce() {
        Container container = waiting("ImagePullBackOff", "Back-off pulling image \"x\"", 0);
        assertThat(Readiness.of(ONE, List.of(pod(false, container))))
                .isEqualTo(new Readiness.Failing(
                        "container redpanda of pod redpanda-0: ImagePullBackOff: Back-off pulling image \"x\"",
                        "redpanda-0",
                        Optional.empty()));
    }

    @Test
    void aContainerMayEndTwiceButNotForEver() {
        assertThat(Readiness.of(ONE, List.of(pod(false, waiting("CrashLoopBackOff", "", 2)))))
                .isEqualTo(new Readiness.Waiting("0 of 1 ready: redpanda-0 CrashLoopBackOff (redpanda)"));
        assertThat(Readiness.of(ONE, List.of(pod(false, waiting("CrashLoopBackOff", "", 3)))))
                .isEqualTo(new Readiness.Failing(
                        "container redpanda of pod redpanda-0: CrashLoopBackOff, ended with 137 (OOMKilled) after 3"
                                + " restarts",
                        "redpanda-0",
                        Optional.of("redpanda")));
    }

    @Test
    void anImageThatWasNotPulledAtTheFirstTryMayBeAtTheSecond() {
        assertThat(Readiness.of(ONE, List.of(pod(false, waiting("ErrImagePull", "timeout", 0)))))
                .isInstanceOf(Readiness.Waiting.class);
    }

    @Test
    void aPodWithoutANodeSaysWhy() {
        PodSeen pod = new PodSeen(
                "redpanda-0", "Pending", false, false, "r2", Optional.of("0/1 nodes: Insufficient memory"), List.of());
        assertThat(Readiness.of(ONE, List.of(pod)))
                .isEqualTo(new Readiness.Waiting("pod redpanda-0 has no node: 0/1 nodes: Insufficient memory"));
    }

    @Test
    void aPodThatIsGoingHindersNobody() {
        PodSeen going = new PodSeen(
                "redpanda-0",
                "Running",
                false,
                true,
                "r1",
                Optional.empty(),
                List.of(waiting("ImagePullBackOff", "", 0)));
        assertThat(Readiness.of(ONE, List.of(going))).isInstanceOf(Readiness.Waiting.class);
    }

    @Test
    void aPodOfAnOlderTemplateThatFailsIsAboutToBeReplaced() {
        PodSeen old = new PodSeen(
                "redpanda-0",
                "Pending",
                false,
                false,
                "r1",
                Optional.empty(),
                List.of(waiting("ImagePullBackOff", "no such image", 0)));
        assertThat(Readiness.of(ONE, List.of(old))).isInstanceOf(Readiness.Waiting.class);
        assertThat(Readiness.of(new SetSeen("redpanda", 1, 1, 0, 0, true, "r1"), List.of(old)))
                .isInstanceOf(Readiness.Failing.class);
    }

    private static Container waiting(String reason, String message, int restarts) {
        return new Container("redpanda", Optional.of(reason), message, restarts, Optional.of(137), "OOMKilled");
    }

    private static PodSeen pod(boolean ready, Container container) {
        return new PodSeen("redpanda-0", "Running", ready, false, "r2", Optional.empty(), List.of(container));
    }
}
