package lvc.core.verify;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import lvc.core.report.Verification;
import lvc.core.report.Verification.Difference;
import lvc.core.transform.Committed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static lvc.core.verify.World.INPUT;
import static lvc.core.verify.World.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

/** Topics that change while they are compared. */
class LiveWritersTest {
    private final World world = new World(1).withForward();
    private long copied;

    @Test
    void a_key_that_changes_all_the_time_is_equal_at_the_first_look() {
        // Given: at every look a new value, and forward is three values behind
        int[] value = {0};
        world.write(0, "hot=0", "hot=0", "hot=0", "hot=0", "cold=1");
        world.meanwhile = () -> {
            world.write(0, "hot=" + ++value[0]);
            copyUntil(end(INPUT) - 3);
        };

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.equal()).isTrue();
        assertThat(verified.rounds()).isEqualTo(1);
        assertThat(verified.inputDigest()).isEqualTo(verified.outputDigest());
    }

    @Test
    void a_value_that_was_left_behind_is_found_beside_one_that_changes() {
        // Given
        int[] value = {0};
        world.write(0, "stale=1", "hot=0", "hot=0", "hot=0");
        copyUntil(4);
        world.write(0, "stale=2");
        copied = 5;
        world.meanwhile = () -> {
            world.write(0, "hot=" + ++value[0]);
            copyUntil(end(INPUT) - 2);
        };

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.differences()).extracting(Difference::key).containsExactly("stale");
        assertThat(verified.different()).isEqualTo(1);
        assertThat(verified.rounds()).isEqualTo(3);
    }

    @Test
    void a_value_from_before_the_cut_is_not_taken_for_a_new_one() {
        // Given: the output stays at the first value, and the input had it once
        world.write(0, "a=1", "a=2");
        copyUntil(2);
        world.partitions.append(OUTPUT, 0, "a", "1");

        assertThat(world.verify().equal()).isFalse();
    }

    @Test
    void a_value_from_before_a_later_cut_is_not_taken_for_a_new_one_either() {
        // Given: the output stays at a value that the input takes again, and loses again, before the second look
        world.write(0, "x=1", "a=2");
        copyUntil(2);
        world.partitions.append(OUTPUT, 0, "a", "1");
        int[] looks = {0};
        world.meanwhile = () -> {
            if (++looks[0] == 4) {
                world.write(0, "a=1", "a=2");
                world.transforms.committed.clear();
                world.transforms.committed.add(new Committed(World.FORWARD, 0, 3));
            }
        };

        assertThat(world.verify().equal()).isFalse();
    }

    @Test
    void a_deletion_under_way_is_equal_too() {
        // Given: the tombstone is written after the cut and copied before the output's end
        world.write(0, "a=1", "b=1");
        copyUntil(2);
        int[] looks = {0};
        world.meanwhile = () -> {
            if (++looks[0] == 2) {
                world.write(0, "a");
                copyUntil(3);
            }
        };

        assertThat(world.verify().equal()).isTrue();
    }

    @Test
    void a_transform_that_repeats_itself_is_looked_at_again() {
        // Given: v1, v2 were copied; a restart copies v1 once more and is caught there
        world.write(0, "a=1", "a=2");
        copyUntil(2);
        world.partitions.append(OUTPUT, 0, "a", "1");
        int[] looks = {0};
        world.meanwhile = () -> {
            if (++looks[0] == 4) {
                world.partitions.append(OUTPUT, 0, "a", "2");
            }
        };
        World calm = new World(1);
        calm.write(0, "a=2");
        calm.partitions.append(OUTPUT, 0, "a", "2");

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.equal()).isTrue();
        assertThat(verified.rounds()).isEqualTo(2);
        assertThat(world.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(verified.inputDigest())
                .isEqualTo(verified.outputDigest())
                .isEqualTo(calm.verify().inputDigest());
    }

    @Test
    void what_comes_right_at_a_later_cut_is_no_value_that_the_output_must_have() {
        // Given: a replay was caught at an older value
        world.write(0, "a=1", "a=2");
        copyUntil(2);
        world.partitions.append(OUTPUT, 0, "a", "1");
        int[] looks = {0};
        world.meanwhile = () -> {
            // When: after the second cut, and before the output's end is noted, the replay ends and a writer writes
            if (++looks[0] == 6) {
                world.partitions.append(OUTPUT, 0, "a", "2");
                world.write(0, "a=3");
            }
        };

        // Then
        Verification verified = world.verify();
        assertThat(verified.equal()).isTrue();
        assertThat(verified.rounds()).isEqualTo(2);
    }

    @Test
    void a_record_compacted_away_while_it_was_read_is_looked_at_again() {
        // Given: just after the output's end was noted, its newest record of a is superseded and taken away
        world.write(0, "a=1");
        copyUntil(1);
        int[] looks = {0};
        world.meanwhile = () -> {
            if (++looks[0] == 4) {
                world.write(0, "a=2");
                copyUntil(2);
                world.partitions.remove(OUTPUT, 0, record -> record.offset() == 0);
            }
        };

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.equal()).isTrue();
        assertThat(verified.rounds()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatever_writers_compaction_and_transform_do_only_lost_values_differ(long seed) {
        // Given: some keys are skipped by the transform once and not written again, all others go on changing
        Random random = new Random(seed);
        Set<String> lost = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            world.write(0, "k" + random.nextInt(50) + "=" + i);
        }
        copyUntil(300);
        for (int i = 0; i < random.nextInt(4); i++) {
            String key = "k" + random.nextInt(50);
            lost.add(key);
            world.write(0, key + "=lost");
            copied++;
        }
        world.meanwhile = () -> {
            for (int i = random.nextInt(20); i > 0; i--) {
                String key = "k" + random.nextInt(50);
                if (!lost.contains(key)) {
                    world.write(0, random.nextInt(10) == 0 ? key : key + "=" + random.nextInt(3));
                }
            }
            copyUntil(Math.min(end(INPUT), copied + random.nextInt(25)));
            if (random.nextInt(3) == 0) {
                compact(random.nextBoolean() ? INPUT : OUTPUT);
            }
        };

        // When
        Verification verified = world.verify();

        // Then
        assertThat(verified.differences()).extracting(Difference::key).containsExactlyInAnyOrderElementsOf(lost);
        assertThat(verified.equal()).isEqualTo(lost.isEmpty());
        assertThat(verified.inputDigest().equals(verified.outputDigest())).isEqualTo(lost.isEmpty());
    }

    private void copyUntil(long until) {
        if (until > copied) {
            world.copy(0, copied, until);
            copied = until;
        }
    }

    /** Takes away what has a newer record, but for the last ten offsets. */
    private void compact(String topic) {
        long active = end(topic) - 10;
        var all = world.partitions.all(topic, 0);
        world.partitions.remove(
                topic,
                0,
                record -> record.offset() < active
                        && all.stream()
                                .anyMatch(newer ->
                                        newer.offset() > record.offset() && Arrays.equals(newer.key(), record.key())));
    }

    private long end(String topic) {
        return world.end(topic, 0);
    }
}
