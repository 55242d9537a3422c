package lvc.core.fold;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lvc.core.record.Header;
import lvc.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

import static lvc.core.fold.Arena.index;

/**
 * How a record lies in an {@link Arena}: offset (8 bytes), timestamp (8), partition (4, its complement where the broker
 * set the timestamp), length of key (4), of value (4, -1 for a tombstone), of headers (4), then key, value and headers.
 */
final class Entry {
    private static final int OFFSET = 0;
    private static final int TIMESTAMP = 8;
    private static final int PARTITION = 16;
    private static final int KEY_LENGTH = 20;
    private static final int VALUE_LENGTH = 24;
    private static final int HEADERS_LENGTH = 28;
    private static final int KEY = 32;

    private static final byte[] NOTHING = {};

    private Entry() {}

    static int length(byte[] key, StoredRecord stored, byte[] headers) {
        byte[] value = stored.value();
        return KEY + key.length + (value == null ? 0 : value.length) + headers.length;
    }

    static int length(Arena arena, int address) {
        byte[] bytes = arena.chunk(address);
        int at = index(address);
        return KEY + keyLength(bytes, at) + valueRoom(bytes, at) + Arena.readInt(bytes, at + HEADERS_LENGTH);
    }

    static void write(Arena arena, int address, byte[] key, StoredRecord stored, byte[] headers) {
        byte[] bytes = arena.chunk(address);
        int at = index(address);
        byte[] value = stored.value();
        Arena.writeLong(bytes, at + OFFSET, stored.offset());
        Arena.writeLong(bytes, at + TIMESTAMP, stored.timestamp());
        int partition = stored.partition();
        Arena.writeInt(bytes, at + PARTITION, stored.logAppendTime() ? ~partition : partition);
        Arena.writeInt(bytes, at + KEY_LENGTH, key.length);
        Arena.writeInt(bytes, at + VALUE_LENGTH, value == null ? -1 : value.length);
        Arena.writeInt(bytes, at + HEADERS_LENGTH, headers.length);
        int next = at + KEY;
        System.arraycopy(key, 0, bytes, next, key.length);
        next += key.length;
        if (value != null) {
            System.arraycopy(value, 0, bytes, next, value.length);
            next += value.length;
        }
        System.arraycopy(headers, 0, bytes, next, headers.length);
    }

    static StoredRecord read(String topic, Arena arena, int address) {
        byte[] bytes = arena.chunk(address);
        int at = index(address);
        int value = at + KEY + keyLength(bytes, at);
        int headers = value + valueRoom(bytes, at);
        int end = headers + Arena.readInt(bytes, at + HEADERS_LENGTH);
        return new StoredRecord(
                topic,
                partition(arena, address),
                Arena.readLong(bytes, at + OFFSET),
                Arena.readLong(bytes, at + TIMESTAMP),
                Arrays.copyOfRange(bytes, at + KEY, value),
                isTombstone(arena, address) ? null : Arrays.copyOfRange(bytes, value, headers),
                decoded(Arrays.copyOfRange(bytes, headers, end)),
                Arena.readInt(bytes, at + PARTITION) < 0);
    }

    /** Copies an entry to another arena; gives its address there. */
    static int copy(Arena arena, int address, Arena to) {
        int length = length(arena, address);
        int copy = to.allocate(length);
        System.arraycopy(arena.chunk(address), index(address), to.chunk(copy), index(copy), length);
        return copy;
    }

    static boolean hasKey(Arena arena, int address, byte[] key) {
        byte[] bytes = arena.chunk(address);
        int at = index(address);
        int from = at + KEY;
        return keyLength(bytes, at) == key.length && Arrays.equals(bytes, from, from + key.length, key, 0, key.length);
    }

    static byte[] key(Arena arena, int address) {
        byte[] bytes = arena.chunk(address);
        int at = index(address);
        return Arrays.copyOfRange(bytes, at + KEY, at + KEY + keyLength(bytes, at));
    }

    static int hash(Arena arena, int address) {
        byte[] bytes = arena.chunk(address);
        int at = index(address);
        return Arena.hash(bytes, at + KEY, at + KEY + keyLength(bytes, at));
    }

    static int partition(Arena arena, int address) {
        int partition = Arena.readInt(arena.chunk(address), index(address) + PARTITION);
        return partition < 0 ? ~partition : partition;
    }

    static long offset(Arena arena, int address) {
        return Arena.readLong(arena.chunk(address), index(address) + OFFSET);
    }

    static boolean isTombstone(Arena arena, int address) {
        return Arena.readInt(arena.chunk(address), index(address) + VALUE_LENGTH) < 0;
    }

    private static int keyLength(byte[] bytes, int at) {
        return Arena.readInt(bytes, at + KEY_LENGTH);
    }

    private static int valueRoom(byte[] bytes, int at) {
        return Math.max(0, Arena.readInt(bytes, at + VALUE_LENGTH));
    }

    /** Headers as bytes: for each the length of its key, the key, the length of its value (-1 for null), the value. */
    static byte[] encoded(List<Header> headers) {
        if (headers.isEmpty()) {
            return NOTHING;
        }
        List<byte @Nullable []> parts = new ArrayList<>();
        int length = 0;
        for (Header header : headers) {
            byte[] key = header.key().getBytes(StandardCharsets.UTF_8);
            byte[] value = header.value();
            parts.add(key);
            parts.add(value);
            length += 8 + key.length + (value == null ? 0 : value.length);
        }
        ByteBuffer encoded = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            encoded.putInt(part == null ? -1 : part.length);
            if (part != null) {
                encoded.put(part);
            }
        }
        return encoded.array();
    }

    static List<Header> decoded(byte[] bytes) {
        if (bytes.length == 0) {
            return List.of();
        }
        ByteBuffer encoded = ByteBuffer.wrap(bytes);
        List<Header> headers = new ArrayList<>();
        while (encoded.hasRemaining()) {
            byte[] key = new byte[encoded.getInt()];
            encoded.get(key);
            int length = encoded.getInt();
            byte[] value = length < 0 ? null : new byte[length];
            if (value != null) {
                encoded.get(value);
            }
            headers.add(new Header(new String(key, StandardCharsets.UTF_8), value));
        }
        return List.copyOf(headers);
    }
}
