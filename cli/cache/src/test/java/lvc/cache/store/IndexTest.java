package lvc.cache.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IndexTest {
    private static final long LAST = 0x7fff_ffff_0000_0000L;

    @Test
    void growsByAtLeastHalfAndFillsWholeRegionsOnceItIsLarge() {
        int slots = 1 << 10;
        while (slots < 1 << 30) {
            int more = Index.grown(slots);
            assertThat((long) more).isGreaterThanOrEqualTo(slots + slots / 2L);
            if (more > 1 << 19) {
                assertThat((more * 8L + 64) % (4 << 20)).as("%d slots", more).isZero();
            }
            slots = more;
        }
    }

    /** Hashes at the end of all that there can be meet in the last slots, and go on in the first ones. */
    @Test
    void searchGoesOnInTheFirstSlotAfterTheLastOne() {
        Index index = Index.empty();
        for (int address = 1; address <= 10; address++) {
            index.add(LAST, address);
        }

        assertThat(index.first(LAST)).isEqualTo(index.size() - 1);
        assertThat(Index.address(index.at(index.size() - 1))).isEqualTo(1);
        assertThat(Index.address(index.at(8))).isEqualTo(10);
        assertThat(index.grown().size()).isEqualTo(1_536);
    }

    @Test
    void everyHashIsFoundWhereItsSearchLeadsHoweverOftenItGrew() {
        Random dice = new Random(7);
        Map<Long, Integer> addresses = new HashMap<>();
        Index index = Index.empty();
        for (int address = 1; address <= 50_000; address++) {
            long hash = dice.nextLong();
            addresses.put(hash, address);
            index.add(hash, address);
            index = index.full() ? index.grown() : index;
        }

        Index all = index;
        assertThat(addresses).allSatisfy((hash, address) -> assertThat(find(all, hash, address))
                .isTrue());
        assertThat(all.full()).isFalse();
    }

    private static boolean find(Index index, long hash, int address) {
        int slot = index.first(hash);
        for (long content = index.at(slot); content != 0; content = index.at(slot)) {
            if (Index.mayBe(content, hash) && Index.address(content) == address) {
                return true;
            }
            slot = index.after(slot);
        }
        return false;
    }
}
