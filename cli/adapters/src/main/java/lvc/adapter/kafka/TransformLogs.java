package lvc.adapter.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.port.Topics;
import lvc.core.record.OffsetRange;
import lvc.core.record.StoredRecord;

/**
 * What transforms wrote to their standard output and error: records of the topic {@code _redpanda.transform_logs}, the
 * key being the name of the transform, the value an OpenTelemetry log record as JSON.
 */
public final class TransformLogs {
    private static final String TOPIC = "_redpanda.transform_logs";
    private static final int INFO = 9;
    private static final long NANOS = 1_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topics topics;
    private final RecordReader reader;

    public TransformLogs(Topics topics, Map<String, Object> connection, Duration timeout) {
        this.topics = topics;
        this.reader = new RecordReader(connection, timeout);
    }

    /**
     * Reads the lines of one transform. The topic comes into being with the first line of any transform; without it there
     * are none.
     *
     * @param follow whether to go on as lines arrive
     */
    public void read(String transform, boolean follow, Consumer<Event> events) throws IOException {
        if (topics.find(Set.of(TOPIC)).isEmpty() && !follow) {
            return;
        }
        OffsetRange range = follow ? OffsetRange.ALL_AND_FOLLOW : OffsetRange.ALL_NOW;
        reader.read(new ReadOptions(TOPIC, range, Set.of(), ReadOptions.ALL, true), record -> {
            if (record.key() != null && new String(record.key(), StandardCharsets.UTF_8).equals(transform)) {
                events.accept(line(transform, record));
            }
        });
    }

    private static Event line(String transform, StoredRecord record) throws IOException {
        JsonNode json = JSON.readTree(record.value() == null ? new byte[0] : record.value());
        long nanos = json.path("timeUnixNano").asLong();
        return new Event.TransformLogged(
                transform,
                Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS),
                json.path("severityNumber").asInt() == INFO ? "INFO" : "WARN",
                json.path("body").path("stringValue").asText().stripTrailing());
    }
}
