package lvc.cache.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lvc.core.record.Header;

/**
 * An entry as bytes: the lengths of key, value (plus one; zero for deleted) and headers, partition, offset and timestamp as
 * variable-length numbers of seven bits a byte, the lowest first; then headers, key and value.
 */
final class EntryBytes {
    /** Entries begin at multiples of it, so that an address fits into 32 bits. */
    static final int ALIGNMENT = 8;

    private static final int SEVEN = 7;
    private static final int LOW = 0x7f;
    private static final int MORE = 0x80;
    private static final byte[] NO_HEADERS = {};

    private EntryBytes() {}

    /** What an entry takes in a chunk. */
    static int size(int key, int value, int headers, int partition, long offset, long timestamp) {
        int bytes = length(key)
                + length(value + 1L)
                + length(headers)
                + length(partition)
                + length(offset)
                + length(timestamp)
                + headers
                + key
                + Math.max(value, 0);
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static int length(long number) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + SEVEN - 1) / SEVEN);
    }

    /** Writes a number and returns where it ends. */
    static int put(byte[] to, int at, long number) {
        int place = at;
        long rest = number;
        while ((rest & ~LOW) != 0) {
            to[place++] = (byte) ((rest & LOW) | MORE);
            rest >>>= SEVEN;
        }
        to[place++] = (byte) rest;
        return place;
    }

    /** Headers as bytes: for each the lengths of its name and of its value (plus one; zero for null), and both. */
    static byte[] headers(List<Header> headers) {
        if (headers.isEmpty()) {
            return NO_HEADERS;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] number = new byte[Long.BYTES + 2];
        for (Header header : headers) {
            byte[] name = header.key().getBytes(StandardCharsets.UTF_8);
            byte[] value = header.value();
            out.write(number, 0, put(number, 0, name.length));
            out.write(number, 0, put(number, 0, value == null ? 0 : value.length + 1L));
            out.writeBytes(name);
            if (value != null) {
                out.writeBytes(value);
            }
        }
        return out.toByteArray();
    }

    /** Reads an entry, one number after the other. To be used by one thread, again and again. */
    static final class Reader {
        private byte[] bytes = NO_HEADERS;
        private int at;
        private int keyLength;
        private int valueLength;
        private int headersLength;
        private int partition;
        private long offset;
        private long timestamp;

        /** Goes to an entry and reads all but its headers, key and value. */
        Reader to(byte[] chunk, int begin) {
            bytes = chunk;
            at = begin;
            keyLength = (int) number();
            valueLength = (int) number() - 1;
            headersLength = (int) number();
            partition = (int) number();
            offset = number();
            timestamp = number();
            return this;
        }

        private long number() {
            byte next = bytes[at++];
            long number = next & LOW;
            for (int shift = SEVEN; next < 0; shift += SEVEN) {
                next = bytes[at++];
                number |= (long) (next & LOW) << shift;
            }
            return number;
        }

        private int keyBegin() {
            return at + headersLength;
        }

        boolean keyIs(byte[] key, int begin, int length) {
            int own = keyBegin();
            return length == keyLength && Arrays.equals(bytes, own, own + keyLength, key, begin, begin + length);
        }

        boolean keyStartsWith(byte[] prefix) {
            int own = keyBegin();
            return prefix.length <= keyLength
                    && Arrays.equals(bytes, own, own + prefix.length, prefix, 0, prefix.length);
        }

        int compareKey(byte[] key) {
            int own = keyBegin();
            return Arrays.compareUnsigned(bytes, own, own + keyLength, key, 0, key.length);
        }

        boolean deleted() {
            return valueLength < 0;
        }

        int partition() {
            return partition;
        }

        long offset() {
            return offset;
        }

        long timestamp() {
            return timestamp;
        }

        int size() {
            return EntryBytes.size(keyLength, valueLength, headersLength, partition, offset, timestamp);
        }

        byte[] key() {
            int own = keyBegin();
            return Arrays.copyOfRange(bytes, own, own + keyLength);
        }

        Entry entry() {
            int value = keyBegin() + keyLength;
            return new Entry(
                    key(),
                    deleted() ? null : Arrays.copyOfRange(bytes, value, value + valueLength),
                    partition,
                    offset,
                    timestamp,
                    headersLength == 0 ? List.of() : headers());
        }

        private List<Header> headers() {
            List<Header> headers = new ArrayList<>();
            int kept = at;
            int end = at + headersLength;
            while (at < end) {
                int name = (int) number();
                int value = (int) number() - 1;
                String text = new String(bytes, at, name, StandardCharsets.UTF_8);
                at += name;
                headers.add(new Header(text, value < 0 ? null : Arrays.copyOfRange(bytes, at, at + value)));
                at += Math.max(value, 0);
            }
            at = kept;
            return List.copyOf(headers);
        }
    }
}
