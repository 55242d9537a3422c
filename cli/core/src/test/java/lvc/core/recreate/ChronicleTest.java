package lvc.core.recreate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.Entry.Ending;
import lvc.core.journal.Fencing;
import lvc.core.journal.Outcome;
import lvc.core.journal.RunPlan;
import lvc.core.journal.Step;
import lvc.core.journal.TopicSeen;
import lvc.core.journal.Waiver;
import lvc.core.port.Journal;
import lvc.core.report.RunLine;
import lvc.core.report.RunRow;
import lvc.core.topic.Approach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

class ChronicleTest {
    private final List<Entry> entries = new ArrayList<>();
    private final Chronicle chronicle = new Chronicle(new Written());
    private long second;

    @Test
    void an_empty_journal_has_no_last_run() {
        assertThat(chronicle.runs()).isEmpty();
        assertThat(chronicle.last().last()).isEmpty();
        assertThat(chronicle.last().unreadable()).isEmpty();
    }

    @Test
    void a_journal_that_cannot_be_read_is_an_answer() {
        Journal locked = new Written() {
            @Override
            public List<Entry> read() {
                throw Fault.refused("the journal was not read", "it is newer", "a newer lvc");
            }
        };

        assertThat(new Chronicle(locked).last().unreadable()).isEqualTo("the journal was not read: it is newer");
    }

    @Test
    void a_fence_counts_from_when_it_was_meant_to_be_raised_to_when_it_was_opened_or_lowered() {
        begin(Fencing.BROKER);
        assertThat(last().fenceSince()).isEmpty();

        intend(new Step.RaiseFence());
        assertThat(last().fenceSince()).contains(at(2));

        happen(new Outcome.FenceHolds());
        intend(new Step.RaiseFence());
        assertThat(last().fenceSince())
                .as("raised once more by whoever resumed")
                .contains(at(2));

        throughTheDelete();
        intend(new Step.OpenFence());
        happen(new Outcome.FenceOpened());
        assertThat(last().fenceSince()).isEmpty();

        Instant again = at(second + 1);
        intend(new Step.RaiseFence());
        assertThat(last().fenceSince()).contains(again);
    }

    @Test
    void who_only_watches_has_no_fence() {
        begin(Fencing.NONE);
        intend(new Step.RaiseFence());

        assertThat(last().fenceSince()).isEmpty();
        assertThat(last().fences()).isFalse();
    }

    @Test
    void an_unfinished_run_says_where_it_stands_and_when_it_last_gave_a_sign_of_life() {
        begin(Fencing.BROKER);
        intend(new Step.RaiseFence());
        write(new Entry.Beat("r1", next()));

        assertThat(last().unfinished()).isTrue();
        assertThat(last().took()).isEmpty();
        assertThat(last().standing()).startsWith("step 1 of ").endsWith(", keep writers away from primary");
        assertThat(last().lastSign()).isEqualTo(at(3));
    }

    @Test
    void a_run_that_has_ended_says_how_and_how_long_it_took() {
        begin(Fencing.BROKER);
        intend(new Step.RaiseFence());
        write(new Entry.TakenOver("r1", next(), true));
        write(new Entry.Ended("r1", next(), Ending.NOTHING_DONE, "somebody wanted to stop"));
        write(new Entry.Beat("r1", next()));

        assertThat(last().unfinished()).isFalse();
        assertThat(last().ended()).contains(Ending.NOTHING_DONE);
        assertThat(last().why()).isEqualTo("somebody wanted to stop");
        assertThat(last().took()).contains(Duration.ofSeconds(3));
        assertThat(last().lastSign()).isEqualTo(at(4));
        assertThat(last().fenceSince()).isEmpty();
    }

    @Test
    void the_lines_of_a_run_are_told_in_order() {
        begin(Fencing.BROKER);
        intend(new Step.RaiseFence());
        happen(new Outcome.FenceHolds());
        write(new Entry.TakenOver("r1", next(), false));
        write(new Entry.Ended("r1", next(), Ending.NOTHING_DONE, "why"));

        assertThat(chronicle.lines("r1"))
                .extracting(RunLine::kind, RunLine::what)
                .containsExactly(
                        tuple("begun", "recreate"),
                        tuple("intended", "raise-fence"),
                        tuple("happened", "fence-holds"),
                        tuple("taken-over", "resume"),
                        tuple("ended", "nothing-done"));
    }

    @Test
    void a_run_that_never_was_is_refused_with_those_that_were() {
        begin(Fencing.BROKER);

        Fault fault = catchThrowableOfType(Fault.class, () -> chronicle.lines("r2"));

        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.why()).contains("r1");
    }

    private void throughTheDelete() {
        happen(new Outcome.FenceHolds());
        happen(new Outcome.NothingToCompare());
        happen(new Outcome.TransformGone(""));
        happen(new Outcome.HotDeleted("id-p"));
        happen(new Outcome.HotCreated("id-q"));
        happen(new Outcome.OffsetsForgotten());
    }

    private RunRow last() {
        return chronicle.last().last().orElseThrow();
    }

    private void begin(Fencing fencing) {
        TopicSeen truth = new TopicSeen("secondary", "id-s", 1, 1, new TreeMap<>());
        TopicSeen hot = new TopicSeen("primary", "id-p", 1, 1, new TreeMap<>());
        RunPlan plan = new RunPlan(
                "r1",
                "cluster",
                "default",
                Approach.B,
                "lvc",
                truth,
                hot,
                true,
                Optional.empty(),
                List.of(),
                fencing,
                Waiver.NONE,
                "",
                "none",
                List.of(),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2));
        write(new Entry.Begun("r1", next(), plan));
    }

    private void intend(Step step) {
        write(new Entry.Intended("r1", next(), step));
    }

    private void happen(Outcome outcome) {
        write(new Entry.Happened("r1", next(), outcome));
    }

    private void write(Entry entry) {
        entries.add(entry);
    }

    private Instant next() {
        return at(++second);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    /** A journal that somebody else has written. */
    private class Written implements Journal {
        @Override
        public List<Entry> read() {
            return entries.stream()
                    .filter(entry -> !(entry instanceof Entry.Beat))
                    .toList();
        }

        @Override
        public Optional<Entry> last() {
            return Optional.of(entries.get(entries.size() - 1));
        }

        @Override
        public Pen take() {
            throw new IllegalStateException("nobody writes here");
        }
    }
}
