package lvc.cli.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import lvc.adapter.time.SystemPause;
import lvc.cli.term.LiveLine;
import lvc.cli.term.Style;
import lvc.cli.term.Terminal;
import lvc.core.event.Event;
import lvc.core.fault.Fault;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ViewTest {
    private static final Path GOLDEN = Path.of("src/test/resources/lvc/cli/view");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void there_is_a_sample_of_every_event() {
        assertThat(Samples.all()).extracting(event -> (Object) event.getClass()).containsAll(Arrays.asList((Object[])
                Event.class.getPermittedSubclasses()));
    }

    @Test
    void people_read_every_event_as_it_was_agreed() throws IOException {
        View view = human(Terminal.NONE, Style.When.never);

        Samples.all().forEach(view);
        view.fault(Fault.refused("it was refused", "because of x", "try y"));
        view.close();

        assertGolden("human.txt", "--- stdout\n" + text(out) + "--- stderr\n" + text(err));
    }

    @Test
    void programs_read_every_event_as_it_was_agreed() throws IOException {
        View view = new JsonView(new Lines(out), print(err));

        Samples.all().forEach(view);
        view.fault(Fault.refused("it was refused", "because of x", "try y"));

        assertGolden("events.jsonl", text(out));
    }

    @Test
    void values_of_a_transforms_environment_are_shown_to_nobody() {
        View human = human(Terminal.NONE, Style.When.never);
        View json = new JsonView(new Lines(out), print(err));

        Samples.all().forEach(human);
        Samples.all().forEach(json);

        assertThat(text(out) + text(err)).doesNotContain("do-not-show");
    }

    @Test
    void without_a_person_there_is_no_control_character() {
        View view = human(Terminal.NONE, Style.When.auto);

        Samples.all().forEach(view);

        assertThat(text(out) + text(err)).doesNotContain("\u001b").doesNotContain("\r");
    }

    @Test
    void with_a_person_a_wait_is_one_line_that_goes_away() {
        View view = human(new Terminal(true, true, true, true, 40), Style.When.auto);

        view.accept(new Event.Waiting("something takes rather long here", "a reason", java.time.Duration.ZERO));
        view.accept(new Event.TransformDeleted("t"));

        assertThat(text(err))
                .startsWith("\rwaiting until something takes")
                .contains("…\u001b[K")
                .endsWith("\r\u001b[K");
        assertThat(text(out)).contains("deleted").endsWith("transform t\n");
    }

    @Test
    void a_reason_that_stays_is_one_json_event() {
        View view = new JsonView(new Lines(out), print(err));
        Event waiting = new Event.Waiting("it runs", "same", java.time.Duration.ZERO);

        List.of(waiting, waiting, waiting).forEach(view);

        assertThat(text(out).lines()).hasSize(1);
    }

    private View human(Terminal terminal, Style.When colour) {
        PrintStream to = print(err);
        Style style = new Style(colour, terminal.out() && terminal.colour());
        SystemPause clock = new SystemPause();
        return new HumanView(new Lines(out), to, new LiveLine(to, terminal, clock), style, style, false, clock);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** With -Dlvc.record=true the agreed text is written anew; the difference is then reviewed like code. */
    private static void assertGolden(String name, String actual) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("lvc.record")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
