package lvc.cache.store;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EntryBytesTest {

    /** docs/why/scaling.md reckons with it. */
    @Test
    void theExampleOfTheScalingPageIsRight() {
        int key = 12;
        int value = 88;

        assertThat(EntryBytes.size(key, value, 0, 3, 100_000_000, 1_790_000_000_000L))
                .isEqualTo(120);
        assertThat(EntryBytes.size(key, value + 6, 0, 3, 100_000_000, 1_790_000_000_000L))
                .as("14 bytes of description")
                .isEqualTo(120);
        assertThat(EntryBytes.size(key, value + 7, 0, 3, 100_000_000, 1_790_000_000_000L))
                .isEqualTo(128);
    }
}
