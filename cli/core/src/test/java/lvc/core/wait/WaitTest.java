package lvc.core.wait;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lvc.core.event.Event;
import lvc.core.fake.FakePause;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.wait.Wait.Look;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class WaitTest {
    private final FakePause pause = new FakePause();
    private final List<Event> events = new ArrayList<>();
    private final Wait wait = new Wait(pause, Duration.ofSeconds(5), events::add);

    @Test
    void it_gives_up_when_nothing_moves_and_says_what_it_was_waiting_for() {
        Fault fault = catchThrowableOfType(
                Fault.class, () -> wait.until("it rains", "look up", () -> Look.waiting("not a cloud")));

        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(fault.what()).contains("it rains");
        assertThat(fault.why()).contains("not a cloud").contains("5 s");
        assertThat(fault.next()).isEqualTo("look up");
        assertThat(pause.elapsed()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    }

    @Test
    void it_goes_on_past_its_patience_as_long_as_something_moves() {
        int[] looks = {0};

        wait.until("it is full", "-", () -> ++looks[0] == 200 ? Look.done() : Look.waiting("at " + looks[0] / 10));

        assertThat(pause.elapsed()).isGreaterThan(Duration.ofSeconds(15));
    }

    @Test
    void every_look_that_fails_is_told_with_its_reason() {
        int[] looks = {0};

        wait.until("it is done", "-", () -> ++looks[0] == 3 ? Look.done() : Look.waiting("look " + looks[0]));

        assertThat(events).extracting(event -> ((Event.Waiting) event).reason()).containsExactly("look 1", "look 2");
    }
}
