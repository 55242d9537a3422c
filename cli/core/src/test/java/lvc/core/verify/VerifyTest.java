package lvc.core.verify;

import java.util.List;
import java.util.Map;
import lvc.core.event.Event;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.report.Verification;
import lvc.core.report.Verification.Difference;
import lvc.core.report.Verification.PartitionRow;
import lvc.core.topic.Ends;
import lvc.core.transform.Committed;
import lvc.core.transform.TransformState.Status;
import org.junit.jupiter.api.Test;

import static lvc.core.verify.World.FORWARD;
import static lvc.core.verify.World.INPUT;
import static lvc.core.verify.World.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class VerifyTest {
    private final World world = new World(2).withForward();

    @Test
    void equal_folds_have_equal_digests_however_they_came_about() {
        // Given: the output has less history and more of it twice
        world.write(0, "a=1", "a=2", "b=1", "b");
        world.write(1, "c=1", "d=", "e");
        world.copyAll();
        world.partitions.remove(OUTPUT, 0, record -> record.offset() == 0);
        world.copy(0, 2, 4);

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.equal()).isTrue();
        assertThat(verified.keys()).isEqualTo(3);
        assertThat(verified.inputDigest()).isEqualTo(verified.outputDigest()).hasSize(32);
        assertThat(verified.rounds()).isEqualTo(1);
        assertThat(verified.cut()).isEqualTo("forward transform lvc-1 had copied primary up to where it was compared");
        assertThat(verified.partitions())
                .containsExactly(new PartitionRow(0, 4, 5, 1, 1, 0, 0, 0), new PartitionRow(1, 3, 3, 2, 2, 0, 0, 0));
    }

    @Test
    void keys_that_differ_are_named_with_both_sides() {
        // Given
        world.write(0, "stale=1", "gone=1", "back=1", "back");
        world.copyAll();
        world.partitions.append(OUTPUT, 0, "stale", "0");
        world.partitions.append(OUTPUT, 0, "gone", null);
        world.partitions.append(OUTPUT, 0, "back", "1");
        world.partitions.append(OUTPUT, 1, "extra", "1");

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.equal()).isFalse();
        assertThat(verified.different()).isEqualTo(4);
        assertThat(verified.keys()).isEqualTo(4);
        assertThat(verified.inputDigest()).isNotEqualTo(verified.outputDigest());
        assertThat(verified.differences())
                .extracting(Difference::key)
                .containsExactlyInAnyOrder("stale", "gone", "back", "extra");
        Difference gone = of(verified, "gone");
        assertThat(gone.input().orElseThrow().offset()).isEqualTo(1);
        assertThat(gone.input().orElseThrow().digest()).isPresent();
        assertThat(gone.output().orElseThrow().digest()).isEmpty();
        assertThat(gone.keyHex()).isEqualTo("676f6e65");
        assertThat(of(verified, "extra").input()).isEmpty();
        assertThat(verified.fault().exit()).isEqualTo(Exit.DIFFERS);
        assertThat(verified.fault().why()).startsWith("4 of 4 keys differ: ");
    }

    @Test
    void an_empty_value_is_no_tombstone_and_a_tombstone_is_the_same_as_nothing() {
        // Given
        world.write(0, "empty=", "deleted=1", "deleted", "never");
        world.copyAll();
        world.partitions.append(OUTPUT, 0, "empty", null);
        world.partitions.remove(
                OUTPUT, 0, record -> record.value() == null && record.offset() > 1 && record.offset() < 4);
        world.partitions.remove(OUTPUT, 0, record -> record.offset() == 1);

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.differences()).extracting(Difference::key).containsExactly("empty");
    }

    @Test
    void records_without_a_key_are_counted_and_never_compared() {
        // Given
        world.partitions.append(INPUT, 0, null, "1");
        world.partitions.append(INPUT, 0, null, "2");
        world.partitions.append(OUTPUT, 0, null, "3");
        world.transforms.committed.add(new Committed(FORWARD, 0, 1));

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.equal()).isTrue();
        assertThat(verified.partitions().get(0)).isEqualTo(new PartitionRow(0, 2, 1, 0, 0, 2, 1, 0));
    }

    @Test
    void a_key_in_two_partitions_of_a_topic_is_reported_whichever_is_read_first() {
        // Given: one key in every partition of the input, so that one is at home and one is not
        world.write(0, "a=1", "b=1");
        world.write(1, "a=2", "b=1");
        world.copyAll();

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.equal()).isTrue();
        assertThat(verified.splitKeys()).isEqualTo(4);
        assertThat(verified.splits())
                .extracting(split -> split.topic() + " " + split.key() + " " + split.partitions())
                .containsExactlyInAnyOrder(
                        "primary a [0, 1]", "primary b [0, 1]", "secondary a [0, 1]", "secondary b [0, 1]");
    }

    @Test
    void a_key_in_one_wrong_partition_is_not_split() {
        world.write(0, "a=1", "b=1", "c=1", "d=1");
        world.copyAll();

        assertThat(world.verify().splitKeys()).isZero();
    }

    @Test
    void what_cannot_be_compared_is_refused() {
        World missing = new World(1);
        missing.topics.topics.remove(OUTPUT);
        World unequal = new World(1);
        unequal.topics.add(OUTPUT, 2, Map.of());
        World two = new World(1).withForward();
        two.transforms.add("lvc-2", INPUT, OUTPUT);

        Fault noTopic = catchThrowableOfType(Fault.class, missing::verify);
        Fault counts = catchThrowableOfType(Fault.class, unequal::verify);
        Fault forwards = catchThrowableOfType(Fault.class, two::verify);

        assertThat(List.of(noTopic.exit(), counts.exit(), forwards.exit())).containsOnly(Exit.REFUSED);
        assertThat(noTopic.why()).isEqualTo("there is no topic secondary");
        assertThat(noTopic.next()).isEqualTo("lvc create-topics --cache test --approach b");
        assertThat(counts.why()).startsWith("primary has 1, secondary has 2");
        assertThat(forwards.why()).startsWith("lvc-1 and lvc-2 both copy");
    }

    @Test
    void without_a_forward_transform_topics_are_compared_as_they_stand() {
        // Given
        World alone = new World(1);
        alone.write(0, "a=1");
        alone.partitions.append(OUTPUT, 0, "a", "1");

        // When
        Verification verified = alone.verify();

        // Then
        assertThat(verified.equal()).isTrue();
        assertThat(verified.cut()).startsWith("there is no forward transform: both topics were compared as they stood");
    }

    @Test
    void one_that_does_not_run_is_not_waited_for() {
        world.write(0, "a=1");
        world.transforms.statuses.clear();
        world.transforms.statuses.add(Status.ERRORED);

        Verification verified = world.verify();

        assertThat(verified.equal()).isFalse();
        assertThat(verified.rounds()).isEqualTo(1);
        assertThat(verified.cut()).startsWith("forward transform lvc-1 does not run everywhere");
    }

    @Test
    void committed_offsets_of_more_than_32_bits_are_not_believed() {
        Ends far = new Ends(1L << 32, 1L << 32, 1L << 32);
        world.topics.ends.put(INPUT, Map.of(0, far, 1, far));

        assertThat(world.verify().cut()).contains("cannot be told from offset 2^31 on");
    }

    @Test
    void up_to_32_bits_they_are() {
        Ends near = new Ends(1L << 31, 1L << 31, 1L << 31);
        world.topics.ends.put(INPUT, Map.of(0, near, 1, near));

        assertThat(world.verify().cut()).contains("had copied primary up to where it was compared");
    }

    @Test
    void what_another_transform_has_committed_does_not_matter() {
        // Given: another one has committed less, and the same partition
        world.write(0, "a=1", "b=1");
        world.copyAll();
        world.transforms.committed.add(new Committed("other", 0, 0));

        assertThat(world.verify().equal()).isTrue();
    }

    @Test
    void what_is_still_being_copied_is_waited_for_with_a_reason() {
        // Given
        world.write(0, "a=1", "a=2", "b=1");
        world.copy(0, 0, 1);
        int[] looks = {0};
        world.meanwhile = () -> {
            if (++looks[0] == 5) {
                world.copy(0, 1, 3);
            }
        };

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.equal()).isTrue();
        assertThat(verified.rounds()).isEqualTo(1);
        assertThat(world.events)
                .filteredOn(Event.Waiting.class::isInstance)
                .extracting(event -> ((Event.Waiting) event).reason())
                .contains("partition 0 committed 0 of 2");
    }

    @Test
    void a_transform_that_gets_no_further_is_a_fault_and_no_difference() {
        world.write(0, "a=1", "b=1");

        Fault fault = catchThrowableOfType(Fault.class, world::verify);

        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(fault.why()).startsWith("partition 0 committed nothing of 1");
    }

    @Test
    void markers_behind_the_last_record_are_not_waited_for() {
        world.write(0, "a=1");
        world.copyAll();
        world.partitions.appendMarker(INPUT, 0);
        world.partitions.appendMarker(INPUT, 0);

        assertThat(world.verify().equal()).isTrue();
    }

    @Test
    void an_offset_0_that_means_nothing_yet_is_not_believed() {
        // Given: committed 0, and the only record not copied yet
        world.write(0, "a=1");
        world.transforms.committed.add(new Committed(FORWARD, 0, 0));
        int[] looks = {0};
        world.meanwhile = () -> {
            if (++looks[0] == 6) {
                world.copy(0, 0, 1);
            }
        };

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.equal()).isTrue();
        assertThat(verified.rounds()).isEqualTo(1);
    }

    @Test
    void at_most_so_many_differences_are_listed_and_all_are_counted() {
        World alone = new World(1);
        for (int i = 0; i < 300; i++) {
            alone.write(0, "k" + i + "=1");
        }

        Verification verified = alone.verify();

        assertThat(verified.different()).isEqualTo(300);
        assertThat(verified.differences()).hasSize(100);
        assertThat(verified.partitions().get(0).different()).isEqualTo(300);
    }

    @Test
    void a_key_deleted_on_one_side_only_has_a_side_without_digest() {
        World alone = new World(1);
        alone.write(0, "a=1", "a");
        alone.partitions.append(OUTPUT, 0, "a", "1");

        Difference difference = of(alone.verify(), "a");

        assertThat(difference.input().orElseThrow().digest()).isEmpty();
        assertThat(difference.output().flatMap(Verification.Newest::digest)).isPresent();
    }

    private static Difference of(Verification verified, String key) {
        return verified.differences().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
