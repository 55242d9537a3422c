package lvc.core.fold;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HashingTest {
    private final Hashing hashing = new Hashing();

    /** What other programs say for MurmurHash3, x64, 128 bits, seed 0. */
    @ParameterizedTest
    @CsvSource({
        "'', 00000000000000000000000000000000",
        "hell, 629942693e10f86792db0b82baeb5347",
        "hello, cbd8a7b341bd9b025b1e906a48ae1d19",
        "The quick brown fox jumps over the lazy dog, e34bbc7bbc071b6c7a433ca9c49a9347",
        "The quick brown fox jumps over the lazy cog, 658ca970ff85269a43fee3eaa68e5c3e"
    })
    void digestsAreThoseThatOtherProgramsCompute(String value, String digest) {
        assertThat(digest(value.getBytes(StandardCharsets.UTF_8))).hasToString(digest);
    }

    @Test
    void everyByteAndTheLengthCount() {
        // Given: for each length up to three blocks all zeros, and all zeros but for one byte
        Set<Digest> digests = new HashSet<>();
        int values = 0;

        // When
        for (int length = 0; length <= 48; length++) {
            values++;
            digests.add(digest(new byte[length]));
            for (int at = 0; at < length; at++) {
                for (int value : new int[] {1, 0x80, 0xff}) {
                    byte[] bytes = new byte[length];
                    bytes[at] = (byte) value;
                    values++;
                    digests.add(digest(bytes));
                }
            }
        }

        // Then: but for no bytes and zeros, which are not the same either
        assertThat(digests).hasSize(values);
    }

    @Test
    void whatAKeyAddsIsTheDigestOfItsValuesDigestAndTheKey() {
        Random random = new Random(1);
        for (int length = 0; length < 40; length++) {
            byte[] key = new byte[length];
            random.nextBytes(key);
            Digest value = new Digest(random.nextLong(), random.nextLong());
            ByteBuffer both = ByteBuffer.allocate(16 + length).order(ByteOrder.LITTLE_ENDIAN);
            both.putLong(value.high()).putLong(value.low()).put(key);

            assertThat(hashing.entry(key, value)).isEqualTo(digest(both.array()));
        }
    }

    @Test
    void oneDigestLeavesNothingBehindForTheNext() {
        byte[] value = "something rather long, of more than one block".getBytes(StandardCharsets.UTF_8);
        Digest first = digest(value);

        digest(new byte[] {1, 2, 3});

        assertThat(digest(Arrays.copyOf(value, value.length))).isEqualTo(first);
    }

    private Digest digest(byte[] bytes) {
        hashing.hash(bytes);
        return new Digest(hashing.high(), hashing.low());
    }
}
