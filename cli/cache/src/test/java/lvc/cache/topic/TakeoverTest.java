package lvc.cache.topic;

import java.time.Duration;
import java.util.Map;
import lvc.cache.store.Offsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TakeoverTest {
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofHours(9);

    @Test
    void aRunThatIsNotOverIsWaitedForHoweverLongNothingComes() {
        assertThat(Takeover.decide(new Run.Unfinished("r1", true), Offsets.of(9), true, LONG, QUIET))
                .contains("r1");
    }

    @Test
    void aRunThatWasLeftNeverVouches() {
        assertThat(Takeover.decide(new Run.Left("r1"), Offsets.of(9), true, LONG, QUIET))
                .contains("r1")
                .contains("lvc recreate");
    }

    @Test
    void aProvenTopicTakesOverOnceTheProvenEndsAreRead() {
        Run proven = new Run.Proven("r1", Map.of(0, 10L, 1, 0L, 2, 5L));

        assertThat(Takeover.decide(proven, Offsets.of(8, -1, 4), true, LONG, QUIET))
                .contains("r1");
        assertThat(Takeover.decide(proven, Offsets.of(9, -1, 3), true, LONG, QUIET))
                .contains("r1");
        assertThat(Takeover.decide(proven, Offsets.of(9, -1, 4), false, Duration.ZERO, QUIET))
                .isEmpty();
    }

    @Test
    void withoutARunItMustBeReadAndQuiet() {
        Run none = new Run.None();

        assertThat(Takeover.decide(none, Offsets.of(9), false, LONG, QUIET)).contains("has more than is read");
        assertThat(Takeover.decide(none, Offsets.of(9), true, QUIET.minusMillis(1), QUIET))
                .contains("30 s");
        assertThat(Takeover.decide(none, Offsets.of(9), true, QUIET, QUIET)).isEmpty();
    }

    /** It is caught up with at once, and serving it would make every key vanish. */
    @Test
    void anEmptyTopicThatNobodyVouchesForNeverTakesOver() {
        assertThat(Takeover.decide(new Run.None(), Offsets.of(-1, -1), true, LONG, QUIET))
                .contains("empty");
        assertThat(Takeover.decide(new Run.Proven("r1", Map.of(0, 0L)), Offsets.of(-1), true, LONG, QUIET))
                .isEmpty();
    }

    @Test
    void aTopicThatARunIsFillingIsNotWholeForWhoHasNothingBetterEither() {
        assertThat(Takeover.first(new Run.Unfinished("r1", false), Offsets.of(9)))
                .contains("r1");
        assertThat(Takeover.first(new Run.Unfinished("r1", true), Offsets.of(9)))
                .isEmpty();
        assertThat(Takeover.first(new Run.Left("r1"), Offsets.of(9)))
                .contains("r1")
                .contains("lvc recreate");
        assertThat(Takeover.first(new Run.None(), Offsets.of(-1))).isEmpty();
    }

    @Test
    void whoWaitedForARunBeginsWithAllThatItProved() {
        Run proven = new Run.Proven("r1", Map.of(0, 10L));

        assertThat(Takeover.first(proven, Offsets.of(8))).contains("r1");
        assertThat(Takeover.first(proven, Offsets.of(9))).isEmpty();
    }
}
