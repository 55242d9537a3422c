package lvc.cache.http;

import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import lvc.cache.store.Entry;

/** Bytes that grow: text, numbers and JSON are written straight into them. For one thread at a time. */
final class Output {
    private static final int FIRST = 512;
    private static final int LONGEST_ESCAPE = 6;
    private static final int LONGEST_NUMBER = 20;
    private static final int MOST_DIGITS = 19;
    private static final int TEN = 10;
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] OFFSET = ascii(",\"offset\":");
    private static final byte[] PARTITION = ascii(",\"partition\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
    private static final byte[] NONE = ascii("null");
    private static final byte[] PLAIN_STRING = ascii("\":\"");
    private static final byte[] BASE64_STRING = ascii("Base64\":\"");
    private static final boolean[] PLAIN = new boolean[256];
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;

    static {
        Arrays.fill(PLAIN, ' ', PLAIN.length, true);
        PLAIN['"'] = false;
        PLAIN['\\'] = false;
    }

    private final IsoTime time = new IsoTime();
    private byte[] bytes;
    private int length;

    Output() {
        this(FIRST);
    }

    Output(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Names of fields, ready to be written. */
    static final byte[] KEY = ascii("key");

    static final byte[] VALUE = ascii("value");

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    int length() {
        return length;
    }

    Output clear() {
        length = 0;
        return this;
    }

    /** All of it, copied. */
    Buffer buffer() {
        return Buffer.buffer(length).appendBytes(bytes, 0, length);
    }

    /** All of it, copied, as the value of a header. Only what is in ASCII. */
    AsciiString header() {
        return new AsciiString(bytes, 0, length, true);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }

    Output raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    Output raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    Output raw(char one) {
        room(1);
        bytes[length++] = (byte) one;
        return this;
    }

    Output number(long number) {
        if (number < 0) {
            return raw(Long.toString(number));
        }
        room(LONGEST_NUMBER);
        int digits = 1;
        // Multiplying is several times as fast as dividing; no number has more digits than the longest.
        for (long power = TEN; digits < MOST_DIGITS && number >= power; power *= TEN) {
            digits++;
        }
        long rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % TEN);
            rest /= TEN;
        }
        length += digits;
        return this;
    }

    /** A string of JSON, quotes included. */
    Output json(String text) {
        raw('"');
        escaped(text.getBytes(StandardCharsets.UTF_8));
        return raw('"');
    }

    /** A field of JSON whose value is text or, when it is not, the same in Base64; then the name says so. */
    Output field(byte[] name, byte[] value) {
        raw('"').raw(name);
        if (isText(value)) {
            raw(PLAIN_STRING);
            escaped(value);
        } else {
            raw(BASE64_STRING).raw(Base64.getEncoder().encode(value));
        }
        return raw('"');
    }

    private static boolean isText(byte[] value) {
        long bits = 0;
        int at = 0;
        for (; at + Long.BYTES <= value.length; at += Long.BYTES) {
            bits |= (long) LONGS.get(value, at);
        }
        for (; at < value.length; at++) {
            bits |= value[at];
        }
        return (bits & HIGH_BITS) == 0
                || Arrays.equals(new String(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), value);
    }

    /** Eight bytes at a time, up to the first one that cannot stay as it is. */
    private void escaped(byte[] text) {
        room(Math.multiplyExact(text.length, 2));
        int at = 0;
        while (at + Long.BYTES <= text.length) {
            long eight = (long) LONGS.get(text, at);
            LONGS.set(bytes, length, eight);
            int plain = plain(eight);
            length += plain;
            at += plain;
            if (plain < Long.BYTES) {
                escaped(text, at++);
            }
        }
        for (; at < text.length; at++) {
            escaped(text, at);
        }
    }

    /** How many of eight bytes come before the first control character, quote or backslash. */
    private static int plain(long eight) {
        long quotes = eight ^ ONES * '"';
        long backslashes = eight ^ ONES * '\\';
        long found =
                ((eight - ONES * ' ') & ~eight) | ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes);
        return Long.numberOfTrailingZeros(found & HIGH_BITS) / Byte.SIZE;
    }

    private void escaped(byte[] text, int at) {
        byte next = text[at];
        if (PLAIN[next & 0xff]) {
            bytes[length++] = next;
        } else {
            room(LONGEST_ESCAPE + (text.length - at) * 2);
            escape(next);
        }
    }

    private void escape(byte next) {
        bytes[length++] = '\\';
        switch (next) {
            case '"', '\\' -> bytes[length++] = next;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                raw("u00");
                bytes[length++] = HEX[next >> 4];
                bytes[length++] = HEX[next & 0xf];
            }
        }
    }

    /** Where and when an entry was written: the last fields of what is told of it. */
    Output where(Entry entry) {
        raw(OFFSET).number(entry.offset());
        raw(PARTITION).number(entry.partition());
        raw(TIMESTAMP);
        if (entry.timestamp() < 0) {
            return raw(NONE);
        }
        return raw('"').time(entry.timestamp()).raw('"');
    }

    /** A moment as ISO 8601 has it, to the millisecond. */
    Output time(long millis) {
        room(IsoTime.LENGTH);
        if (time.fits(millis)) {
            time.write(millis, bytes, length);
            length += IsoTime.LENGTH;
            return this;
        }
        return raw(Instant.ofEpochMilli(millis).toString());
    }
}
