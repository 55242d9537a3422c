package lvc.core.fold;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lvc.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DigestsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void folds_of_digests_disagree_about_the_keys_whose_values_differ_and_no_others(long seed) {
        // Given
        Random random = new Random(seed);
        Digests one = new Digests();
        Digests other = new Digests();
        Map<String, Optional<String>> ofOne = fill(one, random);
        Map<String, Optional<String>> ofOther = fill(other, random);
        Set<String> expected = new HashSet<>(ofOne.keySet());
        expected.addAll(ofOther.keySet());
        expected.removeIf(key -> value(ofOne, key).equals(value(ofOther, key)));

        // When
        List<String> found = new ArrayList<>();
        one.compare(other, (key, mine, theirs) -> found.add(new String(key, StandardCharsets.UTF_8)));

        // Then
        assertThat(expected).isNotEmpty();
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(one.liveKeys()).isEqualTo((int)
                ofOne.values().stream().filter(Optional::isPresent).count());
    }

    @Test
    void the_sum_does_not_depend_on_order_nor_on_what_was_there_before() {
        // Given
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            records.add(record(i, "k" + i % 1_000, i % 7 == 0 ? null : "v" + i));
        }
        List<StoredRecord> shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, new Random(1));
        List<StoredRecord> compacted = records.subList(4_000, 5_000);

        // When
        Digest sum = fold(records).sum();

        // Then
        assertThat(fold(shuffled).sum()).isEqualTo(sum);
        assertThat(fold(compacted).sum()).isEqualTo(sum);
        assertThat(fold(records.subList(0, 4_999)).sum()).isNotEqualTo(sum);
    }

    @Test
    void the_sum_tells_keys_from_values_and_empty_from_deleted() {
        List<Digest> sums = List.of(
                fold(List.of(record(0, "a", "b"))).sum(),
                fold(List.of(record(0, "b", "a"))).sum(),
                fold(List.of(record(0, "a", ""))).sum(),
                fold(List.of(record(0, "", "a"))).sum(),
                fold(List.of(record(0, "a", null))).sum());

        assertThat(new HashSet<>(sums)).hasSize(5);
        assertThat(sums.get(4)).isEqualTo(Digest.ZERO);
    }

    @Test
    void the_sum_is_that_of_its_keys() {
        StoredRecord a = record(0, "a", "1");
        StoredRecord b = record(1, "b", "2");
        Digest sum = fold(List.of(a, b)).sum();

        Digest ofA = Digests.contribution(key(a), Latest.of(a).value());
        Digest ofB = Digests.contribution(key(b), Latest.of(b).value());
        assertThat(ofA.plus(ofB)).isEqualTo(sum);
        assertThat(sum.minus(ofA)).isEqualTo(ofB);
        assertThat(sum.toString()).hasSize(32);
    }

    @Test
    void the_newest_record_tells_its_offset_and_time() {
        Digests fold = fold(List.of(record(3, "a", "1"), record(5, "a", null), record(6, null, "x")));

        assertThat(fold.latest(new byte[] {'a'})).contains(new Latest(Optional.empty(), 5, 1005, false));
        assertThat(fold.latest(new byte[] {'b'})).isEmpty();
        assertThat(fold.records()).isEqualTo(3);
        assertThat(fold.nullKeys()).isEqualTo(1);
    }

    @Test
    void every_key_is_told_once_however_large_keys_are_and_however_many() {
        // Given: keys of all lengths, two of them larger than a piece of memory that is taken at once, and one empty
        Digests fold = new Digests();
        Digests same = new Digests();
        Set<Integer> lengths = new HashSet<>();
        for (int length = 0; length < 3_000; length++) {
            lengths.add(length);
        }
        lengths.add(5 << 20);
        lengths.add((9 << 20) + 1);
        for (int length : lengths) {
            byte[] key = new byte[length];
            fold.add(new StoredRecord("t", 0, length, 0, key, new byte[1], List.of()));
            same.add(new StoredRecord("t", 0, length + 1L, 0, key, new byte[1], List.of()));
        }

        // When
        List<Integer> told = new ArrayList<>();
        fold.eachKey(key -> told.add(key.length));

        // Then
        assertThat(told).containsExactlyInAnyOrderElementsOf(lengths);
        assertThat(fold.liveKeys()).isEqualTo(lengths.size());
        assertThat(fold.sum()).isEqualTo(same.sum());
        List<Integer> different = new ArrayList<>();
        same.add(new StoredRecord("t", 0, Long.MAX_VALUE, 0, new byte[9 << 20 | 1], null, List.of()));
        fold.compare(same, (key, mine, theirs) -> different.add(key.length));
        assertThat(different).containsExactly(9 << 20 | 1);
    }

    @Test
    void a_key_that_is_deleted_and_comes_back_is_live_once() {
        Digests fold = fold(List.of(
                record(0, "a", "1"),
                record(1, "a", null),
                record(2, "a", null),
                record(3, "a", "2"),
                record(4, "b", null)));

        assertThat(fold.liveKeys()).isEqualTo(1);
    }

    @Test
    void a_key_that_only_the_other_fold_has_is_told_from_either_side_and_a_deleted_one_is_not() {
        Digests more = fold(List.of(record(0, "a", "1"), record(1, "b", "1"), record(2, "gone", null)));
        Digests less = fold(List.of(record(0, "a", "1")));
        List<String> found = new ArrayList<>();

        more.compare(
                less, (key, mine, theirs) -> found.add(new String(key, StandardCharsets.UTF_8) + mine.isPresent()));
        less.compare(
                more, (key, mine, theirs) -> found.add(new String(key, StandardCharsets.UTF_8) + mine.isPresent()));

        assertThat(found).containsExactly("btrue", "bfalse");
    }

    private static Map<String, Optional<String>> fill(Digests fold, Random random) {
        Map<String, Optional<String>> model = new HashMap<>();
        for (int offset = 0; offset < 30_000; offset++) {
            String key = "k" + random.nextInt(8_000);
            int kind = random.nextInt(10);
            String value = kind == 0 ? null : kind == 1 ? "" : "v" + random.nextInt(3);
            fold.add(record(offset, key, value));
            model.put(key, Optional.ofNullable(value));
        }
        return model;
    }

    private static Optional<String> value(Map<String, Optional<String>> model, String key) {
        return model.getOrDefault(key, Optional.empty());
    }

    private static Digests fold(List<StoredRecord> records) {
        Digests fold = new Digests();
        records.forEach(fold::add);
        return fold;
    }

    private static byte[] key(StoredRecord record) {
        byte[] key = record.key();
        return key == null ? new byte[0] : Arrays.copyOf(key, key.length);
    }

    private static StoredRecord record(long offset, @Nullable String key, @Nullable String value) {
        return new StoredRecord("t", 0, offset, 1000 + offset, bytes(key), bytes(value), List.of());
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
