package lvc.cache.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PositionTest {
    @Test
    void isReadBackFromItsText() {
        Position position = new Position(Offsets.of(55, -1, 7), "kQ3-x_Y");

        assertThat(position).hasToString("0:55,2:7@kQ3-x_Y");
        assertThat(Position.parse(position.toString())).isEqualTo(position);
        assertThat(Position.parse("@id")).isEqualTo(new Position(Offsets.NONE, "id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0:1", "0@id", ":@id", "0:-1@id", "-1:0@id", "0:1,@id", "0:1;2:3@id", "2000000000:1@id"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Position.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void coversIsAskedPartitionByPartition() {
        Offsets known = Offsets.of(5, 5);

        assertThat(known.covers(Offsets.of(5, 4))).isTrue();
        assertThat(known.covers(Offsets.of(9, 1))).isFalse();
        assertThat(known.covers(Offsets.of(-1, -1, 0))).isFalse();
        assertThat(known.covers(Offsets.of(-1, -1, -1))).isTrue();
        assertThat(known.with(2, 0)).isEqualTo(Offsets.of(5, 5, 0));
        assertThat(known).hasToString("0:5,1:5");
    }
}
