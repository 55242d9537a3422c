package lvc.core.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lvc.core.fold.Latest;
import lvc.core.record.StoredRecord;
import lvc.core.report.Verification;
import lvc.core.report.Verification.Difference;
import org.junit.jupiter.api.Test;

import static lvc.core.verify.World.INPUT;
import static lvc.core.verify.World.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What recreate asks of a comparison beside its result. */
class TermsTest {
    private static final int MOST_OPEN = 20;

    private final World world = new World(2).withForward();
    /** Two partitions are read at once. */
    private final List<StoredRecord> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void keys_that_may_differ_are_counted_apart_and_not_listed() {
        // Given: lost in the output, known to the output alone, and changed
        world.write(0, "lost=1", "same=1");
        world.write(1, "changed=1");
        world.copyAll();
        world.partitions.remove(OUTPUT, 0, record -> record.offset() == 0);
        world.partitions.append(OUTPUT, 1, "extra", "1");
        world.partitions.append(OUTPUT, 1, "changed", "2");
        Excuse missingSomewhere = (partition, input, output) -> input.isEmpty() || output.isEmpty();

        // When
        Verification verified = world.verify(100, missingSomewhere, seen::add);

        // Then
        assertThat(verified.equal()).isFalse();
        assertThat(verified.different()).isEqualTo(1);
        assertThat(verified.excused()).isEqualTo(2);
        assertThat(verified.differences()).extracting(Difference::key).containsExactly("changed");
        assertThat(verified.partitions().get(0).different()).isZero();
        assertThat(verified.partitions().get(1).different()).isEqualTo(1);
        assertThat(verified.keys()).isEqualTo(4);
    }

    @Test
    void topics_of_which_every_difference_is_excused_are_equal() {
        World alone = new World(1);
        alone.write(0, "a=1");

        assertThat(alone.verify(100, Excuse.NONE, seen::add).equal()).isFalse();
        Verification verified = alone.verify(100, (partition, input, output) -> true, seen::add);
        assertThat(verified.equal()).isTrue();
        assertThat(verified.excused()).isEqualTo(1);
    }

    @Test
    void an_excuse_is_asked_once_for_a_key_with_its_partition_and_both_sides_as_they_are_in_the_end() {
        // Given: the output of key a changes between the rounds and stays wrong, that of key b becomes right
        world.write(1, "a=1", "b=1");
        world.copyAll();
        world.partitions.append(OUTPUT, 1, "a", "2");
        world.partitions.append(OUTPUT, 1, "b", "2");
        int[] looks = {0};
        world.meanwhile = () -> {
            if (++looks[0] == 6) {
                world.partitions.append(OUTPUT, 1, "a", null);
                world.partitions.append(OUTPUT, 1, "b", "1");
            }
        };
        List<String> asked = new ArrayList<>();

        // When
        world.verify(
                100,
                (partition, input, output) -> asked.add(partition + " " + offset(input) + " " + offset(output)
                        + output.flatMap(Latest::value).map(value -> "").orElse(" deleted")),
                seen::add);

        // Then
        assertThat(asked).containsExactly("1 0 4 deleted");
    }

    @Test
    void keys_beyond_those_that_are_looked_at_again_are_excused_or_listed_as_well() {
        // Given
        World alone = new World(1);
        int extra = 7;
        for (int i = 0; i < MOST_OPEN + extra; i++) {
            alone.write(0, "k" + i + "=1");
        }

        // When
        Verification all = alone.verify(new Terms(Integer.MAX_VALUE, MOST_OPEN, Excuse.NONE, seen::add));
        Verification some = alone.verify(new Terms(MOST_OPEN + 2, MOST_OPEN, Excuse.NONE, seen::add));
        Verification excused =
                alone.verify(new Terms(100, MOST_OPEN, (partition, input, output) -> output.isEmpty(), seen::add));

        // Then
        assertThat(all.different()).isEqualTo(MOST_OPEN + extra);
        assertThat(all.differences()).hasSize(MOST_OPEN + extra);
        assertThat(new HashSet<>(all.differences())).hasSize(MOST_OPEN + extra);
        assertThat(some.different()).isEqualTo(MOST_OPEN + extra);
        assertThat(some.differences()).hasSize(MOST_OPEN + 2);
        assertThat(excused.equal()).isTrue();
        assertThat(excused.excused()).isEqualTo(MOST_OPEN + extra);
    }

