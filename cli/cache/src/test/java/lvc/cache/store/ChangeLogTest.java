package lvc.cache.store;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ChangeLogTest {
    private static final int KILOBYTE = 1 << 10;

    @Test
    void changesAreReadInOrderUntilThereAreNoMore() {
        ChangeLog changes = new ChangeLog(KILOBYTE);
        append(changes, "a", 1);
        append(changes, "b", 1);

        assertThat(key(changes, 0)).isEqualTo("a");
        assertThat(key(changes, 1)).isEqualTo("b");
        assertThat(changes.at(2)).isNull();
        assertThat(changes.lost(2)).isFalse();
        assertThat(changes.next()).isEqualTo(2);
    }

    @Test
    void theOldestMakeRoomAndAreKnownToBeLost() {
        ChangeLog changes = new ChangeLog(10 * KILOBYTE);
        for (int i = 0; i < 100; i++) {
            append(changes, "k" + i, KILOBYTE);
        }

        assertThat(changes.lost(85)).isTrue();
        assertThat(changes.at(85)).isNull();
        assertThat(changes.lost(95)).isFalse();
        assertThat(key(changes, 95)).isEqualTo("k95");
    }

    @Test
    void manySmallOnesAreBoundedByTheirNumber() {
        ChangeLog changes = new ChangeLog(Long.MAX_VALUE);
        for (int i = 0; i < (1 << 16) + 10; i++) {
            append(changes, "k" + i, 0);
        }

        assertThat(changes.lost(9)).isTrue();
        assertThat(changes.lost(10)).isFalse();
        assertThat(key(changes, 10)).isEqualTo("k10");
    }

    @Test
    void oneThatIsLargerThanAllRoomIsStillThere() {
        ChangeLog changes = new ChangeLog(KILOBYTE);
        append(changes, "a", 1);
        append(changes, "large", 100 * KILOBYTE);

        assertThat(changes.lost(0)).isTrue();
        assertThat(key(changes, 1)).isEqualTo("large");
    }

    private static void append(ChangeLog changes, String key, int value) {
        changes.append(
                new Entry(key.getBytes(UTF_8), new byte[value], 0, changes.next(), 0, List.of()),
                null,
                new Position(Offsets.of(changes.next()), "id"));
    }

    private static String key(ChangeLog changes, long sequence) {
        return new String(Objects.requireNonNull(changes.at(sequence)).entry().key(), UTF_8);
    }
}
