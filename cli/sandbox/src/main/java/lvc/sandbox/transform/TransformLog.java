package lvc.sandbox.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lvc.sandbox.broker.Logs;
import lvc.sandbox.broker.Logs.AppendRefused;
import lvc.sandbox.broker.Logs.OutputRecord;
import lvc.sandbox.config.ClusterConfig;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What modules print, written to a topic that is created when the first line comes. It has one partition: Redpanda and
 * rpk do not agree on the partition of a name when there are more. (Redpanda source, transform/logging)
 */
final class TransformLog {

    static final String TOPIC = "_redpanda.transform_logs";

    private static final System.Logger LOGGER = System.getLogger(TransformLog.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INFO = 9;
    private static final int WARN = 13;
    private static final Map<String, String> SETTINGS = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", Long.toString(Duration.ofHours(24).toMillis()),
            "retention.bytes", Long.toString(2L << 30));

    private final Logs logs;
    private final ClusterConfig config;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final int node;

    // Guarded by this.
    private List<OutputRecord> pending = new ArrayList<>();
    private long pendingBytes;
    private boolean armed;

    TransformLog(Logs logs, ClusterConfig config, ScheduledExecutorService timer, Clock clock, int node) {
        this.logs = logs;
        this.config = config;
        this.timer = timer;
        this.clock = clock;
        this.node = node;
    }

    /**
     * Keeps a line for the next flush. Lines that are not UTF-8, hold control characters, or find the buffer full are
     * dropped without a word, as Redpanda drops them.
     *
     * @param error whether it came from standard error
     */
    void add(String transform, boolean error, byte[] line) {
        String text;
        try {
            text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, cut(line)))
                    .toString();
        } catch (CharacterCodingException e) {
            return;
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            return;
        }
        byte[] value = json(transform, error, text);
        synchronized (this) {
            if (pendingBytes + value.length > config.number("data_transforms_logging_buffer_capacity_bytes")) {
                return;
            }
            pending.add(new OutputRecord(transform.getBytes(UTF_8), value, List.of()));
            pendingBytes += value.length;
            if (!armed && !timer.isShutdown()) {
                armed = true;
                long wait = config.number("data_transforms_logging_flush_interval_ms");
                var unused = timer.schedule(this::flush, wait, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Where a line ends: at the configured number of bytes, but never inside a character. */
    private int cut(byte[] line) {
        int end = (int) Math.min(line.length, config.number("data_transforms_logging_line_max_bytes"));
        if (end < line.length) {
            while (end > 0 && (line[end] & 0xC0) == 0x80) {
                end--;
            }
        }
        return end;
    }

    private byte[] json(String transform, boolean error, String text) {
        ObjectNode event = JSON.createObjectNode();
        event.putObject("body").put("stringValue", text);
        Instant now = clock.instant();
        event.put("timeUnixNano", TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
        event.put("severityNumber", error ? WARN : INFO);
        var attributes = event.putArray("attributes");
        attributes.addObject().put("key", "transform_name").putObject("value").put("stringValue", transform);
        attributes.addObject().put("key", "node").putObject("value").put("intValue", node);
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }

    /** Writes what is pending; what cannot be written is lost, which is only a log. */
    void flush() {
        List<OutputRecord> taken;
        synchronized (this) {
            armed = false;
            taken = pending;
            pending = new ArrayList<>();
            pendingBytes = 0;
        }
        if (taken.isEmpty()) {
            return;
        }
        try {
            if (logs.partitions(TOPIC).isEmpty()) {
                logs.createInternal(TOPIC, 1, SETTINGS);
            }
            logs.append(TOPIC, 0, taken, "none");
        } catch (AppendRefused | RuntimeException e) {
            LOGGER.log(Level.WARNING, taken.size() + " log lines of transforms are lost", e);
        }
    }
}