    @Test
    void every_record_of_the_input_before_its_end_is_seen_once_and_in_order() {
        // Given: a key that stays different, so that there are three rounds; one in two partitions, so that the first
        // is
        // read again; and writers that go on
        world.write(0, "abc=1", "b=1");
        world.write(1, "abc=1", "c=1");
        world.copyAll();
        world.partitions.append(OUTPUT, 0, "b", "2");
        world.partitions.append(INPUT, 0, null, "no key");
        world.copy(0, 3, 3);
        int[] looks = {0};
        world.meanwhile = () -> {
            if (++looks[0] > 1) {
                world.partitions.append(INPUT, 1, "c", "1");
                world.copy(1, world.end(INPUT, 1) - 1, world.end(INPUT, 1));
            }
        };

        // When
        Verification verified = world.verify(100, Excuse.NONE, seen::add);

        // Then
        assertThat(verified.rounds()).isEqualTo(3);
        assertThat(verified.splitKeys()).isEqualTo(2);
        assertThat(seen).allMatch(record -> record.topic().equals(INPUT)).hasSize(5);
        assertThat(seen)
                .filteredOn(record -> record.partition() == 0)
                .extracting(StoredRecord::offset)
                .containsExactly(0L, 1L, 2L);
        assertThat(seen)
                .filteredOn(record -> record.partition() == 1)
                .extracting(StoredRecord::offset)
                .containsExactly(0L, 1L);
        assertThat(verified.inputEnds()).isEqualTo(Map.of(0, 3L, 1, 2L));
    }

    @Test
    void what_the_one_who_sees_the_input_throws_ends_the_comparison() {
        world.write(0, "a=1");
        world.copyAll();

        assertThatThrownBy(() -> world.verify(100, Excuse.NONE, record -> {
                    throw new IllegalArgumentException("seen enough");
                }))
                .hasMessage("seen enough");
    }

    @Test
    void ends_and_newest_timestamps_are_those_of_what_was_folded() {
        // Given: in a fake topic the record at offset n is of time 1000 + n; the output gets one more in the second
        // round
        world.write(0, "a=1", "a=2", "a=3");
        world.write(1, "b=1");
        world.copyAll();
        world.partitions.append(OUTPUT, 1, "b", "2");
        world.partitions.append(OUTPUT, 1, null, "no key");
        world.partitions.append(OUTPUT, 1, null, "no key");
        world.partitions.appendMarker(OUTPUT, 1);
        int[] looks = {0};
        world.meanwhile = () -> {
            if (++looks[0] == 6) {
                world.partitions.append(OUTPUT, 1, "b", "1");
            }
        };

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.rounds()).isEqualTo(2);
        assertThat(verified.equal()).isTrue();
        assertThat(verified.inputEnds()).isEqualTo(Map.of(0, 3L, 1, 1L));
        assertThat(verified.outputEnds()).isEqualTo(Map.of(0, 3L, 1, 5L));
        assertThat(verified.inputNewest()).isEqualTo(1002);
        assertThat(verified.outputNewest()).isEqualTo(1003);
    }

    @Test
    void empty_topics_have_no_newest_timestamp() {
        Verification verified = world.verify();

        assertThat(verified.inputNewest()).isEqualTo(-1);
        assertThat(verified.outputNewest()).isEqualTo(-1);
        assertThat(verified.inputEnds()).isEqualTo(Map.of(0, 0L, 1, 0L));
        assertThat(verified.outputEnds()).isEqualTo(Map.of(0, 0L, 1, 0L));
    }

    @Test
    void a_shorter_list_counts_the_same() {
        World alone = new World(1);
        alone.write(0, "a=1", "b=1", "c=1");

        Verification verified = alone.verify();

        assertThat(verified.listing(1).differences())
                .isEqualTo(verified.differences().subList(0, 1));
        assertThat(verified.listing(3)).isEqualTo(verified);
    }

    private static String offset(Optional<Latest> latest) {
        return latest.map(each -> Long.toString(each.offset())).orElse("never");
    }
}
