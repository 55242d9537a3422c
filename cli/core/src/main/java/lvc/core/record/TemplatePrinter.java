package lvc.core.record;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import lvc.core.record.RecordTemplate.Field;
import lvc.core.record.RecordTemplate.Headers;
import lvc.core.record.RecordTemplate.Part;
import lvc.core.record.RecordTemplate.Slot;
import lvc.core.record.RecordTemplate.Text;
import org.jspecify.annotations.Nullable;

/** Prints records by a template. Nothing is made per record but the bytes that go out. */
final class TemplatePrinter implements RecordPrinter {
    private final Part[] parts;
    private final NullText nullText;
    private final OutputStream out;
    private final byte[] digits = new byte[20];
    private String lastTopic = "";
    private byte[] lastTopicBytes = new byte[0];

    TemplatePrinter(List<Part> parts, NullText nullText, OutputStream out) {
        this.parts = parts.toArray(Part[]::new);
        this.nullText = nullText;
        this.out = out;
    }

    @Override
    public void print(StoredRecord stored) throws IOException {
        for (Part part : parts) {
            if (part instanceof Text text) {
                out.write(text.bytes(), 0, text.bytes().length);
            } else if (part instanceof Slot slot) {
                field(slot.field(), stored);
            } else if (part instanceof Headers headers) {
                for (Header header : stored.headers()) {
                    header(headers.each(), header);
                }
            }
        }
    }

    private void field(Field field, StoredRecord stored) throws IOException {
        switch (field) {
            case KEY -> bytes(stored.key());
            case VALUE -> value(stored.value());
            case KEY_LENGTH -> number(length(stored.key()));
            case VALUE_LENGTH -> number(length(stored.value()));
            case TOPIC -> topic(stored.topic());
            case PARTITION -> number(stored.partition());
            case OFFSET -> number(stored.offset());
            case TIMESTAMP -> number(stored.timestamp());
            case HEADER_COUNT -> number(stored.headers().size());
        }
    }

    private void header(List<Part> each, Header header) throws IOException {
        byte[] key = RecordTemplate.utf8(header.key());
        for (Part part : each) {
            if (part instanceof Text text) {
                out.write(text.bytes(), 0, text.bytes().length);
            } else if (part instanceof Slot slot) {
                boolean ofKey = slot.field() == Field.KEY || slot.field() == Field.KEY_LENGTH;
                byte @Nullable [] content = ofKey ? key : header.value();
                if (slot.field() == Field.KEY_LENGTH || slot.field() == Field.VALUE_LENGTH) {
                    number(length(content));
                } else {
                    bytes(content);
                }
            }
        }
    }

    private void topic(String topic) throws IOException {
        if (!topic.equals(lastTopic)) {
            lastTopic = topic;
            lastTopicBytes = RecordTemplate.utf8(topic);
        }
        bytes(lastTopicBytes);
    }

    private void value(byte @Nullable [] value) throws IOException {
        bytes(value == null ? nullText.text() : value);
    }

    private void bytes(byte @Nullable [] bytes) throws IOException {
        if (bytes != null) {
            out.write(bytes, 0, bytes.length);
        }
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private void number(long number) throws IOException {
        if (number < 0) {
            bytes(RecordTemplate.utf8(Long.toString(number)));
            return;
        }
        int at = digits.length;
        long rest = number;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        out.write(digits, at, digits.length - at);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
