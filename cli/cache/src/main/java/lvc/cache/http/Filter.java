package lvc.cache.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import lvc.cache.store.Entry;
import org.jspecify.annotations.Nullable;

/** What of a topic a stream is about: some keys, and of their values those where a field has a value. */
final class Filter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] EVERYTHING = {};
    private static final int MOST_KEYS = 100;

    private final byte[] prefix;
    private final List<byte[]> keys;
    private final @Nullable Where where;

    /** A field of a JSON value, and what it is to be. */
    private record Where(JsonPointer pointer, String value) {}

    private Filter(byte[] prefix, List<byte[]> keys, @Nullable Where where) {
        this.prefix = prefix;
        this.keys = keys;
        this.where = where;
    }

    static Filter of(Query query) {
        byte[] prefix = query.bytes("prefix");
        List<byte[]> keys = query.all("key");
        if (keys.size() > MOST_KEYS) {
            throw new BadRequest("key: at most " + MOST_KEYS + " of them");
        }
        String where = query.text("where");
        return new Filter(prefix == null ? EVERYTHING : prefix, keys, where == null ? null : where(where));
    }

    private static Where where(String text) {
        int equal = text.indexOf('=');
        if (equal < 0) {
            throw new BadRequest("where: '" + text + "' is not POINTER=VALUE");
        }
        try {
            return new Where(JsonPointer.compile(text.substring(0, equal)), text.substring(equal + 1));
        } catch (IllegalArgumentException e) {
            throw new BadRequest("where: " + e.getMessage());
        }
    }

    /** Whether it is about everything. */
    boolean open() {
        return prefix.length == 0 && keys.isEmpty() && where == null;
    }

    byte[] prefix() {
        return prefix;
    }

    /** The only keys that it is about; none when it is not about single ones. */
    List<byte[]> keys() {
        return keys;
    }

    /** Whether it is about a key. */
    boolean key(byte[] key) {
        return key.length >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)
                && (keys.isEmpty() || keys.stream().anyMatch(each -> Arrays.equals(each, key)));
    }

    /** Whether it is about values whose field has a value. */
    boolean looksAtValues() {
        return where != null;
    }

    /** Whether it is about an entry, of whose key is known that it is. */
    boolean value(@Nullable Entry entry) {
        byte[] value = entry == null ? null : entry.value();
        Where wanted = where;
        if (value == null || wanted == null) {
            return value != null;
        }
        try {
            JsonNode node = JSON.readTree(value).at(wanted.pointer);
            return !node.isMissingNode()
                    && !node.isContainerNode()
                    && node.asText().equals(wanted.value);
        } catch (IOException e) {
            return false;
        }
    }
}
