package lvc.acceptance.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lvc.acceptance.real.Topics.Entry;
import lvc.acceptance.sandbox.ChildSandbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * kcat, which shares no code with Kafka's Java client, reads on the sandbox what that client and {@code lvc produce} wrote,
 * and they read what it wrote.
 */
class KcatIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private @Nullable ChildSandbox sandbox;
    private Topics topics = new Topics("");
    private Command kcat = new Command(Path.of(""), List.of());
    private Command lvc = kcat;

    @BeforeEach
    void start() {
        Path program = RealComponent.KCAT.require();
        ChildSandbox started = ChildSandbox.start();
        sandbox = started;
        topics = new Topics(started.brokers());
        kcat = new Command(home, List.of(program.toString(), "-b", started.brokers()));
        Path launcher = Path.of("..", "lvc").toAbsolutePath().normalize();
        lvc = new Command(
                home,
                List.of(launcher.toString()),
                Map.of("LVC_BROKERS", started.brokers(), "LVC_ADMIN", started.admin()));
    }

    @AfterEach
    void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void readsWhatTheJavaClientWrote() throws Exception {
        // Given
        topics.create(3, "t");
        List<Entry> written = List.of(
                Entry.of(0, "plain", "value"),
                Entry.of(0, "umlaut", "grün"),
                Entry.of(1, "tombstone", null),
                Entry.of(1, "empty", ""),
                Entry.of(1, "text", "null"),
                Entry.of(2, null, "no key"),
                Entry.of(2, "headers", "x", "b=2", "a=1", "b=null"));
        topics.produce("t", written);

        // When
        Command.Outcome read = kcat.run("-C", "-t", "t", "-o", "beginning", "-e", "-q", "-J");

        // Then
        assertThat(entries(read)).isEqualTo(written);
    }

    @Test
    void writesWhatTheJavaClientReads() {
        // Given
        topics.create(1, "t");
        String lines = "plain:value\ntombstone:\numlaut:grün\n";

        // When
        kcat.feed(lines, "-P", "-t", "t", "-K:", "-Z", "-H", "b=2", "-H", "a=1");
        kcat.feed("empty:\n", "-P", "-t", "t", "-K:");

        // Then
        assertThat(topics.read("t"))
                .containsExactly(
                        Entry.of(0, "plain", "value", "b=2", "a=1"),
                        Entry.of(0, "tombstone", null, "b=2", "a=1"),
                        Entry.of(0, "umlaut", "grün", "b=2", "a=1"),
                        Entry.of(0, "empty", ""));
    }

    @Test
    void choosesTheSamePartitionsAsTheJavaClient() {
        // Given
        topics.create(7, "java", "kcat");
        List<String> keys = IntStream.range(0, 1_000)
                .mapToObj(i -> i % 2 == 0 ? "key-" + i : "ключ " + i)
                .toList();

        // When
        topics.produce("java", keys.stream().map(key -> Entry.of(-1, key, "v")).toList());
        String lines = keys.stream().map(key -> key + ":v\n").collect(Collectors.joining());
        kcat.feed(lines, "-P", "-t", "kcat", "-K:", "-X", "partitioner=murmur2_random");

        // Then
        Comparator<Entry> byKey = Comparator.comparing(entry -> String.valueOf(entry.key()));
        List<Entry> java = topics.read("java").stream().sorted(byKey).toList();
        assertThat(java).hasSize(1_000);
        assertThat(java.stream().map(Entry::partition).distinct()).hasSize(7);
        assertThat(topics.read("kcat").stream().sorted(byKey).toList()).isEqualTo(java);
    }

    @Test
    void readsWhatLvcProduced() throws Exception {
        // Given
        topics.create(5, "java", "lvc");
        List<Entry> written = new ArrayList<>(IntStream.range(0, 200)
                .mapToObj(i -> Entry.of(-1, "ключ-" + i, "wert ü " + i))
                .toList());
        written.add(Entry.of(-1, "tombstone", null));
        written.add(Entry.of(-1, "empty", ""));
        written.add(Entry.of(-1, "text", "null"));
        topics.produce("java", written);
        String lines = written.stream()
                .map(entry -> entry.key() + "," + (entry.value() == null ? "-" : entry.value()) + "\n")
                .collect(Collectors.joining());

        // When
        lvc.feed(lines, "produce", "lvc", "--null", "-", "-q");

        // Then
        Command.Outcome read = kcat.run("-C", "-t", "lvc", "-o", "beginning", "-e", "-q", "-J");
        assertThat(entries(read)).isEqualTo(topics.read("java"));
    }

    @Test
    void writesWhatLvcConsumes() {
        // Given
        topics.create(1, "t");
        kcat.feed("a:1\nb:2\na:\nc:ü\nb:3\n", "-P", "-t", "t", "-K:", "-Z", "-H", "h=x");
        kcat.feed("d:\n", "-P", "-t", "t", "-K:");

        // When
        Command.Outcome all = lvc.run("consume", "t", "--offset", ":end", "--null", "NULL", "-f", "%o %k=%v\\n");
        Command.Outcome latest = lvc.run("consume", "t", "--latest", "-f", "%k=%v\\n");

        // Then
        assertThat(all.lines()).containsExactly("0 a=1", "1 b=2", "2 a=NULL", "3 c=ü", "4 b=3", "5 d=");
        assertThat(latest.lines()).containsExactlyInAnyOrder("b=3", "c=ü", "d=");
    }

    /** What kcat printed, one JSON object per line, in the order of partitions and offsets. */
    private static List<Entry> entries(Command.Outcome outcome) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : outcome.lines()) {
            records.add(JSON.readTree(line));
        }
        records.sort(
                Comparator.<JsonNode>comparingInt(one -> one.path("partition").asInt())
                        .thenComparingLong(one -> one.path("offset").asLong()));
        return records.stream().map(KcatIT::entry).toList();
    }

    private static Entry entry(JsonNode json) {
        List<String> headers = new ArrayList<>();
        JsonNode flat = json.path("headers");
        for (int i = 0; i < flat.size(); i += 2) {
            headers.add(flat.get(i).asText() + "=" + flat.get(i + 1).textValue());
        }
        return new Entry(
                json.path("partition").asInt(),
                json.path("key").textValue(),
                json.path("payload").textValue(),
                headers);
    }
}
