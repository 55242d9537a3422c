package lvc.cache.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Map;
import lvc.cache.store.Entry;

/**
 * Version 1: {@code {"v":1,"topic":"t","offsets":{"0":17},"updates":{"key":{}}}}. The offsets tell the receiver how far a
 * cache has to be to answer with these values. Keys are text; others cannot be named in it.
 */
final class KeysBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private KeysBody() {}

    static Body of(Batch batch) {
        ObjectNode body = JSON.createObjectNode().put("v", 1).put("topic", batch.topic());
        ObjectNode offsets = body.putObject("offsets");
        batch.offsets().forEach((partition, offset) -> offsets.put(String.valueOf(partition), offset));
        ObjectNode updates = body.putObject("updates");
        int skipped = 0;
        for (Entry entry : batch.newest()) {
            String key = Utf8.text(entry.key());
            if (key == null) {
                skipped++;
            } else {
                updates.putObject(key);
            }
        }
        if (updates.isEmpty()) {
            return Body.none(skipped);
        }
        try {
            Map<String, String> headers =
                    Map.of("x-kkv-topic", batch.topic(), "x-kkv-offsets", JSON.writeValueAsString(offsets));
            return new Body(JSON.writeValueAsBytes(body), headers, skipped);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
