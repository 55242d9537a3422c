package lvc.core.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RecordTemplateTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "%k=%v\\n | key=value\\n",
                "%t/%p@%o %d | prices/3@42 1732000000000",
                "%K:%V %H | 3:5 2",
                "%h{%k=%v;}%v | a=1;b=;value",
                "%h{(%K,%V)} | (1,1)(1,0)",
                "%h{%{%k%}}%v | {a}{b}value",
                "100%% %{%v%} | 100% {value}",
                "\\t\\r\\\\\\x41%v | \\t\\r\\\\Avalue",
                "ä%v | ävalue",
                "{%v} | {value}",
            })
    void printsTheFieldsOfARecord(String format, String expected) throws IOException {
        // Given
        StoredRecord stored = new StoredRecord(
                "prices",
                3,
                42,
                1732000000000L,
                bytes("key"),
                bytes("value"),
                List.of(new Header("a", bytes("1")), new Header("b", null)));

        // When
        String printed = print(RecordTemplate.parse(format), stored);

        // Then
        assertThat(printed)
                .isEqualTo(expected.replace("\\\\", "\0")
                        .replace("\\n", "\n")
                        .replace("\\t", "\t")
                        .replace("\\r", "\r")
                        .replace("\0", "\\"));
    }

    @Test
    void aTombstonePrintsAsNothingUnlessATextIsChosen() throws IOException {
        // Given
        StoredRecord tombstone = new StoredRecord("t", 0, 0, -1, bytes("k"), null, List.of());

        // When
        String plain = print(RecordTemplate.parse("%k,%v,%V,%d"), tombstone);
        String chosen = print(RecordTemplate.parse("%k,%v").withNull("NULL"), tombstone);

        // Then
        assertThat(plain).isEqualTo("k,,0,-1");
        assertThat(chosen).isEqualTo("k,NULL");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "%k,%x | position 4: %x is no field",
                "%v% | position 3: a lone %",
                "%v\\q | position 3: after a backslash",
                "%v\\ | position 3: after a backslash",
                "%v\\x1 | position 3: \\x needs two hex digits",
                "%v{hex} | position 3: %v takes no braces",
                "%v%h | position 3: %h needs braces",
                "%v%h{%k | position 3: the brace after %h is never closed",
                "%v%h{%p} | position 6: %p has no meaning for a header",
                "hello | it names no field",
            })
    void whatIsNotUnderstoodIsNamedWithItsPosition(String format, String why) {
        // When
        Fault fault = catchThrowableOfType(Fault.class, () -> RecordTemplate.parse(format));

        // Then
        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.why()).startsWith(why);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "%k%v\\n | position 3: nothing separates %k from %v",
                "%k,%k,%v | position 4: %k comes twice",
                "%o %v | position 1: %o is not among the fields",
                "%v%h{%k} | headers can be given with JSON lines",
                "%k\\n | it has no %v",
            })
    void whatCanOnlyBePrintedIsRefusedForReading(String format, String why) {
        // Given
        RecordTemplate template = RecordTemplate.parse(format);

        // When
        Fault fault = catchThrowableOfType(Fault.class, () -> parse(template, ""));

        // Then
        assertThat(fault.exit()).isEqualTo(Exit.USAGE);
        assertThat(fault.why()).startsWith(why);
    }

    @Test
    void theLastFieldRunsToTheEndOfTheRecord() throws IOException {
        assertThat(parse(RecordTemplate.parse("%k,%v\\n"), "a,1,2\nb,\n,\n\r,\r\n"))
                .containsExactly("a=1,2", "b=", "=", "\r=\r");
    }

    @Test
    void withoutADelimiterAtTheEndANewlineEndsARecord() throws IOException {
        assertThat(parse(RecordTemplate.parse("%k,%v"), "a,1\nb,2")).containsExactly("a=1", "b=2");
    }

    @Test
    void aRecordMayTakeSeveralLines() throws IOException {
        assertThat(parse(RecordTemplate.parse("%k\\n%v\\n"), "a\n1\nb\n2\nc")).containsExactly("a=1", "b=2", """
                5: there is no "\\n" after %k""");
    }

    @Test
    void anyBytesMayDelimitAndLead() throws IOException {
        assertThat(parse(RecordTemplate.parse("key=%k; %v\\x00"), "key=a; 1\n2\0kay=b; 2\0key=c; 3"))
                .containsExactly("a=1\n2", "2: it does not begin with \"key=\"", "c=3");
    }

    @Test
    void aBadLineIsNamedAndTheNextOneIsRead() throws IOException {
        assertThat(parse(RecordTemplate.parse("%k,%v\\n"), "a,1\nnonsense\n\nb,2\n" + "x".repeat(101) + "\nc,3"))
                .containsExactly(
                        "a=1",
                        "2: there is no \",\" after %k",
                        "3: there is no \",\" after %k",
                        "b=2",
                        "5: it is longer than 100 bytes",
                        "c=3");
    }

    @Test
    void partitionAndTimestampCanBeGiven() throws IOException {
        // Given
        RecordTemplate template = RecordTemplate.parse("%p %d %k,%v");

        // When
        List<Parsed> parsed = records(template, bytes("7 1732000000000 a,1\n-1 1 a,1\n1 x a,1\n99999999999 1 a,1"));

        // Then
        assertThat(parsed.get(0)).isInstanceOfSatisfying(NewRecord.class, record -> {
            assertThat(record.partition()).isEqualTo(7);
            assertThat(record.timestamp()).isEqualTo(1732000000000L);
        });
        assertThat(parsed.subList(1, 4))
                .containsExactly(
                        new BadLine(2, "%p is no partition number: \"-1\""),
                        new BadLine(3, "%d is no time in milliseconds since 1970: \"x\""),
                        new BadLine(4, "%p is no partition number: \"99999999999\""));
    }

    @Test
    void nothingIsATombstoneUnlessATextForNullIsChosen() throws IOException {
        // Given
        String input = "a,\nb,null\nc,NULL\n";

        // Then
        assertThat(parse(RecordTemplate.parse("%k,%v"), input)).containsExactly("a=", "b=null", "c=NULL");
        assertThat(parse(RecordTemplate.parse("%k,%v").withNull("NULL"), input))
                .containsExactly("a=", "b=null", "c is gone");
        assertThat(parse(RecordTemplate.parse("%k,%v").withNull(""), input))
                .containsExactly("a is gone", "b=null", "c=NULL");
        assertThat(parse(RecordTemplate.parse("%k").withNull(""), "a\n\n")).containsExactly("a is gone", " is gone");
        assertThat(parse(RecordTemplate.parse("%v"), "a\n")).containsExactly("no key=a");
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
    void whatWasPrintedIsReadBackByteForByte(int seed) throws IOException {
        // Given: any bytes but the delimiters
        Random random = new Random(seed);
        RecordTemplate template =
                RecordTemplate.parse("%k\\x01\\x02%v\\x03\\x04").withNull("(null)");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordPrinter printer = template.printer(out);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] key = new byte[random.nextInt(20)];
            byte[] value = new byte[random.nextInt(20)];
            for (int at = 0; at < 20; at++) {
                if (at < key.length) key[at] = (byte) (5 + random.nextInt(251));
                if (at < value.length) value[at] = (byte) (5 + random.nextInt(251));
            }
            boolean tombstone = random.nextInt(4) == 0;
            expected.add(shown(key, tombstone ? null : value));
            printer.print(new StoredRecord("t", 0, i, 0, key, tombstone ? null : value, List.of()));
        }

        // When
        List<String> parsed = new ArrayList<>();
        for (Parsed each : records(template, out.toByteArray())) {
            parsed.add(shown(each));
        }

        // Then
        assertThat(parsed).isEqualTo(expected);
    }

    private static List<String> parse(RecordTemplate template, String input) throws IOException {
        List<String> shown = new ArrayList<>();
        for (Parsed parsed : records(template, bytes(input))) {
            shown.add(shown(parsed));
        }
        return shown;
    }

    private static List<Parsed> records(RecordTemplate template, byte[] input) throws IOException {
        RecordParser parser = template.parser(new ByteArrayInputStream(input), 100);
        List<Parsed> parsed = new ArrayList<>();
        Optional<Parsed> next = parser.next();
        while (next.isPresent()) {
            parsed.add(next.get());
            next = parser.next();
        }
        return parsed;
    }

    private static String shown(Parsed parsed) {
        if (parsed instanceof NewRecord made) {
            return shown(made.key(), made.value());
        }
        return parsed instanceof BadLine bad ? bad.number() + ": " + bad.why() : "";
    }

    private static String shown(byte @Nullable [] key, byte @Nullable [] value) {
        String name = key == null ? "no key" : new String(key, StandardCharsets.ISO_8859_1);
        return value == null ? name + " is gone" : name + "=" + new String(value, StandardCharsets.ISO_8859_1);
    }

    private static String print(RecordTemplate template, StoredRecord stored) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordPrinter printer = template.printer(out);
        printer.print(stored);
        printer.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
