package lvc.core.transform;

import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.transform.StartFrom.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StartFromTest {

    @Test
    void the_notation_of_rpk_is_understood() {
        assertThat(StartFrom.parse("+5")).isEqualTo(new StartFrom(Origin.START, 5));
        assertThat(StartFrom.parse("-7")).isEqualTo(new StartFrom(Origin.END, 7));
        assertThat(StartFrom.parse("@1732000000000")).isEqualTo(new StartFrom(Origin.TIMESTAMP, 1_732_000_000_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "+", "+-5", "@x", "start", "+99999999999999999999"})
    void anything_else_is_a_usage_fault(String text) {
        Fault fault = catchThrowableOfType(Fault.class, () -> StartFrom.parse(text));

        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.what()).contains("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+0", "-3", "@12"})
    void it_is_printed_as_it_is_read(String text) {
        assertThat(StartFrom.parse(text)).hasToString(text);
    }
}
