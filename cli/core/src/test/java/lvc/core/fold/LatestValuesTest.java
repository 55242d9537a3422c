package lvc.core.fold;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import lvc.core.record.Header;
import lvc.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LatestValuesTest {

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void equalsAModelOfNestedMaps(int seed) {
        // Given
        List<StoredRecord> records = records(random(seed));

        // When
        LatestValues latest = fold(records);

        // Then
        assertThat(shown(latest)).isEqualTo(model(records));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theFoldOfTwoPartsIsTheMergeOfTheirFolds(int seed) {
        // Given
        Random random = random(seed);
        List<StoredRecord> records = records(random);
        int cut = random.nextInt(records.size() + 1);
        LatestValues first = fold(records.subList(0, cut));
        LatestValues second = fold(records.subList(cut, records.size()));

        // When: once in order, once the newer part first
        LatestValues forward = fold(List.of());
        forward.merge(first);
        forward.merge(second);
        second.merge(first);

        // Then
        assertThat(shown(forward)).isEqualTo(model(records));
        assertThat(shown(second)).isEqualTo(model(records));
    }

    @Test
    void anEmptyValueIsAValueAndATombstoneIsNone() {
        // When
        LatestValues latest = fold(List.of(at(0, "a", ""), at(1, "b", "x"), at(2, "b", null)));

        // Then
        assertThat(latest.live()).extracting(StoredRecord::offset).containsExactly(0L);
        assertThat(latest.liveKeys()).isEqualTo(1);
        assertThat(latest.latest(0, bytes("b")))
                .hasValueSatisfying(b -> assertThat(b.value()).isNull());
        assertThat(latest.latest(0, bytes("c"))).isEmpty();
    }

    @Test
    void recordsWithoutKeyAreCountedOnly() {
        // When
        LatestValues latest = fold(List.of(record(0, 0, null, "x"), record(0, 1, null, null), at(2, "", "empty key")));

        // Then
        assertThat(latest.records()).isEqualTo(3);
        assertThat(latest.nullKeys()).isEqualTo(2);
        assertThat(latest.live()).extracting(StoredRecord::offset).containsExactly(2L);
    }

    @Test
    void aKeySeenInTwoPartitionsIsNamedOnceWithBoth() {
        // When
        LatestValues latest = fold(List.of(
                record(2, 0, "split", "x"),
                record(0, 0, "split", null),
                record(1, 0, "split", "z"),
                record(1, 1, "whole", "y")));

        // Then
        assertThat(latest.splitKeyCount()).isEqualTo(1);
        assertThat(latest.splitKeys(10)).singleElement().satisfies(split -> {
            assertThat(split.key()).asString().isEqualTo("split");
            assertThat(split.partitions()).containsExactly(0, 1, 2);
        });
    }

    @Test
    void liveKeysComeByPartitionAndOffset() {
        // When
        LatestValues latest = fold(List.of(
                record(1, 0, "d", "1"),
                record(0, 5, "a", "1"),
                record(0, 6, "b", "1"),
                record(0, 7, "a", "2"),
                record(1, 1, "c", "1")));

        // Then
        assertThat(latest.live())
                .extracting(each -> new String(bytes(each.key()), StandardCharsets.UTF_8))
                .containsExactly("b", "a", "d", "c");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void headersAndTimestampsSurvive(boolean logAppendTime) {
        // Given
        List<Header> headers = List.of(new Header("ä", bytes("1")), new Header("b", null), new Header("b", bytes("")));
        StoredRecord stored =
                new StoredRecord("t", 0, 7, 1732000000000L, bytes("k"), bytes("v"), headers, logAppendTime);

        // When
        StoredRecord latest = fold(List.of(stored)).live().iterator().next();

        // Then
        assertThat(latest).usingRecursiveComparison().isEqualTo(stored);
    }

    @Test
    void roomOfEntriesThatGrewIsReclaimed() {
        // Given: 100 keys of which each value is now and then a little longer than ever before, 240 MB in all
        LatestValues latest = new LatestValues("t");

        // When
        for (int round = 1; round <= 400; round++) {
            for (int key = 0; key < 100; key++) {
                latest.add(at(round * 100L + key, "key" + key, "v".repeat(round * 30)));
            }
        }

        // Then: what is alive is 1.2 MB
        assertThat(latest.memory()).isBetween(1_200_000L, 16L << 20);
        assertThat(latest.live()).allSatisfy(each -> assertThat(each.value()).hasSize(12_000));
    }

    @Test
    void roomOfEntriesThatDidNotGrowIsUsedAgain() {
        LatestValues latest = new LatestValues("t");

        for (int round = 0; round < 20_000; round++) {
            latest.add(at(round, "key", "v".repeat(1_000 - round / 100)));
        }

        assertThat(latest.memory()).isBetween(1_000L + 4L * 4_096, 18_000L);
    }

    @Test
    void anOlderRecordChangesNothingNorDoesTheSameAgain() {
        LatestValues latest =
                fold(List.of(at(5, "a", "new"), at(4, "a", "old"), at(5, "a", "same offset"), at(3, "a", null)));

        assertThat(latest.live())
                .singleElement()
                .satisfies(a -> assertThat(a.value()).asString().isEqualTo("new"));
        assertThat(latest.liveKeys()).isEqualTo(1);
    }

    @Test
    void onlySoManySplitKeysAreNamedAsWereAskedFor() {
        LatestValues latest = fold(List.of(
                record(0, 0, "a", "1"), record(1, 0, "a", "1"), record(0, 1, "b", "1"), record(1, 1, "b", "1")));

        assertThat(latest.splitKeyCount()).isEqualTo(2);
        assertThat(latest.splitKeys(1)).hasSize(1);
        assertThat(latest.splitKeys(0)).isEmpty();
        assertThat(latest.splitKeys(2)).hasSize(2);
    }

    @Test
    void aValueMayBeLargerThanAChunk() {
        // When
        LatestValues latest = fold(List.of(at(0, "a", "x".repeat(9 << 20)), at(1, "b", "y"), at(2, "a", "z")));

        // Then
        assertThat(latest.live()).extracting(StoredRecord::offset).containsExactly(1L, 2L);
    }

    /** Small seeds that follow each other begin alike, so that each would make a story of few keys. */
    private static Random random(int seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** Few keys, some partitions, values of all lengths, a key of its own partition most of the time. */
    private static List<StoredRecord> records(Random random) {
        int keys = 1 + random.nextInt(random.nextBoolean() ? 10 : 6000);
        int count = random.nextInt(12_000);
        long[] next = new long[3];
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(keys);
            int partition = random.nextInt(1000) == 0 ? random.nextInt(3) : number % 3;
            String key = random.nextInt(50) == 0 ? null : "k" + number;
            String value = random.nextInt(4) == 0 ? null : "v".repeat(random.nextInt(40)) + i;
            next[partition] += 1 + random.nextInt(3);
            records.add(record(partition, next[partition], key, value));
        }
        return records;
    }

    private static Map<String, Object> model(List<StoredRecord> records) {
        Map<String, Map<Integer, StoredRecord>> latest = new HashMap<>();
        long nullKeys = 0;
        for (StoredRecord each : records) {
            byte[] key = each.key();
            if (key == null) {
                nullKeys++;
            } else {
                latest.computeIfAbsent(new String(key, StandardCharsets.UTF_8), k -> new TreeMap<>())
                        .put(each.partition(), each);
            }
        }
        TreeSet<String> live = new TreeSet<>();
        TreeSet<String> split = new TreeSet<>();
        latest.forEach((key, byPartition) -> {
            byPartition.values().stream().filter(each -> each.value() != null).forEach(each -> live.add(shown(each)));
            if (byPartition.size() > 1) {
                split.add(key + byPartition.keySet());
            }
        });
        return Map.of("records", (long) records.size(), "null keys", nullKeys, "live", live, "split", split);
    }

    private static Map<String, Object> shown(LatestValues latest) {
        TreeSet<String> live = new TreeSet<>();
        latest.live().forEach(each -> live.add(shown(each)));
        TreeSet<String> split = new TreeSet<>();
        latest.splitKeys(Integer.MAX_VALUE)
                .forEach(each -> split.add(new String(each.key(), StandardCharsets.UTF_8) + each.partitions()));
        assertThat(latest.liveKeys()).isEqualTo(live.size());
        assertThat(latest.splitKeyCount()).isEqualTo(split.size());
        return Map.of("records", latest.records(), "null keys", latest.nullKeys(), "live", live, "split", split);
    }

    private static String shown(StoredRecord each) {
        return each.partition() + "/" + each.offset() + " " + new String(bytes(each.key()), StandardCharsets.UTF_8)
                + "=" + new String(bytes(each.value()), StandardCharsets.UTF_8);
    }

    private static LatestValues fold(List<StoredRecord> records) {
        LatestValues latest = new LatestValues("t");
        records.forEach(latest::add);
        return latest;
    }

    private static StoredRecord at(long offset, String key, @Nullable String value) {
        return record(0, offset, key, value);
    }

    private static StoredRecord record(int partition, long offset, @Nullable String key, @Nullable String value) {
        return new StoredRecord(
                "t",
                partition,
                offset,
                0,
                key == null ? null : bytes(key),
                value == null ? null : bytes(value),
                List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }
}
