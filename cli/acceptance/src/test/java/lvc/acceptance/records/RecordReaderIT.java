package lvc.acceptance.records;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.kafka.GroupReader;
import lvc.adapter.kafka.ReadOptions;
import lvc.adapter.kafka.ReadSummary;
import lvc.adapter.kafka.RecordReader;
import lvc.adapter.kafka.WriteOptions;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.fold.LatestValues;
import lvc.core.record.OffsetRange;
import lvc.core.record.RecordTemplate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static lvc.acceptance.records.Records.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class RecordReaderIT {
    private final ChildSandbox sandbox = ChildSandbox.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":end | 0 1 2 3 4 5 6 7 8 9",
                "start:end | 0 1 2 3 4 5 6 7 8 9",
                "7:end | 7 8 9",
                ":3 | 0 1 2",
                "2:4 | 2 3",
                "2-4 | 2 3",
                "-2:end | 8 9",
                "+8:end | 8 9",
                "-100:end | 0 1 2 3 4 5 6 7 8 9",
                "8:100 | 8 9",
                "end:end | ''",
                "50:60 | ''",
                "@1000000005000:end | 5 6 7 8 9",
                "@1000000004500:1000000006500 | 5 6",
                "@:1000000002000 | 0 1",
                "@-1h:end | ''",
            })
    void readsTheRangeAskedForAndStops(String range, String expected) throws IOException {
        // Given: ten records, one second apart in 2001, which is longer ago than brokers keep records by themselves
        String topic = sandbox.topic(1, Map.of("retention.ms", "-1"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            lines.append(1_000_000_000_000L + i * 1000L).append(" k,").append(i).append('\n');
        }
        Records.write(sandbox, topic, "%d %k,%v\\n", lines.toString());

        // When
        String read = Records.read(sandbox, topic, "%v ", range);

        // Then
        assertThat(read.strip()).isEqualTo(expected);
    }

    @Test
    void partitionsAndNumberOfRecordsCanBeLimited() throws IOException {
        // Given
        String topic = sandbox.topic(3, Map.of());
        Records.write(sandbox, topic, "%p %v\\n", "0 a\n1 b\n1 c\n2 d\n1 e\n");

        // When
        String ofPartition = Records.read(
                sandbox,
                new ReadOptions(topic, OffsetRange.ALL_NOW, Set.of(1), ReadOptions.ALL, true),
                RecordTemplate.parse("%p%v "));
        String two = Records.read(
                sandbox,
                new ReadOptions(topic, OffsetRange.ALL_AND_FOLLOW, Set.of(1), 2, true),
                RecordTemplate.parse("%p%v "));

        // Then
        assertThat(ofPartition).isEqualTo("1b 1c 1e ");
        assertThat(two).isEqualTo("1b 1c ");
    }

    @Test
    void aTailOfMarkersAndAbortedRecordsIsTheEndToo() throws IOException {
        // Given: committed a; aborted b; at the end only markers
        String topic = sandbox.topic(1, Map.of());
        try (Producer<String, String> producer = transactional(topic)) {
            transaction(producer, topic, "a", true);
            transaction(producer, topic, "b", false);
        }

        // When
        String committed = Records.read(sandbox, topic, "%v@%o ", ":end");
        String all = Records.read(
                sandbox,
                new ReadOptions(topic, OffsetRange.ALL_NOW, Set.of(), ReadOptions.ALL, false),
                RecordTemplate.parse("%v@%o "));

        // Then
        assertThat(committed).isEqualTo("a@0 ");
        assertThat(all).isEqualTo("a@0 b@2 ");
    }

    @Test
    void anOpenTransactionEndsWhatCanBeRead() throws IOException {
        // Given
        String topic = sandbox.topic(1, Map.of());
        try (Producer<String, String> producer = transactional(topic)) {
            transaction(producer, topic, "a", true);
            producer.beginTransaction();
            send(producer, topic, "open");

            // When
            String read = Records.read(sandbox, topic, "%v ", ":end");

            // Then
            assertThat(read).isEqualTo("a ");
            producer.abortTransaction();
        }
    }

    @Test
    void aTailThatWasCompactedAwayIsTheEndToo() throws IOException {
        // Given: at the end a tombstone, then an aborted transaction; compaction leaves offset 4 and nothing after it
        String topic = sandbox.topic(
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "segment.ms", "300",
                        "min.cleanable.dirty.ratio", "0.01",
                        "max.compaction.lag.ms", "300",
                        "delete.retention.ms", "0"));
        RecordTemplate format = RecordTemplate.parse("%k,%v").withNull("");
        Records.write(sandbox, WriteOptions.plain(topic), format, Records.in("a,1\nb,2\na,\nb,\na,3\nb,\n"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Records.read(sandbox, topic, "%o ", ":end").equals("4 5 "));
        try (Producer<String, String> producer = transactional(topic)) {
            transaction(producer, topic, "never", false);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Records.read(sandbox, topic, "%o ", ":end").equals("4 "));

        // When
        LatestValues latest = new LatestValues(topic);
        ReadSummary summary;
        try (RecordReader reader = new RecordReader(sandbox.connection(), TIMEOUT)) {
            summary = reader.read(ReadOptions.allNow(topic), latest::add);
        }

        // Then
        assertThat(summary.spans().get(0)).isEqualTo(new ReadSummary.Span(0, 8));
        assertThat(summary.unread()).isEmpty();
        assertThat(latest.live()).extracting(each -> text(each.value())).containsExactly("3");
    }

    @Test
    void followsUntilClosed() {
        // Given
        String topic = sandbox.topic(2, Map.of());
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        RecordReader reader = new RecordReader(sandbox.connection(), TIMEOUT);
        CompletableFuture<ReadSummary> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return reader.read(Records.options(topic, "start"), stored -> seen.add(text(stored.value())));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        // When
        Records.write(sandbox, topic, "%p %v\\n", "0 a\n1 b\n");
        await().until(() -> seen.size() == 2);
        Records.write(sandbox, topic, "%p %v\\n", "1 c\n");
        await().until(() -> seen.contains("c"));
        reader.close();

        // Then
        assertThat(reading).succeedsWithin(Duration.ofSeconds(10)).satisfies(summary -> assertThat(summary.records())
                .isEqualTo(3));
    }

    @Test
    void aReaderThatWasClosedBeforeItBeganReadsNothing() throws IOException {
        // Given
        RecordReader reader = new RecordReader(sandbox.connection(), TIMEOUT);
        reader.close();

        // When
        ReadSummary summary = reader.read(Records.options(sandbox.topic(1, Map.of()), "start"), stored -> {});

        // Then
        assertThat(summary.records()).isZero();
    }

    @Test
    void aGroupGoesOnWhereItLeftOff() throws IOException {
        // Given
        String topic = sandbox.topic(1, Map.of());
        Records.write(sandbox, topic, "%v\\n", "a\nb\nc\n");

        // When
        String first = readAsGroup(topic, 2);
        Records.write(sandbox, topic, "%v\\n", "d\n");
        String second = readAsGroup(topic, 2);

        // Then
        assertThat(first).isEqualTo("ab");
        assertThat(second).isEqualTo("cd");
    }

    @Test
    void aGroupHasNoRangeAndNoPartitions() {
        // Given
        GroupReader reader = new GroupReader(sandbox.connection(), "g", TIMEOUT);

        // When
        Fault range = catchThrowableOfType(Fault.class, () -> reader.read(Records.options("t", ":end"), stored -> {}));
        Fault partitions = catchThrowableOfType(
                Fault.class,
                () -> reader.read(new ReadOptions("t", OffsetRange.ALL_AND_FOLLOW, Set.of(1), 1, true), stored -> {}));

        // Then
        assertThat(range.exit()).isEqualTo(Exit.USAGE);
        assertThat(partitions.exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void aTopicOrPartitionThatIsNotThereIsNamed() {
        // Given
        String topic = sandbox.topic(2, Map.of());

        // When
        Fault noTopic = catchThrowableOfType(Fault.class, () -> Records.read(sandbox, "no-such-topic", "%v", ":end"));
        Fault noPartition = catchThrowableOfType(
                Fault.class,
                () -> Records.read(
                        sandbox,
                        new ReadOptions(topic, OffsetRange.ALL_NOW, Set.of(0, 7), 1, true),
                        RecordTemplate.parse("%v")));

        // Then
        assertThat(noTopic.exit()).isEqualTo(Exit.FAILED);
        assertThat(noTopic.why()).contains("no-such-topic");
        assertThat(noPartition.why()).contains("no partition 7");
    }

    @Test
    void brokersThatDoNotAnswerAreUnreachable() {
        // Given
        RecordReader reader = new RecordReader(Map.of("bootstrap.servers", "127.0.0.1:1"), Duration.ofSeconds(1));

        // When
        Fault fault = catchThrowableOfType(Fault.class, () -> reader.read(ReadOptions.allNow("t"), stored -> {}));

        // Then
        assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
    }

    @Test
    void aBrokerThatDiesWhileItIsFollowedIsNoticed() throws IOException {
        // Given
        try (ChildSandbox mortal = ChildSandbox.start()) {
            String topic = mortal.topic(1, Map.of());
            Records.write(mortal, topic, "%v\\n", "a\n");
            RecordReader reader = new RecordReader(mortal.connection(), Duration.ofSeconds(2));

            // When
            Fault fault = catchThrowableOfType(
                    Fault.class, () -> reader.read(Records.options(topic, "start"), stored -> mortal.kill()));

            // Then
            assertThat(fault.exit()).isEqualTo(Exit.UNREACHABLE);
        }
    }

    private String readAsGroup(String topic, long most) throws IOException {
        StringBuilder seen = new StringBuilder();
        try (GroupReader reader = new GroupReader(sandbox.connection(), "group-of-" + topic, TIMEOUT)) {
            reader.read(
                    new ReadOptions(topic, OffsetRange.ALL_AND_FOLLOW, Set.of(), most, true),
                    stored -> seen.append(text(stored.value())));
        }
        return seen.toString();
    }

    private Producer<String, String> transactional(String topic) {
        Map<String, Object> settings = new HashMap<>(sandbox.connection());
        settings.put("transactional.id", "tx-" + topic);
        Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private static void transaction(Producer<String, String> producer, String topic, String value, boolean commit) {
        producer.beginTransaction();
        send(producer, topic, value);
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private static void send(Producer<String, String> producer, String topic, String value) {
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, "k", value));
        producer.flush();
        assertThat(sent).isDone();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "(null)" : new String(bytes, StandardCharsets.UTF_8);
    }
}
