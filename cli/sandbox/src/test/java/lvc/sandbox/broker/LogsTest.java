package lvc.sandbox.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lvc.sandbox.broker.Logs.AppendRefused;
import lvc.sandbox.broker.Logs.InputRecord;
import lvc.sandbox.broker.Logs.OutputRecord;
import lvc.sandbox.broker.Logs.Reader;
import lvc.sandbox.broker.Logs.RecordHeader;
import lvc.sandbox.config.ClusterConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The broker's partitions as the transform engine reads and writes them. */
class LogsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    static Path directory;

    private static Broker broker;
    private static Clients clients;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.start(new BrokerOptions(directory, 0), new ClusterConfig(), topic -> Optional.empty());
        clients = new Clients(broker.bootstrap());
    }

    @AfterAll
    static void stop() {
        clients.close();
        broker.close();
    }

    @AfterEach
    void nothing_went_wrong_inside() {
        assertThat(broker.faults()).isEmpty();
    }

    private static OutputRecord record(String key, String value) {
        return new OutputRecord(key.getBytes(UTF_8), value.getBytes(UTF_8), List.of());
    }

    /** Polls until a number of records came. */
    private static List<InputRecord> take(Reader reader, int count) {
        List<InputRecord> records = new ArrayList<>();
        await().atMost(LONG).until(() -> {
            records.addAll(reader.poll(Duration.ofMillis(200)));
            return records.size() >= count;
        });
        return records;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void what_a_transform_appends_consumers_see_as_log_append_time(String compression) throws Exception {
        // Given
        String topic = "appended-" + compression;
        clients.create(topic, 2, Map.of("cleanup.policy", "compact"));
        long before = System.currentTimeMillis();

        // When
        long first = broker.append(
                topic,
                1,
                List.of(
                        new OutputRecord(null, null, List.of()),
                        new OutputRecord(
                                "k".getBytes(UTF_8),
                                new byte[0],
                                List.of(new RecordHeader("a", null), new RecordHeader("a", new byte[] {7}))),
                        record("k", "v")),
                compression);
        long second = broker.append(topic, 1, List.of(record("k", "w")), compression);

        // Then
        List<ConsumerRecord<String, byte[]>> seen = clients.consumeRecords(topic, 1);
        assertThat(first).isZero();
        assertThat(second).isEqualTo(3);
        assertThat(seen).extracting(ConsumerRecord::offset).containsExactly(0L, 1L, 2L, 3L);
        assertThat(seen).extracting(ConsumerRecord::timestampType).containsOnly(TimestampType.LOG_APPEND_TIME);
        assertThat(seen).allSatisfy(each -> assertThat(each.timestamp()).isBetween(before, System.currentTimeMillis()));
        assertThat(seen).extracting(ConsumerRecord::key).containsExactly(null, "k", "k", "k");
        assertThat(seen.get(0).value()).isNull();
        assertThat(seen.get(1).value()).isEmpty();
        assertThat(seen.get(1).headers().toArray()[0].value()).isNull();
        assertThat(seen.get(1).headers().toArray()[1].value()).containsExactly(7);
        assertThat(broker.highWatermark(topic, 1)).isEqualTo(4);
        assertThat(broker.lastStable(topic, 1)).isEqualTo(4);
        assertThat(broker.highWatermark(topic, 0)).isZero();
    }

    @Test
    void a_waiting_consumer_gets_an_append_at_once() throws Exception {
        // Given
        clients.create("watched", 1, Map.of());
        try (KafkaConsumer<String, byte[]> consumer = clients.consumer("earliest")) {
            consumer.assign(List.of(new TopicPartition("watched", 0)));
            consumer.poll(Duration.ofMillis(300));

            // When
            CompletableFuture<Long> appended = CompletableFuture.supplyAsync(() -> {
                try {
                    return broker.append("watched", 0, List.of(record("k", "v")), "none");
                } catch (AppendRefused e) {
                    throw new IllegalStateException(e);
                }
            });

            // Then
            assertThat(consumer.poll(LONG)).hasSize(1);
            assertThat(appended.join()).isZero();
        }
    }

    @Test
    void appends_and_producers_share_a_partition_without_losing_or_reordering() throws Exception {
        // Given
        clients.create("shared", 1, Map.of());
        int each = 2_000;

        // When
        CompletableFuture<Void> producing = CompletableFuture.runAsync(() -> {
            try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
                List<Future<RecordMetadata>> sent = IntStream.range(0, each)
                        .mapToObj(i -> producer.send(new ProducerRecord<>("shared", "p", Integer.toString(i))))
                        .toList();
                sent.forEach(one -> Clients.await(() -> one));
            }
        });
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            offsets.add(broker.append("shared", 0, List.of(record("t", Integer.toString(i))), "none"));
        }
        producing.join();

        // Then
        List<ConsumerRecord<String, byte[]>> seen = clients.consumeRecords("shared", 0);
        assertThat(seen).hasSize(2 * each);
        for (String who : List.of("p", "t")) {
            assertThat(seen.stream()
                            .filter(record -> record.key().equals(who))
                            .map(record -> new String(record.value(), UTF_8)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, each).mapToObj(Integer::toString).toList());
        }
        assertThat(seen.stream().filter(record -> record.key().equals("t")).map(ConsumerRecord::offset))
                .containsExactlyElementsOf(offsets);
    }

    @Test
    void an_append_larger_than_the_topic_allows_is_refused() throws Exception {
        // Given
        clients.create("narrow", 1, Map.of("max.message.bytes", "1000"));

        // When, Then
        assertThatThrownBy(() -> broker.append("narrow", 0, List.of(record("k", "x".repeat(1000))), "none"))
                .isInstanceOf(AppendRefused.class)
                .hasMessageContaining("1000");
        assertThat(broker.highWatermark("narrow", 0)).isZero();
        assertThat(broker.append("narrow", 0, List.of(record("k", "x".repeat(1000))), "gzip"))
                .isZero();
    }

    @Test
    void an_append_to_a_partition_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> broker.append("nowhere", 0, List.of(record("k", "v")), "none"))
                .isInstanceOf(AppendRefused.class);
    }

    @Test
    void a_reader_gives_every_record_its_offset_bytes_and_headers() throws Exception {
        // Given
        clients.create("read", 1, Map.of("max.message.bytes", "4000000"));
        long time = System.currentTimeMillis() - 10_000;
        byte[] large = new byte[1_500_000];
        large[large.length - 1] = 1;
        try (KafkaProducer<String, String> producer =
                clients.producer(Map.of("max.request.size", 4_000_000, "compression.type", "lz4"))) {
            ProducerRecord<String, String> record = new ProducerRecord<>("read", 0, time, null, "");
            record.headers().add("h", null).add("h", "2".getBytes(UTF_8));
            producer.send(record).get();
            producer.send(new ProducerRecord<>("read", "k", null)).get();
            producer.send(new ProducerRecord<>("read", "large", new String(large, UTF_8)))
                    .get();
        }

        // When
        try (Reader reader = broker.read("read", 0, 0)) {
            List<InputRecord> records = take(reader, 3);

            // Then
            assertThat(records).extracting(InputRecord::offset).containsExactly(0L, 1L, 2L);
            assertThat(records.get(0).key()).isNull();
            assertThat(records.get(0).value()).isEmpty();
            assertThat(records.get(0).timestamp()).isEqualTo(time);
            assertThat(records.get(0).headers()).hasSize(2);
            assertThat(records.get(0).headers().get(0).value()).isNull();
            assertThat(records.get(0).headers().get(1).value()).isEqualTo("2".getBytes(UTF_8));
            assertThat(records.get(1).value()).isNull();
            assertThat(records.get(2).value()).isEqualTo(large);
            assertThat(reader.poll(SHORT)).isEmpty();
        }
    }

    @Test
    void a_reader_starts_in_the_middle_of_a_batch_and_waits_at_the_end() throws Exception {
        // Given
        clients.create("middle", 1, Map.of());
        broker.append("middle", 0, List.of(record("a", "0"), record("a", "1"), record("a", "2")), "none");

        // When
        try (Reader reader = broker.read("middle", 0, 2)) {

            // Then
            assertThat(take(reader, 1)).extracting(InputRecord::offset).containsExactly(2L);

            // When
            CompletableFuture<List<InputRecord>> next = CompletableFuture.supplyAsync(() -> reader.poll(LONG));
            broker.append("middle", 0, List.of(record("a", "3")), "none");

            // Then
            assertThat(next.join()).extracting(InputRecord::offset).containsExactly(3L);
        }
    }

    @Test
    void a_reader_below_the_log_start_continues_from_the_start() throws Exception {
        // Given
        clients.create("trimmed", 1, Map.of());
        for (int i = 0; i < 5; i++) {
            broker.append("trimmed", 0, List.of(record("a", "v")), "none");
        }
        Clients.await(() -> clients.admin()
                .deleteRecords(Map.of(new TopicPartition("trimmed", 0), RecordsToDelete.beforeOffset(3)))
                .all());

        // When
        try (Reader reader = broker.read("trimmed", 0, 0)) {

            // Then
            assertThat(broker.earliest("trimmed", 0)).isEqualTo(3);
            assertThat(take(reader, 2)).extracting(InputRecord::offset).containsExactly(3L, 4L);
        }
    }

    @Test
    void a_reader_sees_committed_records_only_and_none_beyond_an_open_transaction() throws Exception {
        // Given
        clients.create("committed", 1, Map.of());
        try (KafkaProducer<String, String> aborted = clients.producer(Map.of("transactional.id", "aborted"));
                KafkaProducer<String, String> open = clients.producer(Map.of("transactional.id", "open"));
                Reader reader = broker.read("committed", 0, 0)) {
            aborted.initTransactions();
            open.initTransactions();
            aborted.beginTransaction();
            aborted.send(new ProducerRecord<>("committed", "k", "aborted")).get();
            clients.produce("committed", "k", "plain");
            aborted.abortTransaction();

            // When, Then
            assertThat(take(reader, 1)).extracting(InputRecord::offset).containsExactly(1L);

            // When
            open.beginTransaction();
            open.send(new ProducerRecord<>("committed", "k", "open")).get();
            clients.produce("committed", "k", "behind");

            // Then
            assertThat(broker.lastStable("committed", 0)).isEqualTo(3);
            assertThat(broker.highWatermark("committed", 0)).isEqualTo(5);
            assertThat(reader.poll(SHORT)).isEmpty();

            // When
            open.commitTransaction();

            // Then
            assertThat(take(reader, 2)).extracting(InputRecord::offset).containsExactly(3L, 4L);
            await().atMost(LONG).until(() -> broker.lastStable("committed", 0) == 6);
            assertThat(reader.poll(SHORT)).as("the marker is no record").isEmpty();
        }
    }

    @Test
    void a_reader_reads_many_records_in_order_across_batches() throws Exception {
        // Given
        clients.create("many", 1, Map.of());
        int count = 100_000;
        List<OutputRecord> batch = Collections.nCopies(1_000, record("key", "v".repeat(90)));
        for (int i = 0; i < count / batch.size(); i++) {
            broker.append("many", 0, batch, "none");
        }

        // When
        try (Reader reader = broker.read("many", 0, 0)) {
            List<InputRecord> records = take(reader, count);

            // Then
            assertThat(records.stream().mapToLong(InputRecord::offset).toArray())
                    .isEqualTo(LongStream.range(0, count).toArray());
        }
    }

    @Test
    void a_reader_of_a_deleted_topic_says_so_even_when_the_topic_is_created_again() throws Exception {
        // Given
        clients.create("gone", 1, Map.of());
        broker.append("gone", 0, List.of(record("k", "v")), "none");
        String before = broker.topicId("gone").orElseThrow();
        try (Reader reader = broker.read("gone", 0, 0)) {
            take(reader, 1);

            // When
            clients.delete("gone");

            // Then
            assertThat(broker.partitions("gone")).isEmpty();
            assertThatThrownBy(() -> reader.poll(LONG)).isInstanceOf(NoSuchPartition.class);

            // When
            clients.create("gone", 1, Map.of());

            // Then
            assertThat(broker.topicId("gone").orElseThrow()).isNotEqualTo(before);
            assertThatThrownBy(() -> reader.poll(LONG)).isInstanceOf(NoSuchPartition.class);
        }
    }

    @Test
    void an_interrupted_thread_can_read_and_append_without_harm_to_the_broker() throws Exception {
        // Given
        clients.create("interrupted", 1, Map.of());

        // When
        Thread.currentThread().interrupt();
        long offset = broker.append("interrupted", 0, List.of(record("k", "v")), "none");
        boolean kept = Thread.interrupted();
        List<InputRecord> read;
        try (Reader reader = broker.read("interrupted", 0, 0)) {
            Thread.currentThread().interrupt();
            read = reader.poll(LONG);
            kept &= Thread.interrupted();
        }

        // Then
        assertThat(kept).isTrue();
        assertThat(offset).isZero();
        assertThat(read).hasSize(1);
        assertThat(clients.produce("interrupted", "k", "w").offset()).isEqualTo(1);
    }

    @Test
    void a_time_is_found_as_the_first_offset_at_or_after_it() throws Exception {
        // Given
        clients.create("timed", 1, Map.of("retention.ms", "-1"));
        try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
            for (long time : new long[] {100, 200, 300}) {
                producer.send(new ProducerRecord<>("timed", 0, time, "k", "v")).get();
            }
        }

        // When, Then
        assertThat(broker.atOrAfter("timed", 0, 200)).isEqualTo(OptionalLong.of(1));
        assertThat(broker.atOrAfter("timed", 0, 201)).isEqualTo(OptionalLong.of(2));
        assertThat(broker.atOrAfter("timed", 0, 301)).isEmpty();
    }

    @Test
    void questions_about_a_partition_that_is_not_there_say_so() {
        assertThat(broker.partitions("nowhere")).isEmpty();
        assertThat(broker.topicId("nowhere")).isEmpty();
        assertThatThrownBy(() -> broker.highWatermark("nowhere", 0)).isInstanceOf(NoSuchPartition.class);
        assertThatThrownBy(() -> broker.read("nowhere", 0, 0)).isInstanceOf(NoSuchPartition.class);
    }
}
