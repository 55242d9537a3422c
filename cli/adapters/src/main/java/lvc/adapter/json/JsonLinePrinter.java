package lvc.adapter.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import lvc.core.record.Header;
import lvc.core.record.RecordPrinter;
import lvc.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Prints records as JSON lines. */
final class JsonLinePrinter implements RecordPrinter {
    private static final SerializedString KEY = new SerializedString("key");
    private static final SerializedString KEY_BASE64 = new SerializedString("key_base64");
    private static final SerializedString VALUE = new SerializedString("value");
    private static final SerializedString VALUE_BASE64 = new SerializedString("value_base64");
    private static final SerializedString TOPIC = new SerializedString("topic");
    private static final SerializedString TIMESTAMP = new SerializedString("timestamp");
    private static final SerializedString PARTITION = new SerializedString("partition");
    private static final SerializedString OFFSET = new SerializedString("offset");
    private static final SerializedString NEWLINE = new SerializedString("\n");

    private final OutputStream out;
    private final JsonGenerator json;
    private final Utf8 utf8 = new Utf8();

    JsonLinePrinter(JsonFactory factory, OutputStream out) {
        this.out = out;
        try {
            json = factory.createGenerator(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        json.setRootValueSeparator(new SerializedString(""));
    }

    @Override
    public void print(StoredRecord stored) throws IOException {
        json.writeStartObject();
        json.writeFieldName(TOPIC);
        json.writeString(stored.topic());
        bytes(KEY, KEY_BASE64, stored.key());
        bytes(VALUE, VALUE_BASE64, stored.value());
        if (!stored.headers().isEmpty()) {
            json.writeArrayFieldStart("headers");
            for (Header header : stored.headers()) {
                json.writeStartObject();
                json.writeFieldName(KEY);
                json.writeString(header.key());
                bytes(VALUE, VALUE_BASE64, header.value());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeFieldName(TIMESTAMP);
        json.writeNumber(stored.timestamp());
        json.writeFieldName(PARTITION);
        json.writeNumber(stored.partition());
        json.writeFieldName(OFFSET);
        json.writeNumber(stored.offset());
        json.writeEndObject();
        json.writeRaw(NEWLINE);
    }

    private void bytes(SerializedString name, SerializedString base64Name, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            json.writeFieldName(name);
            json.writeNull();
        } else if (utf8.isText(bytes, 0, bytes.length)) {
            json.writeFieldName(name);
            json.writeUTF8String(bytes, 0, bytes.length);
        } else {
            json.writeFieldName(base64Name);
            json.writeBinary(bytes);
        }
    }

    @Override
    public void flush() throws IOException {
        json.flush();
        out.flush();
    }
}
