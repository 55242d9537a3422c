package lvc.adapter.json;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lvc.core.record.BadLine;
import lvc.core.record.Header;
import lvc.core.record.NewRecord;
import lvc.core.record.Parsed;
import lvc.core.record.RecordFormat;
import lvc.core.record.RecordParser;
import lvc.core.record.RecordPrinter;
import lvc.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonLinesTest {

    @Test
    void printsTheFieldsOfRpkOneObjectPerLine() throws IOException {
        // Given
        List<StoredRecord> records = List.of(
                new StoredRecord("prices", 3, 42, 1732000000000L, bytes("k"), bytes("say \"ä\"\n"), List.of()),
                new StoredRecord("prices", 0, 1, 2, null, null, List.of(new Header("h", bytes("x")))),
                new StoredRecord("prices", 0, 2, 3, new byte[] {-1}, new byte[0], List.of(new Header("h", null))));

        // When
        String printed = print(records);

        // Then
        assertThat(printed.lines()).containsExactly("""
                {"topic":"prices","key":"k","value":"say \\"ä\\"\\n","timestamp":1732000000000,"partition":3,"offset":42}""", """
                {"topic":"prices","key":null,"value":null,"headers":[{"key":"h","value":"x"}],"timestamp":2,"partition":0,"offset":1}""", """
                {"topic":"prices","key_base64":"/w==","value":"","headers":[{"key":"h","value":null}],"timestamp":3,"partition":0,"offset":2}""");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatWasPrintedIsReadBackByteForByte(int seed) throws IOException {
        // Given
        Random random = new Random(seed);
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            List<Header> headers = new ArrayList<>();
            for (int h = random.nextInt(8) - 5; h > 0; h--) {
                headers.add(new Header("h" + random.nextInt(3), content(random)));
            }
            records.add(
                    new StoredRecord("t", random.nextInt(5), i, 1000 + i, content(random), content(random), headers));
        }

        // When
        List<Parsed> parsed = parse(new JsonLines().keeping(true, true), bytes(print(records)), 1_000_000);

        // Then
        List<Parsed> expected = new ArrayList<>();
        for (StoredRecord each : records) {
            expected.add(new NewRecord(
                    each.offset() + 1, each.key(), each.value(), each.headers(), each.partition(), each.timestamp()));
        }
        assertThat(parsed).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void placeAndTimeAreThoseOfTheNewRecordUnlessKept() throws IOException {
        // When
        List<Parsed> parsed = parse(new JsonLines(), bytes("""
                {"topic":"other","value":"v","partition":3,"offset":9,"timestamp":1}
                """), 1000);

        // Then
        assertThat(parsed)
                .usingRecursiveComparison()
                .isEqualTo(List.of(new NewRecord(1, null, bytes("v"), List.of(), NewRecord.UNSET, NewRecord.UNSET)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "{\"key\":\"a\"} | it has no \"value\"",
                "{\"kye\":\"a\",\"value\":\"b\"} | \"kye\" is not a field of a record",
                "{\"value\":\"a\",\"value_base64\":\"YQ==\"} | it has more than one value",
                "{\"value\":{\"a\":1}} | \"value\" is neither a string nor null",
                "{\"value\":7} | \"value\" is neither a string nor null",
                "{\"value_base64\":\"?\"} | it is not JSON: Illegal character",
                "{\"value\":\"\\ud800\"} | \"value\" has half a surrogate pair",
                "{\"value\":\"a\"} {} | something follows",
                "{\"value\":\"a\" | it is not JSON: Unexpected end-of-input",
                "[1] | it is no JSON object",
                "nonsense | it is not JSON: Unrecognized token",
                "{\"value\":\"a\",\"partition\":\"x\"} | \"partition\" is no whole number",
                "{\"value\":\"a\",\"partition\":4294967296} | \"partition\" is out of range",
                "{\"value\":\"a\",\"topic\":{\"deep\":[1]}} | \"topic\" is neither",
                "{\"value\":\"a\",\"headers\":{}} | \"headers\" is no array",
                "{\"value\":\"a\",\"headers\":[1]} | \"headers\" holds something",
                "{\"value\":\"a\",\"headers\":[{\"key\":\"h\"}]} | a header needs",
                "{\"value\":\"a\",\"headers\":[{\"key\":\"h\",\"val\":\"\"}]} | \"val\" is not a field of a header",
            })
    void aBadLineIsNamedAndTheNextOneIsRead(String line, String why) throws IOException {
        // When
        List<Parsed> parsed = parse(new JsonLines(), bytes("\n" + line + "\n{\"value\":\"good\"}"), 1000);

        // Then
        assertThat(parsed).hasSize(2);
        assertThat(parsed.get(0)).isInstanceOfSatisfying(BadLine.class, bad -> {
            assertThat(bad.number()).isEqualTo(2);
            assertThat(bad.why()).startsWith(why);
        });
        assertThat(parsed.get(1)).isInstanceOf(NewRecord.class);
    }

    @Test
    void bytesThatAreNoTextAndLinesThatAreTooLongAreBad() throws IOException {
        // Given: an overlong slash, which a lenient decoder would turn into a slash
        byte[] overlong = "{\"value\":\"xx\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        overlong[10] = (byte) 0xc0;
        overlong[11] = (byte) 0xaf;

        // When
        List<Parsed> first = parse(new JsonLines(), overlong, 1000);
        List<Parsed> second = parse(new JsonLines(), bytes("{\"value\":\"" + "x".repeat(1000) + "\"}"), 1000);

        // Then
        assertThat(first).singleElement().isInstanceOfSatisfying(BadLine.class, bad -> assertThat(bad.why())
                .startsWith("it is not UTF-8"));
        assertThat(second).singleElement().isInstanceOfSatisfying(BadLine.class, bad -> assertThat(bad.why())
                .isEqualTo("it is longer than 1000 bytes"));
    }

    @Test
    void base64IsTheOrdinaryAlphabet() throws IOException {
        // Given
        byte[] all = {-1, -2, -3, -4};
        String line = "{\"value_base64\":\"" + Base64.getEncoder().encodeToString(all) + "\"}";

        // When
        Parsed parsed = parse(new JsonLines(), bytes(line), 1000).get(0);

        // Then
        assertThat(parsed).isInstanceOfSatisfying(NewRecord.class, made -> assertThat(made.value())
                .isEqualTo(all));
    }

    /** Nothing, text of all lengths and planes, or any bytes. */
    private static byte @Nullable [] content(Random random) {
        int kind = random.nextInt(4);
        if (kind == 0) {
            return null;
        }
        if (kind == 1) {
            byte[] any = new byte[random.nextInt(30)];
            random.nextBytes(any);
            return any;
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10_000 / (1 + random.nextInt(1000))); i > 0; i--) {
            int plane = random.nextInt(4);
            text.appendCodePoint(plane == 0 ? 0x1f600 + random.nextInt(50) : random.nextInt(plane == 1 ? 0xd800 : 128));
        }
        return bytes(text.toString());
    }

    private static String print(List<StoredRecord> records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordPrinter printer = new JsonLines().printer(out);
        for (StoredRecord each : records) {
            printer.print(each);
        }
        printer.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Parsed> parse(RecordFormat format, byte[] input, int limit) throws IOException {
        RecordParser parser = format.parser(new ByteArrayInputStream(input), limit);
        List<Parsed> parsed = new ArrayList<>();
        for (Optional<Parsed> next = parser.next(); next.isPresent(); next = parser.next()) {
            parsed.add(next.get());
        }
        return parsed;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
