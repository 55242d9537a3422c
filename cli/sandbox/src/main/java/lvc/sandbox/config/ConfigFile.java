package lvc.sandbox.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the cluster properties outlive the process: one JSON file, replaced as a whole so that it is never half. */
record ConfigFile(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param values what was set, by name; defaults are not in it */
    record Content(long version, Map<String, JsonNode> values) {}

    /** What was written last; empty when nothing was. */
    Optional<Content> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(path.toFile());
            Map<String, JsonNode> values = new TreeMap<>();
            json.path("values").properties().forEach(entry -> {
                Optional<Property> property = Properties.known().find(entry.getKey());
                values.put(
                        entry.getKey(),
                        property.map(known -> narrow(known, entry.getValue())).orElse(entry.getValue()));
            });
            return Optional.of(new Content(json.path("version").asLong(), values));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A parser makes ints of small numbers; the table holds longs, and equality tells them apart. */
    private static JsonNode narrow(Property property, JsonNode value) {
        try {
            return property.read(value);
        } catch (Property.Invalid e) {
            return value;
        }
    }

    /** Replaces what was written; on disk when this returns. */
    void write(Content content) {
        ObjectNode json = JSON.createObjectNode().put("version", content.version());
        json.putObject("values").setAll(content.values());
        Path next = path.resolveSibling(path.getFileName() + ".next");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(json));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
