package lvc.sandbox.wasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.broker.Logs.OutputRecord;
import lvc.sandbox.broker.Logs.RecordHeader;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The bytes in which a record crosses the border between broker and module: key, value, number of headers, and key and
 * value of each header. Lengths and the number are zigzag varints as in Kafka's own record format; a length of -1 is
 * null. A header's key cannot be null in Kafka: a null one is read as empty. (Redpanda source, model/transform.cc)
 */
final class RecordPayload {

    private static final int NULL = -1;
    private static final int MOST_VARINT_BYTES = 10;

    private RecordPayload() {}

    /** The bytes do not hold exactly one record. */
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** How many bytes {@link #write} needs. */
    static int size(InputRecord record) {
        List<RecordHeader> headers = record.headers();
        int size = sizeOf(record.key()) + sizeOf(record.value()) + varintSize(headers.size());
        for (RecordHeader header : headers) {
            size += sizeOf(header.key().getBytes(UTF_8)) + sizeOf(header.value());
        }
        return size;
    }

    private static int sizeOf(byte @Nullable [] bytes) {
        return bytes == null ? 1 : varintSize(bytes.length) + bytes.length;
    }

    private static int varintSize(int value) {
        int zigzag = (value << 1) ^ (value >> 31);
        return 1 + (31 - Integer.numberOfLeadingZeros(zigzag | 1)) / 7;
    }

    /** Writes a record to the start of an array that is long enough, and says how many bytes it took. */
    static int write(InputRecord record, byte[] target) {
        List<RecordHeader> headers = record.headers();
        int at = write(record.key(), target, 0);
        at = write(record.value(), target, at);
        at = writeVarint(headers.size(), target, at);
        for (RecordHeader header : headers) {
            at = write(header.key().getBytes(UTF_8), target, at);
            at = write(header.value(), target, at);
        }
        return at;
    }

    private static int write(byte @Nullable [] bytes, byte[] target, int at) {
        if (bytes == null) {
            return writeVarint(NULL, target, at);
        }
        int start = writeVarint(bytes.length, target, at);
        System.arraycopy(bytes, 0, target, start, bytes.length);
        return start + bytes.length;
    }

    private static int writeVarint(int value, byte[] target, int at) {
        int rest = (value << 1) ^ (value >> 31);
        int position = at;
        while ((rest & ~0x7f) != 0) {
            target[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[position++] = (byte) rest;
        return position;
    }

    /**
     * Reads a record that fills the array.
     *
     * @throws Malformed when it does not
     */
    static OutputRecord read(byte[] payload) throws Malformed {
        Cursor cursor = new Cursor(payload);
        byte[] key = cursor.bytes();
        byte[] value = cursor.bytes();
        long count = cursor.varint();
        if (count < 0 || count > payload.length) {
            throw new Malformed(count + " headers");
        }
        List<RecordHeader> headers = count == 0 ? List.of() : new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            byte[] name = cursor.bytes();
            headers.add(new RecordHeader(name == null ? "" : new String(name, UTF_8), cursor.bytes()));
        }
        cursor.end();
        return new OutputRecord(key, value, headers);
    }

    /** A position in bytes that are read once, from front to back. */
    static final class Cursor {
        private final byte[] source;
        private int at;

        Cursor(byte[] source) {
            this.source = source;
        }

        /** The bytes behind a length, or null for a length of -1. */
        byte @Nullable [] bytes() throws Malformed {
            long length = varint();
            if (length == NULL) {
                return null;
            }
            if (length < 0 || length > source.length - at) {
                throw new Malformed("length " + length + " at " + at + " of " + source.length);
            }
            byte[] bytes = Arrays.copyOfRange(source, at, at + (int) length);
            at += (int) length;
            return bytes;
        }

        long varint() throws Malformed {
            long zigzag = 0;
            for (int i = 0; i < MOST_VARINT_BYTES; i++) {
                byte next = octet();
                zigzag |= (next & 0x7fL) << (7 * i);
                if (next >= 0) {
                    return (zigzag >>> 1) ^ -(zigzag & 1);
                }
            }
            throw new Malformed("number without an end at " + at);
        }

        byte octet() throws Malformed {
            if (at == source.length) {
                throw new Malformed("ends too early");
            }
            return source[at++];
        }

        void end() throws Malformed {
            if (at != source.length) {
                throw new Malformed((source.length - at) + " bytes too many");
            }
        }
    }
}
