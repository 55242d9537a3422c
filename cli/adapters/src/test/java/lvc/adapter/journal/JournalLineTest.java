package lvc.adapter.journal;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.Outcome;
import lvc.core.journal.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JournalLineTest {
    private static final Path GOLDEN = Path.of("src/test/resources/lvc/adapter/journal/v1.jsonl");

    @Test
    void there_is_a_sample_of_every_entry_step_and_outcome() {
        assertThat(kinds(Samples.all())).containsAll(permitted(Entry.class));
        assertThat(kinds(Samples.STEPS)).containsAll(permitted(Step.class));
        assertThat(kinds(Samples.OUTCOMES)).containsAll(permitted(Outcome.class));
    }

    static List<Entry> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_is_read_is_what_was_written(Entry entry) {
        assertThat(read(new String(JournalLine.write(entry), UTF_8))).isEqualTo(entry);
    }

    /** With -Dlvc.record=true the agreed lines are written anew; a line that changes is a break with journals out there. */
    @Test
    void the_form_is_as_it_was_agreed() throws IOException {
        String written = Samples.all().stream()
                .map(entry -> new String(JournalLine.write(entry), UTF_8) + "\n")
                .collect(Collectors.joining());
        if (Boolean.getBoolean("lvc.record")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, written);
        }

        assertThat(written).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void the_agreed_lines_are_understood() throws IOException {
        assertThat(Files.readAllLines(GOLDEN)).map(JournalLineTest::read).isEqualTo(Samples.all());
    }

    @Test
    void fields_that_came_later_are_passed_over() {
        assertThat(read("""
                {"v":1,"kind":"intended","run":"r","at":"2026-03-01T03:00:00Z","later":[1],
                 "step":{"kind":"await-drained","transform":"t","later":{"x":1}}}""")).isInstanceOfSatisfying(Entry.Intended.class, intended -> assertThat(intended.step())
                .isEqualTo(new Step.AwaitDrained("t")));
    }

    @Test
    void a_comparison_of_before_the_start_of_the_truth_was_noted_is_understood() {
        assertThat(read("""
                {"v":1,"kind":"happened","run":"r","at":"2026-03-01T03:00:00Z","outcome":{"kind":"compared","keys":1,
                 "records":2,"digest":"d","excused":0,"hotEnds":{"0":3},"truthEnds":{"0":4},"newest":5}}""")).isInstanceOfSatisfying(Entry.Happened.class, happened -> assertThat(happened.outcome())
                .isEqualTo(new Outcome.Compared(1, 2, "d", 0, Map.of(0, 3L), Map.of(0, 4L), Map.of(), 5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":2,\"kind\":\"beat\",\"run\":\"r\",\"at\":\"2026-03-01T03:00:00Z\"}",
                "{\"v\":2,\"all\":\"different\"}",
                "{\"v\":1,\"kind\":\"unheard-of\",\"run\":\"r\",\"at\":\"2026-03-01T03:00:00Z\"}",
                "{\"v\":1,\"kind\":\"happened\",\"run\":\"r\",\"at\":\"2026-03-01T03:00:00Z\","
                        + "\"outcome\":{\"kind\":\"unheard-of\"}}",
                "{\"v\":1,\"kind\":\"ended\",\"run\":\"r\",\"at\":\"2026-03-01T03:00:00Z\","
                        + "\"ending\":\"unheard_of\",\"why\":\"\"}"
            })
    void what_a_newer_lvc_wrote_is_refused(String line) {
        Fault fault = catchThrowableOfType(Fault.class, () -> read(line));

        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.why()).contains("line 7").contains("newer lvc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{\"kind\":\"beat\",\"run\":\"r\",\"at\":\"2026-03-01T03:00:00Z\"}",
                "{\"v\":1,\"run\":\"r\",\"at\":\"2026-03-01T03:00:00Z\"}",
                "{\"v\":1,\"kind\":\"beat\",\"at\":\"2026-03-01T03:00:00Z\"}",
                "{\"v\":1,\"kind\":\"beat\",\"run\":\"r\",\"at\":\"yesterday\"}",
                "{\"v\":1,\"kind\":\"beat\",\"run\":null,\"at\":\"2026-03-01T03:00:00Z\"}",
                "{\"v\":1,\"kind\":\"happened\",\"run\":\"r\",\"at\":\"2026-03-01T03:00:00Z\","
                        + "\"outcome\":{\"kind\":\"drained\"}}"
            })
    void what_no_lvc_wrote_is_said(String line) {
        Fault fault = catchThrowableOfType(Fault.class, () -> read(line));

        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
        assertThat(fault.why()).contains("line 7").contains("not what lvc writes");
    }

    @Test
    void what_may_be_absent_is_written_as_absent_and_not_left_out() {
        String line = new String(JournalLine.write(Samples.all().get(1)), UTF_8);
        assertThat(line).contains("\"forward\":null,");

        Fault fault = catchThrowableOfType(Fault.class, () -> read(line.replace("\"forward\":null,", "")));
        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
    }

    /** The names of environment variables are written down. Their values have no place to be written to. */
    @Test
    void a_line_has_texts_by_name_only_for_the_settings_of_topics() {
        Set<String> maps = new TreeSet<>();
        texts(Entry.class, new HashSet<>(), maps);

        assertThat(maps).containsExactly("TopicSeen.settings");
    }

    private static void texts(Class<?> type, Set<Class<?>> seen, Set<String> maps) {
        if (!type.getName().startsWith("lvc.") || !seen.add(type)) {
            return;
        }
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(member -> texts(member, seen, maps));
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (Map.class.isAssignableFrom(component.getType())
                        && arguments(component.getGenericType()).contains(String.class)) {
                    maps.add(type.getSimpleName() + "." + component.getName());
                }
                texts(component.getType(), seen, maps);
                arguments(component.getGenericType()).stream()
                        .filter(Class.class::isInstance)
                        .forEach(argument -> texts((Class<?>) argument, seen, maps));
            }
        }
    }

    private static List<Type> arguments(Type type) {
        return type instanceof ParameterizedType generic ? List.of(generic.getActualTypeArguments()) : List.of();
    }

    private static Set<Class<?>> kinds(List<?> samples) {
        return samples.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    private static List<Class<?>> permitted(Class<?> family) {
        return List.of(family.getPermittedSubclasses());
    }

    private static Entry read(String line) {
        return JournalLine.read(line.getBytes(UTF_8), "line 7");
    }
}
