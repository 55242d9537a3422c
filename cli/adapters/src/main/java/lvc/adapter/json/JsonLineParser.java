package lvc.adapter.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lvc.core.record.BadLine;
import lvc.core.record.Header;
import lvc.core.record.LineReader;
import lvc.core.record.NewRecord;
import lvc.core.record.Parsed;
import lvc.core.record.RecordParser;
import org.jspecify.annotations.Nullable;

/** Reads records from JSON lines. Lines are cut first, so a bad one never spoils the next. */
final class JsonLineParser implements RecordParser {
    private final JsonFactory factory;
    private final LineReader lines;
    private final int limit;
    private final boolean keepPartition;
    private final boolean keepTimestamp;
    private final Utf8 utf8 = new Utf8();

    JsonLineParser(JsonFactory factory, InputStream in, int limit, boolean keepPartition, boolean keepTimestamp) {
        this.factory = factory;
        this.lines = new LineReader(in, new byte[] {'\n'}, 1, limit);
        this.limit = limit;
        this.keepPartition = keepPartition;
        this.keepTimestamp = keepTimestamp;
    }

    @Override
    public Optional<Parsed> next() throws IOException {
        while (lines.advance()) {
            if (lines.tooLong()) {
                return bad("it is longer than " + limit + " bytes");
            }
            if (!utf8.isText(lines.buffer(), lines.from(), lines.to())) {
                return bad("it is not UTF-8 (bytes that are no text go in key_base64 and value_base64)");
            }
            if (!isBlank()) {
                return read();
            }
        }
        return Optional.empty();
    }

    private Optional<Parsed> read() throws IOException {
        int length = lines.to() - lines.from();
        try (JsonParser json = factory.createParser(lines.buffer(), lines.from(), length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return bad("it is no JSON object");
            }
            NewRecord made = made(json);
            if (json.nextToken() != null) {
                return bad("something follows the JSON object");
            }
            return Optional.of(made);
        } catch (Wrong wrong) {
            return bad(wrong.why);
        } catch (JsonProcessingException notJson) {
            return bad("it is not JSON: " + firstLine(notJson.getOriginalMessage()) + " (byte "
                    + (notJson.getLocation().getByteOffset() + 1) + ")");
        }
    }

    private NewRecord made(JsonParser json) throws IOException, Wrong {
        Content key = new Content("key");
        Content value = new Content("value");
        List<Header> headers = List.of();
        long partition = NewRecord.UNSET;
        long timestamp = NewRecord.UNSET;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            switch (name) {
                case "key", "key_base64" -> key.read(json, name);
                case "value", "value_base64" -> value.read(json, name);
                case "headers" -> headers = headers(json);
                case "partition" -> partition = number(json, name, Integer.MAX_VALUE);
                case "timestamp" -> timestamp = number(json, name, Long.MAX_VALUE);
                case "offset" -> number(json, name, Long.MAX_VALUE);
                case "topic" -> {
                    json.nextToken();
                    text(json, name);
                }
                default -> throw new Wrong("\"" + name + "\" is not a field of a record");
            }
        }
        if (!value.given) {
            throw new Wrong("it has no \"value\" (a tombstone is \"value\":null)");
        }
        return new NewRecord(
                lines.number(),
                key.bytes,
                value.bytes,
                headers,
                keepPartition ? (int) partition : NewRecord.UNSET,
                keepTimestamp ? timestamp : NewRecord.UNSET);
    }

    private static List<Header> headers(JsonParser json) throws IOException, Wrong {
        JsonToken first = json.nextToken();
        if (first == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (first != JsonToken.START_ARRAY) {
            throw new Wrong("\"headers\" is no array");
        }
        List<Header> headers = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String key = null;
            Content value = new Content("value");
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                switch (name) {
                    case "key" -> {
                        json.nextToken();
                        key = text(json, name);
                    }
                    case "value", "value_base64" -> value.read(json, name);
                    default -> throw new Wrong("\"" + name + "\" is not a field of a header");
                }
            }
            if (key == null || !value.given) {
                throw new Wrong("a header needs \"key\" and \"value\"");
            }
            headers.add(new Header(key, value.bytes));
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw new Wrong("\"headers\" holds something that is no object");
        }
        return headers;
    }

    private static long number(JsonParser json, String name, long most) throws IOException, Wrong {
        if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new Wrong("\"" + name + "\" is no whole number");
        }
        long number = json.getLongValue();
        if (number < -1 || number > most) {
            throw new Wrong("\"" + name + "\" is out of range: " + number);
        }
        return number;
    }

    /** The text of the current token. */
    private static String text(JsonParser json, String name) throws IOException, Wrong {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new Wrong("\"" + name + "\" is neither a string nor null");
        }
        String text = json.getText();
        if (!Utf8.isWhole(text)) {
            throw new Wrong("\"" + name + "\" has half a surrogate pair, which no bytes stand for");
        }
        return text;
    }

    private boolean isBlank() {
        for (int at = lines.from(); at < lines.to(); at++) {
            if (lines.buffer()[at] != ' ' && lines.buffer()[at] != '\r' && lines.buffer()[at] != '\t') {
                return false;
            }
        }
        return true;
    }

    private Optional<Parsed> bad(String why) {
        return Optional.of(new BadLine(lines.number(), why));
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** A key or value: given as text, as base64 or as null, once. */
    private static final class Content {
        private final String what;
        private boolean given;
        private byte @Nullable [] bytes;

        Content(String what) {
            this.what = what;
        }

        void read(JsonParser json, String name) throws IOException, Wrong {
            if (given) {
                throw new Wrong("it has more than one " + what);
            }
            given = true;
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                String text = text(json, name);
                bytes = name.endsWith("_base64") ? json.getBinaryValue() : text.getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    /** A line is JSON, but no record. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final String why;

        Wrong(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }
}
