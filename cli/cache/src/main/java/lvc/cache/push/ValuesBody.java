package lvc.cache.push;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import lvc.cache.store.Entry;

/**
 * Version 2: {@code {"v":2,"topic":"t","position":"0:17@ID","changes":[...]}}, a change being {@code
 * {"key":"k","value":"v","offset":17,"partition":0,"timestamp":"2026-..Z"}}, the timestamp null where there is none, or, without the value, {@code "deleted":true}.
 * Bytes that are not text are in {@code keyBase64} and {@code valueBase64}. With {@code "resync":true} the receiver has
 * missed something before these changes and is to read all values again.
 */
final class ValuesBody {
    private static final JsonFactory JSON = new JsonFactory();

    private ValuesBody() {}

    static Body of(Batch batch) {
        if (batch.newest().isEmpty() && !batch.resyncs()) {
            return Body.none(0);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("v", 2);
            json.writeStringField("topic", batch.topic());
            json.writeStringField("position", batch.position().toString());
            if (batch.resyncs()) {
                json.writeBooleanField("resync", true);
            }
            json.writeArrayFieldStart("changes");
            for (Entry entry : batch.newest()) {
                write(json, entry);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Body(out.toByteArray(), Map.of(), 0);
    }

    private static void write(JsonGenerator json, Entry entry) throws IOException {
        json.writeStartObject();
        write(json, "key", entry.key());
        byte[] value = entry.value();
        if (value == null) {
            json.writeBooleanField("deleted", true);
        } else {
            write(json, "value", value);
        }
        json.writeNumberField("offset", entry.offset());
        json.writeNumberField("partition", entry.partition());
        if (entry.timestamp() >= 0) {
            json.writeStringField(
                    "timestamp", Instant.ofEpochMilli(entry.timestamp()).toString());
        } else {
            json.writeNullField("timestamp");
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, byte[] bytes) throws IOException {
        String text = Utf8.text(bytes);
        if (text == null) {
            json.writeBinaryField(name + "Base64", bytes);
        } else {
            json.writeStringField(name, text);
        }
    }
}
