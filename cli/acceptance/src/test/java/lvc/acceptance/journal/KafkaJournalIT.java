package lvc.acceptance.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.journal.Heartbeat;
import lvc.adapter.journal.KafkaJournal;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.Outcome;
import lvc.core.journal.Step;
import lvc.core.port.Journal;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** One journal for a cluster, so every test has a cluster of its own. */
@Timeout(120)
class KafkaJournalIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Instant AT = Instant.parse("2026-03-01T03:00:00.123Z");

    private final ChildSandbox sandbox = ChildSandbox.start();
    private final Journal journal = new KafkaJournal(sandbox.connection(), TIMEOUT);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void looking_at_a_journal_that_is_not_there_makes_none() throws Exception {
        assertThat(journal.read()).isEmpty();
        assertThat(journal.last()).isEmpty();

        assertThat(topics()).doesNotContain(KafkaJournal.TOPIC);
    }

    @Test
    void what_one_machine_writes_another_one_reads() throws Exception {
        List<Entry> written = new ArrayList<>();
        try (Journal.Pen pen = journal.take()) {
            assertThat(journal.read()).isEmpty();
            assertThat(journal.last()).isEmpty();
            for (int i = 0; i < 40; i++) {
                Entry entry = new Entry.Intended("r", AT, new Step.AwaitDrained("t" + i));
                pen.write(entry);
                written.add(entry);
                pen.write(beat("r", i));
            }
        }

        assertThat(journal.read()).isEqualTo(written);
        assertThat(journal.last()).contains(beat("r", 39));
        assertThat(ownSettings())
                .isEqualTo(Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1"));
    }

    @Test
    void a_journal_that_was_cut_off_is_not_read_as_a_whole_one() throws Exception {
        try (Journal.Pen pen = journal.take()) {
            pen.write(happened("r1"));
            pen.write(happened("r2"));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.brokers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(KafkaJournal.TOPIC, 0), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();
        }

        Fault fault = catchThrowableOfType(Fault.class, journal::read);

        assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
        assertThat(fault.what()).isEqualTo("the journal is incomplete");
        assertThat(fault.why()).contains("begins at offset 2");
    }

    /** A broker that has just started may know of no topic: it would hide a run that has not ended. */
    @Test
    void who_has_taken_it_does_not_believe_that_there_is_none() throws Exception {
        Journal taken = new KafkaJournal(sandbox.connection(), Duration.ofSeconds(2));
        taken.take().close();
        try (Admin admin = Admin.create(sandbox.connection())) {
            admin.deleteTopics(List.of(KafkaJournal.TOPIC)).all().get();
        }
        await().until(() -> !topics().contains(KafkaJournal.TOPIC));

        assertThat(catchThrowableOfType(Fault.class, taken::read).exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(journal.read()).isEmpty();
    }

    @Test
    void whoever_takes_it_stops_the_one_before() {
        try (Journal.Pen first = journal.take();
                Heartbeat heart = new Heartbeat(first, "r1", () -> AT, Duration.ofMillis(20))) {
            first.write(happened("r1"));
            heart.demandAlive();

            try (Journal.Pen second = journal.take()) {
                await().atMost(TIMEOUT)
                        .untilAsserted(() -> assertThat(catchThrowableOfType(Fault.class, heart::demandAlive))
                                .isNotNull());
                Fault fault = catchThrowableOfType(Fault.class, () -> first.write(happened("r1")));
                second.write(happened("r2"));

                assertThat(fault.exit())
                        .as(fault.why() + ", " + fault.getCause())
                        .isEqualTo(Exit.UNFINISHED);
                assertThat(fault.why()).contains("another process has taken over the run");
                assertThat(fault.next()).isEqualTo("lvc status --history");
                assertThat(catchThrowableOfType(Fault.class, heart::beatNow).exit())
                        .isEqualTo(Exit.UNFINISHED);
            }
        }

        assertThat(journal.read()).containsExactly(happened("r1"), happened("r2"));
        assertThat(journal.last()).contains(happened("r2"));
    }

    @Test
    void an_interrupted_thread_writes_what_it_writes_and_the_next_write_works() {
        try (Journal.Pen pen = journal.take()) {
            Thread.currentThread().interrupt();
            pen.write(happened("r1"));
            assertThat(Thread.interrupted()).isTrue();
            pen.write(happened("r2"));
        }

        assertThat(journal.read()).containsExactly(happened("r1"), happened("r2"));
    }

    @Test
    void what_a_dead_writer_left_open_is_neither_read_nor_waited_for() throws Exception {
        try (Journal.Pen pen = journal.take()) {
            pen.write(happened("r1"));
        }
        KafkaProducer<String, String> dying = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.brokers(), "transactional.id", "lvc-recreate"),
                new StringSerializer(),
                new StringSerializer());
        try (dying) {
            dying.initTransactions();
            dying.beginTransaction();
            dying.send(new ProducerRecord<>(KafkaJournal.TOPIC, "r2", "half a li"))
                    .get();

            assertThat(journal.read()).containsExactly(happened("r1"));
            assertThat(journal.last()).contains(happened("r1"));
            try (Journal.Pen pen = journal.take()) {
                assertThat(journal.read()).containsExactly(happened("r1"));
                pen.write(happened("r3"));
            }
            assertThat(journal.read()).containsExactly(happened("r1"), happened("r3"));
        }
    }

    @Test
    void many_lines_that_were_thrown_away_do_not_hide_the_last_one() {
        try (Journal.Pen pen = journal.take()) {
            pen.write(happened("r1"));
        }
        try (KafkaProducer<String, String> other = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.brokers(), "transactional.id", "another"),
                new StringSerializer(),
                new StringSerializer())) {
            other.initTransactions();
            other.beginTransaction();
            for (int i = 0; i < 500; i++) {
                Future<RecordMetadata> unused =
                        other.send(new ProducerRecord<>(KafkaJournal.TOPIC, "r2", "thrown away"));
            }
            other.flush();
            other.abortTransaction();
        }

        assertThat(journal.last()).contains(happened("r1"));
    }

    @Test
    void a_line_of_a_newer_lvc_is_refused_by_offset() throws Exception {
        try (Journal.Pen pen = journal.take()) {
            pen.write(happened("r1"));
        }
        // the commit marker of r1 is written after its commit was answered: before or after this line
        long offset;
        try (KafkaProducer<String, String> newer = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.brokers()), new StringSerializer(), new StringSerializer())) {
            offset = newer.send(new ProducerRecord<>(KafkaJournal.TOPIC, "r2", "{\"v\":2,\"kind\":\"beat\"}"))
                    .get()
                    .offset();
        }

        for (Fault fault : List.of(
                catchThrowableOfType(Fault.class, journal::read), catchThrowableOfType(Fault.class, journal::last))) {
            assertThat(fault.exit()).isEqualTo(Exit.REFUSED);
            assertThat(fault.why()).contains("offset " + offset + " ").contains("newer lvc (format 2");
        }
    }

    @Test
    void a_cluster_that_went_away_is_unreachable_and_not_a_takeover() {
        Journal impatient = new KafkaJournal(sandbox.connection(), Duration.ofSeconds(2));
        try (Journal.Pen pen = impatient.take()) {
            pen.write(happened("r1"));
            sandbox.kill();

            assertThat(catchThrowableOfType(Fault.class, () -> pen.write(happened("r1")))
                            .exit())
                    .isEqualTo(Exit.UNREACHABLE);
            assertThat(catchThrowableOfType(Fault.class, impatient::read).exit())
                    .isEqualTo(Exit.UNREACHABLE);
            assertThat(catchThrowableOfType(Fault.class, impatient::take).exit())
                    .isEqualTo(Exit.UNREACHABLE);
        }
    }

    private Set<String> topics() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(sandbox.connection())) {
            return admin.listTopics().names().get();
        }
    }

    private Map<String, String> ownSettings() throws InterruptedException, ExecutionException {
        Map<String, String> own = new HashMap<>();
        try (Admin admin = Admin.create(sandbox.connection())) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, KafkaJournal.TOPIC);
            for (Config config :
                    admin.describeConfigs(List.of(topic)).all().get().values()) {
                config.entries().stream()
                        .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                        .forEach(entry -> own.put(entry.name(), entry.value()));
            }
        }
        return own;
    }

    private static Entry happened(String run) {
        return new Entry.Happened(run, AT, new Outcome.FenceHolds());
    }

    private static Entry beat(String run, int second) {
        return new Entry.Beat(run, AT.plusSeconds(second));
    }
}
