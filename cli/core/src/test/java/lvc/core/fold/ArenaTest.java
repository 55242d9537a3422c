package lvc.core.fold;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArenaTest {
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void blocks_of_all_sizes_lie_beside_each_other_and_are_walked_in_order() {
        // Given: 20 pieces of memory and more, some of them larger than the usual piece
        Arena arena = new Arena();
        Random random = new Random(7);
        List<Integer> lengths = new ArrayList<>();
        List<Integer> addresses = new ArrayList<>();
        long used = 0;
        for (int i = 0; i < 60; i++) {
            int length = i % 20 == 19 ? 5 * MEBIBYTE + i : 16 + random.nextInt(2 * MEBIBYTE);
            lengths.add(length);
            addresses.add(arena.allocate(length));
            used += Arena.rounded(length);
        }

        // When: every block is written to at both of its ends
        for (int i = 0; i < 60; i++) {
            byte[] chunk = arena.chunk(addresses.get(i));
            int at = Arena.index(addresses.get(i));
            Arena.writeLong(chunk, at, i);
            Arena.writeInt(chunk, at + lengths.get(i) - 4, -i);
        }

        // Then
        int address = arena.first();
        for (int i = 0; i < 60; i++) {
            assertThat(address).isEqualTo(addresses.get(i));
            byte[] chunk = arena.chunk(address);
            int at = Arena.index(address);
            assertThat(Arena.readLong(chunk, at)).isEqualTo(i);
            assertThat(Arena.readInt(chunk, at + lengths.get(i) - 4)).isEqualTo(-i);
            address = arena.next(address, lengths.get(i));
        }
        assertThat(address).isEqualTo(Arena.NONE);
        assertThat(arena.used()).isEqualTo(used);
    }

    @Test
    void there_is_no_first_block_of_none() {
        assertThat(new Arena().first()).isEqualTo(Arena.NONE);
    }

    @Test
    void a_block_takes_whole_words() {
        assertThat(Arena.rounded(0)).isZero();
        assertThat(Arena.rounded(1)).isEqualTo(8);
        assertThat(Arena.rounded(8)).isEqualTo(8);
        assertThat(Arena.rounded(9)).isEqualTo(16);
    }

    @Test
    void hashes_differ_for_keys_that_differ_a_little_and_lie_at_different_places() {
        // Given
        byte[] one = "0123456789abcdefXYZ".getBytes(StandardCharsets.US_ASCII);
        byte[] shifted = "--0123456789abcdefXYZ--".getBytes(StandardCharsets.US_ASCII);

        // Then: the place does not matter, each byte and the length do
        assertThat(Arena.hash(shifted, 2, 2 + one.length)).isEqualTo(Arena.hash(one, 0, one.length));
        for (int at = 0; at < one.length; at++) {
            byte[] other = one.clone();
            other[at] ^= 0x40;
            assertThat(Arena.hash(other, 0, other.length)).isNotEqualTo(Arena.hash(one, 0, one.length));
            assertThat(Arena.hash(one, 0, at)).isNotEqualTo(Arena.hash(one, 0, one.length));
        }
    }
}
