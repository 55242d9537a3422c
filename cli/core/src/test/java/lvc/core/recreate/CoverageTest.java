package lvc.core.recreate;

import java.util.Map;
import java.util.Optional;
import lvc.core.fold.Digest;
import lvc.core.fold.Latest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which differences of a destination the source makes up for. */
class CoverageTest {
    private static final Coverage TIMES = new Coverage(Map.of(), Map.of());

    @Test
    void whatTheDestinationDoesNotHaveCannotBeLost() {
        assertThat(TIMES.excuses(0, Optional.empty(), Optional.empty())).isTrue();
        assertThat(TIMES.excuses(0, value(1, 10), tombstone(1, 20))).isTrue();
    }

    @Test
    void whatTheSourceNeverHadIsLost() {
        assertThat(new Coverage(Map.of(0, 9L), Map.of(0, 0L)).excuses(0, Optional.empty(), value(1, 10)))
                .isFalse();
    }

    @Test
    void whatForwardHasNotProcessedYetIsNewer() {
        Coverage processed = new Coverage(Map.of(0, 7L), Map.of());
        assertThat(processed.excuses(0, value(7, 99), value(1, 10))).isFalse();
        assertThat(processed.excuses(0, value(8, 0), value(1, 10))).isTrue();
    }

    @Test
    void anOffsetThatMayHaveBeenCutShortTellsNothing() {
        Coverage cut = new Coverage(Map.of(0, 7L), Map.of());
        assertThat(cut.excuses(0, value(1L << 31, 9), value(1, 10))).isFalse();
        assertThat(cut.excuses(0, value(1L << 31, 10), value(1, 10))).isTrue();
        assertThat(cut.excuses(0, value((1L << 31) - 1, 9), value(1, 10))).isTrue();
    }

    @Test
    void withForwardGoneWhatCameAfterTheProofIsNewer() {
        Coverage proven = new Coverage(Map.of(), Map.of(0, 7L));
        assertThat(proven.excuses(0, value(7, 0), value(1, 10))).isTrue();
        assertThat(proven.excuses(0, value(6, 9), value(1, 10))).isFalse();
        assertThat(proven.excuses(1, value(7, 9), value(1, 10))).isFalse();
    }

    @Test
    void elseTheTimesDecide() {
        assertThat(TIMES.excuses(0, value(1, 9), value(1, 10))).isFalse();
        assertThat(TIMES.excuses(0, value(1, 10), value(1, 10))).isTrue();
        assertThat(TIMES.excuses(0, tombstone(1, 11), value(1, 10))).isTrue();
    }

    private static Optional<Latest> value(long offset, long timestamp) {
        return Optional.of(new Latest(Optional.of(new Digest(1, 1)), offset, timestamp, false));
    }

    private static Optional<Latest> tombstone(long offset, long timestamp) {
        return Optional.of(new Latest(Optional.empty(), offset, timestamp, false));
    }
}
