package lvc.cache.store;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import lvc.core.record.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageTest {
    private final Image image = new Image();
    private long offset;

    @Test
    void newestRecordOfAKeyIsServedWithAllThatIsKnownOfIt() {
        batch(() -> {
            image.put(3, 7, 1_700_000_000_000L, bytes("k"), bytes("old"), List.of());
            image.put(
                    3,
                    9,
                    1_700_000_000_001L,
                    bytes("k"),
                    bytes("new"),
                    List.of(new Header("a", "1".getBytes(UTF_8)), new Header("b", null)));
        });

        Entry entry = get("k");
        assertThat(text(entry.value())).isEqualTo("new");
        assertThat(entry.partition()).isEqualTo(3);
        assertThat(entry.offset()).isEqualTo(9);
        assertThat(entry.timestamp()).isEqualTo(1_700_000_000_001L);
        assertThat(entry.headers()).extracting(Header::key).containsExactly("a", "b");
        assertThat(entry.headers().get(0).value()).isEqualTo("1".getBytes(UTF_8));
        assertThat(entry.headers().get(1).value()).isNull();
    }

    @Test
    void deletedKeyIsNowhere() {
        put("k", "v");
        put("k", null);

        assertThat(image.get("k".getBytes(UTF_8))).isNull();
        assertThat(image.size()).isZero();
        assertThat(values(image.snapshot())).isEmpty();
    }

    @Test
    void emptyKeysAndEmptyValuesAreKeysAndValues() {
        put("", "");

        assertThat(text(get("").value())).isEmpty();
        assertThat(image.size()).isOne();
    }

    /** Else replicas of one cache would differ for as long as nobody writes the key again. */
    @Test
    void ofTwoPartitionsTheLaterRecordWinsWhateverComesFirst() {
        batch(() -> {
            image.put(1, 5, 2_000, bytes("k"), bytes("later"), List.of());
            image.put(0, 90, 1_000, bytes("k"), bytes("earlier"), List.of());
            image.put(0, 7, 1_000, bytes("same"), bytes("low"), List.of());
            image.put(2, 7, 1_000, bytes("same"), bytes("high"), List.of());
            image.put(1, 8, 1_000, bytes("same"), bytes("middle"), List.of());
        });

        assertThat(text(get("k").value())).isEqualTo("later");
        assertThat(text(get("same").value())).isEqualTo("high");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void holdsWhatAMapHolds(long seed) {
        Random dice = new Random(seed);
        Map<String, String> model = new HashMap<>();
        Map<Snapshot, Map<String, String>> taken = new HashMap<>();
        for (int round = 0; round < 400; round++) {
            batch(() -> {
                for (int i = 0; i < 250; i++) {
                    String key = "key-" + dice.nextInt(3_000);
                    String value = dice.nextInt(4) == 0 ? null : "v".repeat(dice.nextInt(1_500)) + i;
                    write(key, value);
                    if (value == null) {
                        model.remove(key);
                    } else {
                        model.put(key, value);
                    }
                }
            });
            if (round == 40) {
                image.publish();
            }
            if (round > 40 && round % 50 == 0) {
                taken.put(image.snapshot(), new HashMap<>(model));
            }
        }

        assertThat(image.size()).isEqualTo(model.size());
        assertThat(values(image.snapshot())).isEqualTo(model);
        model.forEach((key, value) -> assertThat(text(get(key).value())).isEqualTo(value));
        taken.forEach((snapshot, then) -> {
            assertThat(values(snapshot)).isEqualTo(then);
            assertThat(snapshot.size()).isEqualTo(then.size());
        });
    }

    @Test
    void tellsWhatChangedSinceAndWhatWasDeleted() {
        put("stays", "1");
        put("goes", "1");
        put("changes", "1");
        image.publish();
        Offsets before = image.offsets();
        put("changes", "2");
        put("goes", null);
        put("comes", "1");

        Snapshot.Cursor since = image.snapshot().since(before);
        Map<String, @Nullable String> changed = new HashMap<>();
        while (since.next()) {
            Entry entry = since.entry();
            changed.put(text(since.key()), entry.deleted() ? null : text(entry.value()));
        }

        assertThat(image.snapshot().knowsSince(before)).isTrue();
        assertThat(changed).hasSize(3).containsEntry("changes", "2").containsEntry("comes", "1");
        assertThat(changed).containsEntry("goes", null);
    }

    @Test
    void snapshotOfSomeKeysHasThoseAsTheyWereAndNoOthers() {
        put("stays", "1");
        put("goes", "1");
        put("other", "1");
        image.publish();
        Offsets before = image.offsets();
        put("goes", null);
        List<byte[]> keys = Stream.of("goes", "stays", "never", "stays")
                .map(key -> key.getBytes(UTF_8))
                .toList();
        Snapshot some = image.snapshot(keys);
        put("stays", "2");
        put("never", "1");

        assertThat(values(some)).isEqualTo(Map.of("stays", "1"));
        assertThat(some.size()).as("keys of the whole image").isEqualTo(2);
        Snapshot.Cursor since = some.since(before);
        assertThat(since.next()).isTrue();
        assertThat(text(since.key())).isEqualTo("goes");
        assertThat(since.entry().deleted()).isTrue();
        assertThat(since.next()).isFalse();
        assertThat(values(image.snapshot(List.of("none".getBytes(UTF_8))))).isEmpty();
    }

    @Test
    void whatWasDeletedBeforeItWasPublishedIsNotKnown() {
        put("k", "1");
        Offsets before = image.offsets();
        put("k", null);
        image.publish();

        assertThat(image.knowsSince(before)).isFalse();
        assertThat(image.knowsSince(image.offsets())).isTrue();
    }

    @Test
    void manyDeletedKeysAreForgottenAndThatIsKnown() {
        image.publish();
        Offsets before = image.offsets();
        batch(() -> {
            for (int i = 0; i < 20_000; i++) {
                write("k" + i, "v");
            }
        });
        for (int round = 0; round < 20; round++) {
            int first = round * 1_000;
            batch(() -> {
                for (int i = first; i < first + 1_000; i++) {
                    write("k" + i, null);
                }
            });
        }

        assertThat(image.size()).isZero();
        assertThat(image.knowsSince(before)).isFalse();
        assertThat(image.knowsSince(image.offsets())).isTrue();
    }

    @Test
    void memoryDoesNotGrowWithTheNumberOfUpdates() {
        Random dice = new Random(1);
        for (int round = 0; round < 200; round++) {
            batch(() -> {
                for (int i = 0; i < 1_000; i++) {
                    write("key-" + dice.nextInt(1_000), "v".repeat(500 + dice.nextInt(2_000)));
                }
            });
            if (round == 10) {
                image.publish();
            }
        }

        assertThat(image.size()).isEqualTo(1_000);
        assertThat(image.bytes()).isLessThan(8L * Chunks.CHUNK);
    }

    @Test
    void valuesLargerThanAChunkAreHeldAndLetGo() {
        String large = "x".repeat(Chunks.CHUNK + 1_000);
        image.publish();
        for (int i = 0; i < 12; i++) {
            put("large", large + i);
            put("small", "s" + i);
        }

        assertThat(text(get("large").value())).isEqualTo(large + 11);
        assertThat(text(get("small").value())).isEqualTo("s11");
        assertThat(image.bytes()).isLessThan(8L * Chunks.CHUNK);
    }

    @Test
    void snapshotHasEveryKeyOfEveryChunkAndNothingElse() {
        Map<String, String> all = new HashMap<>();
        batch(() -> {
            for (int i = 0; i < 30_000; i++) {
                String value = i == 15_000 ? "x".repeat(Chunks.CHUNK + 1) : "v".repeat(500);
                write("key-" + i, "replaced");
                write("key-" + i, value);
                all.put("key-" + i, value);
            }
        });
        image.publish();
        Snapshot before = image.snapshot();
        for (int i = 0; i < 30_000; i += 1_000) {
            put("key-" + i, null);
            put("new-" + i, "n");
        }

        assertThat(values(before)).isEqualTo(all);
        assertThat(values(image.snapshot()))
                .hasSize(30_000)
                .doesNotContainKey("key-1000")
                .containsEntry("new-1000", "n");
    }

    @Test
    void nothingHasNoPlaces() {
        assertThat(values(image.snapshot())).isEmpty();
    }

    /** Values count up; a reader that sees one count down, or a key that is there vanish, has seen what never was. */
    @Test
    void readersSeeNoKeyVanishAndNoValueGrowOlderWhateverIsTidiedUp() throws InterruptedException {
        int keys = 20_000;
        batch(() -> {
            for (int i = 0; i < keys; i++) {
                write("key-" + i, "0");
            }
        });
        image.publish();
        Set<String> wrong = new HashSet<>();
        boolean[] stop = {false};
        List<Thread> readers = List.of(reader(keys, wrong, stop), reader(keys, wrong, stop));
        readers.forEach(Thread::start);
        Random dice = new Random(3);
        for (int round = 1; round <= 300; round++) {
            int count = round;
            batch(() -> {
                for (int i = 0; i < 1_000; i++) {
                    write("key-" + dice.nextInt(keys), count + " ".repeat(dice.nextInt(400)));
                    write("more-" + count + "-" + i, "x");
                    write("more-" + (count - 1) + "-" + i, null);
                }
            });
        }
        synchronized (stop) {
            stop[0] = true;
        }
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(wrong).isEmpty();
    }

    private Thread reader(int keys, Set<String> wrong, boolean[] stop) {
        return new Thread(() -> {
            long[] seen = new long[keys];
            Random dice = new Random();
            while (!stopped(stop)) {
                for (int i = 0; i < 1_000; i++) {
                    int key = dice.nextInt(keys);
                    Entry entry = image.get(("key-" + key).getBytes(UTF_8));
                    long value = entry == null
                            ? -1
                            : Long.parseLong(text(entry.value()).strip());
                    if (value < seen[key]) {
                        synchronized (wrong) {
                            wrong.add("key-" + key + " was " + seen[key] + " and is " + value);
                        }
                    }
                    seen[key] = value;
                }
            }
        });
    }

    private static boolean stopped(boolean[] stop) {
        synchronized (stop) {
            return stop[0];
        }
    }

    private void put(String key, @Nullable String value) {
        batch(() -> write(key, value));
    }

    private void batch(Runnable work) {
        image.begin();
        try {
            work.run();
        } finally {
            image.end();
        }
    }

    private void write(String key, @Nullable String value) {
        image.put(0, offset, offset, bytes(key), value == null ? null : bytes(value), List.of());
        image.reached(0, offset++);
    }

    private Entry get(String key) {
        Entry entry = image.get(key.getBytes(UTF_8));
        assertThat(entry).as(key).isNotNull();
        return Objects.requireNonNull(entry);
    }

    private static Map<String, String> values(Snapshot snapshot) {
        Map<String, String> values = new HashMap<>();
        Snapshot.Cursor each = snapshot.values();
        while (each.next()) {
            values.put(text(each.key()), text(each.entry().value()));
        }
        return values;
    }

    private static ByteBuffer bytes(String text) {
        byte[] padded = ("..." + text).getBytes(UTF_8);
        return ByteBuffer.wrap(padded, 3, padded.length - 3).slice();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }
}
