package lvc.acceptance.records;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.json.JsonLines;
import lvc.adapter.kafka.ReadOptions;
import lvc.adapter.kafka.RecordReader;
import lvc.adapter.kafka.RecordWriter;
import lvc.adapter.kafka.WriteCounts;
import lvc.adapter.kafka.WriteOptions;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import lvc.core.record.BadLine;
import lvc.core.record.RecordTemplate;
import lvc.core.record.StoredRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static lvc.acceptance.records.Records.LIMIT;
import static lvc.acceptance.records.Records.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class RecordWriterIT {
    private final ChildSandbox sandbox = ChildSandbox.shared();

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void everyByteArrivesInOrder(String compression) throws IOException {
        // Given: 20,000 lines of any bytes but newlines
        Random random = new Random(7);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            lines.append(i).append(',');
            for (int n = random.nextInt(100); n > 0; n--) {
                lines.append((char) (11 + random.nextInt(245)));
            }
            lines.append('\n');
        }
        byte[] input = lines.toString().getBytes(StandardCharsets.ISO_8859_1);
        String topic = sandbox.topic(1, Map.of());
        RecordTemplate format = RecordTemplate.parse("%k,%v\\n");

        // When
        WriteCounts counts = Records.write(
                sandbox, new WriteOptions(topic, compression, -1, false), format, new ByteArrayInputStream(input));

        // Then
        assertThat(counts).isEqualTo(new WriteCounts(20_000, 20_000, 0, 0));
        StringBuilder read = new StringBuilder();
        try (RecordReader reader = new RecordReader(sandbox.connection(), TIMEOUT)) {
            reader.read(ReadOptions.allNow(topic), each -> read.append(text(each.key()))
                    .append(',')
                    .append(text(each.value()))
                    .append('\n'));
        }
        assertThat(read.toString().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(input);
    }

    @Test
    void tombstonesEmptyValuesAndTheWordNullAreThreeThings() throws IOException {
        // Given
        String topic = sandbox.topic(1, Map.of());

        // When
        Records.write(sandbox, WriteOptions.plain(topic), new JsonLines(), Records.in("""
                {"key":"a","value":null}
                {"key":"a","value":""}
                {"key":"a","value":"null"}
                {"key":"a","value_base64":"/w==","headers":[{"key":"h","value":"1"},{"key":"h","value":null}]}
                """));

        // Then
        assertThat(Records.read(
                        sandbox,
                        Records.options(topic, ":end"),
                        RecordTemplate.parse("%v/%V\\n").withNull("(gone)")))
                .startsWith("(gone)/0\n/0\nnull/4\n");
        assertThat(Records.read(sandbox, Records.options(topic, "3:end"), new JsonLines()))
                .startsWith(
                        "{\"topic\":\"" + topic + "\",\"key\":\"a\",\"value_base64\":\"/w==\","
                                + "\"headers\":[{\"key\":\"h\",\"value\":\"1\"},{\"key\":\"h\",\"value\":null}],\"timestamp\":");
    }

    @Test
    void aKeyGoesToThePartitionThatMurmur2Says() throws IOException {
        // Given
        String topic = sandbox.topic(5, Map.of());
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            lines.append("key").append(i).append('\n');
        }

        // When
        Records.write(
                sandbox,
                WriteOptions.plain(topic),
                RecordTemplate.parse("%k").withNull(""),
                Records.in(lines.toString()));

        // Then
        List<StoredRecord> read = new ArrayList<>();
        try (RecordReader reader = new RecordReader(sandbox.connection(), TIMEOUT)) {
            reader.read(ReadOptions.allNow(topic), read::add);
        }
        assertThat(read).hasSize(200).allSatisfy(each -> assertThat(each.partition())
                .isEqualTo(Utils.toPositive(Utils.murmur2(each.key())) % 5));
    }

    @Test
    void theFirstBadLineStopsAndWhatWentBeforeIsAcknowledged() {
        // Given
        String topic = sandbox.topic(1, Map.of());
        RecordWriter writer = new RecordWriter(sandbox.connection(), WriteOptions.plain(topic), TIMEOUT);

        // When
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> writer.write(
                        RecordTemplate.parse("%k,%v").parser(Records.in("a,1\nb,2\nnonsense\nc,3\n"), LIMIT),
                        new Records.Skipped()));

        // Then
        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
        assertThat(fault.why()).isEqualTo("line 3: there is no \",\" after %k");
        assertThat(writer.counts()).isEqualTo(new WriteCounts(2, 2, 0, 1));
    }

    @Test
    void badLinesCanBeSkippedAndAreNamed() throws IOException {
        // Given: a line without comma, a partition that is not there, a record larger than the topic takes
        String topic = sandbox.topic(1, Map.of("max.message.bytes", "2000"));
        Records.Skipped skipped = new Records.Skipped();
        String input = "0 a,1\nnonsense\n7 b,2\n0 c," + "x".repeat(3000) + "\n0 d,4\n";

        // When
        WriteCounts counts = new RecordWriter(sandbox.connection(), Records.skippingBad(topic), TIMEOUT)
                .write(RecordTemplate.parse("%p %k,%v").parser(Records.in(input), LIMIT), skipped);

        // Then
        assertThat(counts).isEqualTo(new WriteCounts(3, 2, 1, 3));
        assertThat(skipped.lines).extracting(BadLine::number).containsExactlyInAnyOrder(2L, 3L, 4L);
        assertThat(Records.read(sandbox, topic, "%k=%v ", ":end")).isEqualTo("a=1 d=4 ");
    }

    @Test
    void recordsTooLargeForTheTopicNeverHoldUpThoseBehindThem() throws IOException {
        // Given: small ones close behind, of all lengths, so that some fit into what room is left in a batch
        String topic = sandbox.topic(1, Map.of("max.message.bytes", "2000"));
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            input.append("large,").append("x".repeat(1880 + 10 * i)).append('\n');
            input.append("small,").append("y".repeat(i % 20)).append("\nsmall,\n");
        }

        // When
        WriteCounts counts = new RecordWriter(sandbox.connection(), Records.skippingBad(topic), TIMEOUT)
                .write(
                        RecordTemplate.parse("%k,%v").parser(Records.in(input.toString()), LIMIT),
                        new Records.Skipped());

        // Then
        assertThat(counts.sent()).isEqualTo(120);
        assertThat(counts.failed()).isEqualTo(counts.bad()).isBetween(30L, 39L);
        assertThat(counts.acknowledged()).isEqualTo(120 - counts.bad());
    }

    @Test
    void aTopicThatIsNotThereIsNamedAtOnce() {
        // When
        Fault fault = catchThrowableOfType(Fault.class, () -> Records.write(sandbox, "no-such-topic", "%v", "a\n"));

        // Then
        assertThat(fault.exit()).isEqualTo(Exit.FAILED);
        assertThat(fault.what()).contains("no-such-topic");
    }

    @Test
    void aFencedTopicRefusesAndSaysSo() throws Exception {
        // Given
        try (ChildSandbox fenced = ChildSandbox.start()) {
            String topic = fenced.topic(1, Map.of());
            HttpRequest fence = HttpRequest.newBuilder(URI.create(fenced.admin() + "/v1/cluster_config"))
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(
                            "{\"upsert\":{\"kafka_noproduce_topics\":[\"" + topic + "\"]},\"remove\":[]}"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(fence, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);

            // When
            Fault fault = catchThrowableOfType(Fault.class, () -> Records.write(fenced, topic, "%v", "a\nb\n"));

            // Then
            assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
            assertThat(fault.what()).contains("line 1 was the first refused");
            assertThat(fault.why()).contains("kafka_noproduce_topics");
        }
    }

    @Test
    void aBrokerThatDiesIsNoticedThoughTheInputIsSilent() throws IOException {
        // Given: input that never ends, as from tail -f
        try (ChildSandbox mortal = ChildSandbox.start();
                PipedOutputStream producer = new PipedOutputStream();
                InputStream input = new PipedInputStream(producer, 1 << 16)) {
            String topic = mortal.topic(1, Map.of());
            RecordWriter writer =
                    new RecordWriter(mortal.connection(), WriteOptions.plain(topic), Duration.ofSeconds(3));
            producer.write("a\n".getBytes(StandardCharsets.UTF_8));
            producer.flush();
            boolean[] killed = {false};

            // When: it dies after the first acknowledgement, then more comes in
            Fault fault = catchThrowableOfType(
                    Fault.class,
                    () -> writer.write(RecordTemplate.parse("%v").parser(input, LIMIT), afterFirst(() -> {
                        if (!killed[0]) {
                            killed[0] = true;
                            mortal.kill();
                            producer.write("b\nc\n".getBytes(StandardCharsets.UTF_8));
                            producer.flush();
                        }
                    })));

            // Then
            assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
            assertThat(fault.why()).startsWith("1 of 3 sent were acknowledged");
            assertThat(writer.counts().pending()).isEqualTo(2);
        }
    }

    @Test
    void anInterruptWaitsForWhatWasSentAndStops() throws Exception {
        // Given
        String topic = sandbox.topic(1, Map.of());
        try (PipedOutputStream producer = new PipedOutputStream();
                InputStream input = new PipedInputStream(producer, 1 << 16)) {
            WriteCounts[] counts = new WriteCounts[1];
            Throwable[] thrown = new Throwable[1];
            Thread person = new Thread(() -> {
                RecordWriter writer = new RecordWriter(sandbox.connection(), WriteOptions.plain(topic), TIMEOUT);
                thrown[0] = catchThrowable(
                        () -> writer.write(RecordTemplate.parse("%v").parser(input, LIMIT), new Records.Skipped()));
                counts[0] = writer.counts();
            });
            person.start();
            producer.write("a\nb\n".getBytes(StandardCharsets.UTF_8));
            producer.flush();
            await().until(() -> Records.read(sandbox, topic, "%v", ":end").equals("ab"));

            // When
            person.interrupt();
            person.join(10_000);

            // Then
            assertThat(thrown[0]).isInstanceOf(Pause.Interrupted.class);
            assertThat(counts[0]).isEqualTo(new WriteCounts(2, 2, 0, 0));
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private static RecordWriter.Watcher afterFirst(Act act) {
        return new RecordWriter.Watcher() {
            @Override
            public void at(WriteCounts counts) {
                if (counts.acknowledged() > 0) {
                    try {
                        act.run();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }

            @Override
            public void skipped(BadLine line) {}
        };
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
