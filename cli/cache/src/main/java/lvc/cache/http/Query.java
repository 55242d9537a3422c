package lvc.cache.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is behind the question mark. Values are bytes; names that are not known are refused, for nobody would obey them. */
final class Query {
    private static final Query NONE = new Query(Map.of());

    private final Map<String, List<byte[]>> values;

    private Query(Map<String, List<byte[]>> values) {
        this.values = values;
    }

    /** @param raw without the question mark; null when there is none */
    static Query parse(@Nullable String raw, Set<String> known) {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        Map<String, List<byte[]>> values = new LinkedHashMap<>();
        int begin = 0;
        while (begin <= raw.length()) {
            int end = raw.indexOf('&', begin);
            end = end < 0 ? raw.length() : end;
            if (end > begin) {
                add(values, raw, begin, end, known);
            }
            begin = end + 1;
        }
        return new Query(values);
    }

    private static void add(Map<String, List<byte[]>> values, String raw, int begin, int end, Set<String> known) {
        int equal = raw.indexOf('=', begin);
        int nameEnd = equal < 0 || equal > end ? end : equal;
        String name = Percent.text(Percent.decode(raw, begin, nameEnd));
        if (!known.contains(name)) {
            throw new BadRequest("there is no parameter '" + name + "' here; there are: " + String.join(", ", known));
        }
        values.computeIfAbsent(name, unused -> new ArrayList<>())
                .add(Percent.decode(raw, Math.min(nameEnd + 1, end), end));
    }

    /** All values of a name, in their order. */
    List<byte[]> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The value of a name; null when there is none. */
    byte @Nullable [] bytes(String name) {
        List<byte[]> all = all(name);
        if (all.size() > 1) {
            throw new BadRequest("'" + name + "' is given " + all.size() + " times");
        }
        return all.isEmpty() ? null : all.get(0);
    }

    /** The value of a name as text; null when there is none. */
    @Nullable
    String text(String name) {
        byte[] value = bytes(name);
        return value == null ? null : Percent.text(value);
    }
}
