package lvc.acceptance.recreate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lvc.acceptance.recreate.Ground.Cache;
import lvc.core.topic.Approach;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Writes that come where none should: in an open transaction, and past a fence that somebody took away. */
@Timeout(300)
class DisturbedWritesIT {
    private static final Ground GROUND = Ground.withShortWaits();
    private static final int KEYS = 200;

    @AfterEach
    void tidy() {
        GROUND.fence(List.of());
        GROUND.tidy();
    }

    @AfterAll
    static void stop() {
        GROUND.close();
    }

    @Test
    void a_transaction_that_is_open_at_the_fence_is_waited_for() {
        Cache cache = GROUND.cache("open", Approach.B, 2);
        try (Writer writer = GROUND.writer(cache, "k", KEYS);
                KafkaProducer<String, String> other = transactional("open")) {
            writer.fill();
            open(other, cache, "late", "committed under the fence");
            try (LvcProcess process = GROUND.lvc().start(cache.flags("recreate", "-o", "json"))) {
                process.awaitOut(line -> line.contains("has an open transaction from offset"));
                other.commitTransaction();

                assertThat(process.result().exit()).isZero();
            }
            Map<String, String> expected = new TreeMap<>(writer.held());
            expected.put("late", "committed under the fence");
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, expected);
        }
    }

    @Test
    void a_transaction_that_stays_open_is_refused_and_writers_are_let_in() {
        Cache cache = GROUND.cache("stays-open", Approach.B, 2);
        try (Writer writer = GROUND.writer(cache, "k", KEYS);
                KafkaProducer<String, String> other = transactional("stays-open")) {
            writer.fill();
            writer.start();
            open(other, cache, "late", "committed after the refusal");

            Lvc.Result refused = GROUND.lvc().run(cache.flags("recreate", "--timeout", "2s"));

            assertThat(refused.exit()).as(refused.err()).isEqualTo(3);
            assertThat(refused.err()).contains("has an open transaction from offset");
            other.commitTransaction();
            writer.stop();
            Map<String, String> expected = new TreeMap<>(writer.held());
            expected.put("late", "committed after the refusal");
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, expected);
        }
    }

    @Test
    void what_writers_write_while_somebody_has_taken_the_fence_away_survives() {
        Cache cache = GROUND.cache("unfenced", Approach.B, 2);
        try (Writer writer = GROUND.writer(cache, "k", KEYS)) {
            writer.fill();
            writer.start();
            try (LvcProcess process = restoring(cache)) {
                long before = writer.acknowledged();
                GROUND.fence(List.of());
                Ground.awaitMore(writer::acknowledged, before + KEYS);
                GROUND.fault("BATCH_DELAY_MS", "");

                Lvc.Result stopped = process.result();
                assertThat(stopped.exit()).as(stopped.err()).isEqualTo(6);
                assertThat(stopped.err()).contains("took " + cache.hot() + " out of kafka_noproduce_topics");
            }
            GROUND.resumeToTheEnd();
            writer.stop();
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, writer.held());
        }
    }

    @Test
    void a_record_from_elsewhere_in_the_new_primary_is_found_and_survives() {
        Cache cache = GROUND.cache("intruder", Approach.B, 2);
        try (Writer writer = GROUND.writer(cache, "k", KEYS)) {
            writer.fill();
            String old = writer.held().keySet().iterator().next();
            try (LvcProcess process = restoring(cache)) {
                GROUND.fence(List.of());
                try (KafkaProducer<String, String> other = transactional("intruder")) {
                    open(other, cache, old, "newer than all that reverse copies");
                    other.commitTransaction();
                }
                GROUND.fence(List.of(cache.hot()));
                GROUND.fault("BATCH_DELAY_MS", "");

                Lvc.Result stopped = process.result();
                assertThat(stopped.exit()).as(stopped.err()).isEqualTo(6);
                assertThat(stopped.err())
                        .contains("was written to while it was restored")
                        .contains("1 record");
            }
            GROUND.resumeToTheEnd();
            Map<String, String> expected = new TreeMap<>(writer.held());
            expected.put(old, "newer than all that reverse copies");
            GROUND.assertAtWork(cache);
            GROUND.assertHolds(cache, expected);
        }
    }

    /** A run whose reverse takes long for every batch. */
    private static LvcProcess restoring(Cache cache) {
        LvcProcess process = GROUND.lvc().start(cache.flags("recreate", "-o", "json"));
        process.awaitStep("save-strays");
        GROUND.fault("BATCH_DELAY_MS", "4000");
        process.awaitStep("await-restored");
        return process;
    }

    private static KafkaProducer<String, String> transactional(String id) {
        Map<String, Object> settings = new HashMap<>(GROUND.connection());
        settings.put("transactional.id", id);
        KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private static void open(KafkaProducer<String, String> producer, Cache cache, String key, String value) {
        producer.beginTransaction();
        try {
            producer.send(new ProducerRecord<>(cache.hot(), key, value)).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
