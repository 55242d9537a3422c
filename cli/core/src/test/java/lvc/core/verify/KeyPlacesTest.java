package lvc.core.verify;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyPlacesTest {

    /** As Kafka's Java client computes it. */
    @ParameterizedTest
    @CsvSource({
        "21, -973932308",
        "abc, 479470107",
        "foobar, -790332482",
        "a-little-bit-long-string, -985981536",
        "a-little-bit-longer-string, -1486304829"
    })
    void keys_are_at_home_where_clients_put_them(String key, int hash) {
        assertThat(KeyPlaces.murmur2(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(hash);
    }

    @Test
    void keys_at_home_need_no_second_look_and_strays_one_at_the_homes_that_were_read_before() {
        // Given: "abc" belongs into partition 1 of 2
        byte[] key = "abc".getBytes(StandardCharsets.UTF_8);
        KeyPlaces home = new KeyPlaces(2);
        KeyPlaces homeFirst = new KeyPlaces(3);

        // When: 479470107 is 0 modulo 3
        home.begin(0);
        home.begin(1);
        home.add(1, key);
        homeFirst.begin(0);
        homeFirst.add(0, key);
        homeFirst.begin(2);
        homeFirst.add(2, key);

        // Then
        assertThat(home.toReadAgain()).isEmpty();
        assertThat(homeFirst.count()).isZero();
        assertThat(homeFirst.toReadAgain()).containsExactly(0);
        homeFirst.add(0, key);
        assertThat(homeFirst.count()).isEqualTo(1);
        assertThat(homeFirst.some().get(0).partitions()).isEqualTo(List.of(0, 2));
    }
}
