package lvc.cli.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SteadfastTest {
    private static final Event SAID = new Event.DryRun();
    private static final Event STEP = new Event.StepBegan(1, 16, "raise-fence", "keep writers away");

    @Test
    void before_the_first_step_a_broken_pipe_ends_the_command() {
        UncheckedIOException broken = new UncheckedIOException(new IOException("broken pipe"));
        Steadfast view = new Steadfast(event -> {
            throw broken;
        });

        assertThatThrownBy(() -> view.accept(SAID)).isSameAs(broken);
    }

    @Test
    void from_the_first_step_on_nothing_that_cannot_be_printed_stops_the_run() {
        Fault full = Fault.failed("output not written", "the disk is full", "");
        List<Event> heard = new ArrayList<>();
        Steadfast view = new Steadfast(event -> {
            heard.add(event);
            throw full;
        });

        view.accept(STEP);
        view.accept(SAID);

        assertThat(heard).containsExactly(STEP, SAID);
        assertThatThrownBy(view::complain).isSameAs(full);
    }

    @Test
    void what_was_printed_is_no_complaint() {
        Steadfast view = new Steadfast(event -> {});

        view.hold();
        view.accept(SAID);

        assertThatCode(view::complain).doesNotThrowAnyException();
    }
}
