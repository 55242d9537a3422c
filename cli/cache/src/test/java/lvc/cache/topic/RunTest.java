package lvc.cache.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.journal.Entry;
import lvc.core.journal.Entry.Ending;
import lvc.core.journal.Fencing;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.journal.TopicSeen;
import lvc.core.journal.Waiver;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunTest {
    private static final Instant AT = Instant.EPOCH;

    private final List<Entry> journal = new ArrayList<>();

    @Test
    void anEmptyJournalKnowsOfNothing() {
        assertThat(now("new")).isEqualTo(new Run.None());
    }

    @Test
    void aRunIsUnfinishedUntilItHasEndedWhateverItHasDone() {
        begun("r1", "hot");
        assertThat(now("old")).isEqualTo(new Run.Unfinished("r1", false));

        happened("r1", new Outcome.HotCreated("new"));
        happened("r1", compared(7));
        assertThat(now("new")).isEqualTo(new Run.Unfinished("r1", false));
    }

    @Test
    void aRunThatHasNotDeletedYetHasNotTouchedTheTopic() {
        begun("r1", "hot");

        assertThat(now("id-of-hot")).isEqualTo(new Run.Unfinished("r1", true));
    }

    @Test
    void whatCountsIsTheLastComparisonOfTheTopicThatIsThere() {
        begun("r1", "hot");
        happened("r1", compared(5));
        happened("r1", new Outcome.HotCreated("first"));
        happened("r1", compared(6));
        happened("r1", new Outcome.HotCreated("new"));
        happened("r1", compared(7));
        ended("r1", Ending.DONE);

        assertThat(now("new")).isEqualTo(new Run.Proven("r1", Map.of(0, 7L)));
    }

    @Test
    void aComparisonOfTheTopicBeforeProvesNothing() {
        begun("r1", "hot");
        happened("r1", compared(5));
        happened("r1", new Outcome.HotCreated("new"));
        ended("r1", Ending.DONE);

        assertThat(now("new")).isEqualTo(new Run.None());
    }

    @Test
    void aRunThatWasLeftIsNoProof() {
        begun("r1", "hot");
        happened("r1", new Outcome.HotCreated("new"));
        happened("r1", compared(7));
        ended("r1", Ending.INCOMPLETE);

        assertThat(now("new")).isEqualTo(new Run.Left("r1"));
    }

    @Test
    void aLaterRunThatDidNothingDoesNotMakeWhatWasLeftWhole() {
        begun("r1", "hot");
        happened("r1", new Outcome.HotCreated("new"));
        ended("r1", Ending.INCOMPLETE);
        begun("r2", "hot");
        ended("r2", Ending.NOTHING_DONE);

        assertThat(now("new")).isEqualTo(new Run.Left("r1"));
    }

    @Test
    void aLaterRunThatDidNothingTakesNoProofAway() {
        begun("r1", "hot");
        happened("r1", new Outcome.HotCreated("new"));
        happened("r1", compared(7));
        ended("r1", Ending.DONE);
        begun("r2", "hot");
        ended("r2", Ending.NOTHING_DONE);

        assertThat(now("new")).isEqualTo(new Run.Proven("r1", Map.of(0, 7L)));
    }

    @Test
    void runsOfOtherTopicsAndOfEarlierOnesSayNothing() {
        begun("r1", "hot");
        happened("r1", new Outcome.HotCreated("before"));
        happened("r1", compared(7));
        ended("r1", Ending.DONE);
        begun("r2", "other");

        assertThat(now("by-hand")).isEqualTo(new Run.None());
        assertThat(now("before")).isEqualTo(new Run.Proven("r1", Map.of(0, 7L)));
    }

    private Run now(String incarnation) {
        return Run.of(journal, "hot", incarnation);
    }

    private void begun(String run, String hot) {
        journal.add(new Entry.Begun(
                run,
                AT,
                new RunPlan(
                        run,
                        "cluster",
                        "cache",
                        Approach.B,
                        "transform",
                        topic("truth"),
                        topic(hot),
                        true,
                        Optional.empty(),
                        List.of(),
                        Fencing.BROKER,
                        Waiver.NONE,
                        "",
                        "none",
                        List.of(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1))));
    }

    private static TopicSeen topic(String name) {
        return new TopicSeen(name, "id-of-" + name, 1, 1, new TreeMap<>());
    }

    private void happened(String run, Outcome outcome) {
        journal.add(new Entry.Happened(run, AT, outcome));
    }

    private void ended(String run, Ending ending) {
        journal.add(new Entry.Ended(run, AT, ending, ""));
    }

    private static Outcome compared(long end) {
        return new Outcome.Compared(1, 1, "digest", 0, Map.of(0, end), Map.of(), Map.of(), -1);
    }
}
