package lvc.acceptance.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lvc.adapter.journal.KafkaJournal;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the journal as it is written, from where it ended when the watch began; heartbeats are left out. */
final class JournalWatch implements AutoCloseable {
    private static final TopicPartition JOURNAL = new TopicPartition(KafkaJournal.TOPIC, 0);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deque<Line> waiting = new ArrayDeque<>();

    private JournalWatch(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put("isolation.level", "read_committed");
        settings.put("fetch.max.wait.ms", 100);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(JOURNAL));
    }

    /** Watches for what is new. */
    static JournalWatch fromEnd(Map<String, Object> connection) {
        JournalWatch watch = new JournalWatch(connection);
        watch.consumer.seekToEnd(List.of(JOURNAL));
        watch.consumer.position(JOURNAL);
        return watch;
    }

    /** Reads what was written already, and then watches. */
    static JournalWatch fromStart(Map<String, Object> connection) {
        JournalWatch watch = new JournalWatch(connection);
        watch.consumer.seekToBeginning(List.of(JOURNAL));
        return watch;
    }

    /**
     * A line.
     *
     * @param what such as "intended delete-hot"
     */
    record Line(String run, String what) {}

    /** The next line; empty when none comes in time. */
    Optional<Line> next(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (waiting.isEmpty() && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
                Line line = line(each.value());
                if (!line.what().equals("beat")) {
                    waiting.add(line);
                }
            }
        }
        return Optional.ofNullable(waiting.poll());
    }

    /** All lines up to one, or those there are when it does not come in time. */
    List<Line> until(Predicate<Line> last, Duration within) {
        List<Line> lines = new ArrayList<>();
        for (Optional<Line> line = next(within); line.isPresent(); line = next(within)) {
            lines.add(line.get());
            if (last.test(line.get())) {
                break;
            }
        }
        return lines;
    }

    private static Line line(byte[] text) {
        try {
            JsonNode json = JSON.readTree(text);
            String inner = json.path("step").path("kind").asText()
                    + json.path("outcome").path("kind").asText()
                    + json.path("ending").asText();
            return new Line(json.path("run").asText(), (json.path("kind").asText() + " " + inner).strip());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
