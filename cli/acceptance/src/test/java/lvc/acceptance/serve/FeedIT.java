package lvc.acceptance.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import lvc.acceptance.recreate.Relay;
import lvc.acceptance.recreate.Relay.Way;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.cache.topic.Freshness;
import lvc.cache.topic.Run;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** That what is served is what the topic says, whatever happens to the topic and to the way to it. */
@Timeout(120)
class FeedIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    private final ChildSandbox sandbox = ChildSandbox.shared();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void abortedValuesAreNotServedAndMarkersAtTheEndDoNotHoldItUp() {
        String topic = sandbox.topic(2, COMPACTED);
        try (Producer<String, String> producer = Feeds.transactional(sandbox, topic)) {
            producer.beginTransaction();
            Future<RecordMetadata> kept = producer.send(new ProducerRecord<>(topic, 0, "k", "committed"));
            producer.commitTransaction();
            producer.beginTransaction();
            Future<RecordMetadata> dropped = producer.send(new ProducerRecord<>(topic, 0, "k", "aborted"));
            producer.flush();
            producer.abortTransaction();
            assertThat(kept).isDone();
            assertThat(dropped).isDone();
        }

        try (Feeds feed = Feeds.of(sandbox, topic, LONG)) {
            feed.awaitReady();

            assertThat(feed.values()).isEqualTo(Map.of("k", "committed"));
            assertThat(feed.served().now().position().offsets()).hasToString("0:3");
        }
    }

    @Test
    void anEmptyTopicIsReadyAndRecordsWithoutAKeyAreCounted() {
        String topic = sandbox.topic(1, Map.of());
        try (Feeds feed = Feeds.of(sandbox, topic, LONG)) {
            feed.awaitReady();
            assertThat(feed.values()).isEmpty();

            Feeds.write(sandbox, new ProducerRecord<>(topic, null, "no key"), new ProducerRecord<>(topic, "k", "v"));

            feed.awaitValues(Map.of("k", "v"));
            assertThat(feed.served().now().image().nullKeys()).isOne();
            assertThat(feed.served().now().position().offsets()).hasToString("0:1");
        }
    }

    @Test
    void partitionsThatAreAddedAreRead() {
        String topic = sandbox.topic(1, COMPACTED);
        Feeds.write(sandbox, new ProducerRecord<>(topic, 0, "a", "1"));
        try (Feeds feed = Feeds.of(sandbox, topic, LONG)) {
            feed.awaitReady();
            String incarnation = feed.served().now().incarnation();

            Feeds.partitions(sandbox, topic, 3);
            Feeds.write(sandbox, new ProducerRecord<>(topic, 2, "b", "2"));

            feed.awaitValues(Map.of("a", "1", "b", "2"));
            assertThat(feed.served().now().incarnation()).isEqualTo(incarnation);
        }
    }

    /**
     * The new topic is longer than the old one was, so that a consumer that goes on by name finds records where it is, and
     * it is there so quickly that nobody who looks once a second sees the old one gone.
     */
    @Test
    void aTopicThatWasCreatedAnewIsNotReadIntoTheOldImage() {
        for (int round = 0; round < 3; round++) {
            String topic = sandbox.topic(1, COMPACTED);
            Feeds.write(sandbox, records(topic, 200, "new"));
            try (Feeds feed = Feeds.of(sandbox, topic, LONG)) {
                feed.awaitReady();
                Map<String, String> before = feed.values();

                Feeds.createAgain(sandbox, topic, COMPACTED);
                Feeds.write(sandbox, records(topic, 2_000, "old"));

                await().atMost(SOON).until(() -> feed.served().now().freshness() instanceof Freshness.Resyncing);
                await().atMost(SOON).until(() -> feed.told("it must be quiet"));
                assertThat(feed.served().now().freshness())
                        .isInstanceOfSatisfying(Freshness.Resyncing.class, freshness -> assertThat(freshness.why())
                                .contains("it must be quiet"));
                assertThat(feed.values()).isEqualTo(before);
                assertThat(feed.served().changes().next()).as("changes told").isZero();
            }
        }
    }

    @Test
    void aNewTopicThatNobodyVouchesForTakesOverWhenItIsQuietAndNotEmpty() {
        String topic = sandbox.topic(1, COMPACTED);
        Feeds.write(
                sandbox,
                new ProducerRecord<>(topic, "same", "1"),
                new ProducerRecord<>(topic, "other", "1"),
                new ProducerRecord<>(topic, "gone", "1"));
        try (Feeds feed = Feeds.of(sandbox, topic, Duration.ofSeconds(1))) {
            feed.awaitReady();
            Map<String, String> before = feed.values();

            Feeds.createAgain(sandbox, topic, COMPACTED);
            await().atMost(SOON).until(() -> feed.told("it is empty"));
            assertThat(feed.values()).isEqualTo(before);
            Feeds.write(
                    sandbox,
                    new ProducerRecord<>(topic, "other", "2"),
                    new ProducerRecord<>(topic, "same", "1"),
                    new ProducerRecord<>(topic, "fresh", "1"));

            feed.awaitValues(Map.of("same", "1", "other", "2", "fresh", "1"));
            assertThat(feed.changesFrom(0)).isEqualTo(new TreeMap<>(Map.of("other", "2", "fresh", "1", "gone", "-")));
        }
    }

    /** Brokers that give no ids: the new topic has the name of the old one in every respect, and fewer records. */
    @Test
    void aPositionOfBeforeOffsetsWentBackIsOfAnotherTopic() {
        String topic = sandbox.topic(1, COMPACTED);
        Feeds.write(sandbox, records(topic, 100, "v"));
        try (Feeds feed = Feeds.nameless(sandbox, topic, Duration.ofSeconds(1))) {
            feed.awaitReady();
            String before = feed.served().now().incarnation();

            Feeds.createAgain(sandbox, topic, COMPACTED);
            Feeds.write(sandbox, records(topic, 10, "w"));

            await().atMost(SOON).until(() -> feed.values().size() == 10);
            assertThat(feed.served().now().incarnation()).isNotEqualTo(before);
            assertThat(feed.values()).containsEntry("k1", "w");
            Feeds.write(sandbox, new ProducerRecord<>(topic, "k1", "x"));
            await().atMost(SOON).until(() -> "x".equals(feed.values().get("k1")));
            await().atMost(SOON).until(() -> feed.served().now().freshness() instanceof Freshness.Live);
        }
    }

    @Test
    void brokersThatAreAwayAreSaidAndNothingIsReadTwice() {
        try (Relay link = Relay.open();
                ChildSandbox behind = ChildSandbox.start("--forwarded-kafka-port", Integer.toString(link.port()))) {
            link.leadTo(behind.forwardTo());
            String there = behind.topic(1, COMPACTED);
            Feeds.write(behind, records(there, 50, "v"));
            try (Feeds feed = Feeds.through(link.address(), there, LONG)) {
                feed.awaitReady();
                await().atMost(SOON).until(() -> feed.served().now().freshness() instanceof Freshness.Live);

                link.become(Way.CUT);
                await().atMost(SOON).until(() -> feed.served().now().freshness() instanceof Freshness.Disconnected);
                assertThat(feed.values()).hasSize(50);
                Feeds.write(behind, new ProducerRecord<>(there, "k1", "meanwhile"));
                link.become(Way.PASS);

                await().atMost(SOON)
                        .until(() -> "meanwhile".equals(feed.values().get("k1")));
                await().atMost(SOON).until(() -> feed.served().now().freshness() instanceof Freshness.Live);
                assertThat(feed.served().changes().next()).as("changes told").isOne();
            }
        }
    }

    @Test
    void brokersThatHangAreSaidHoweverLongTheTimeoutIs() {
        try (Relay link = Relay.open();
                ChildSandbox behind = ChildSandbox.start("--forwarded-kafka-port", Integer.toString(link.port()))) {
            link.leadTo(behind.forwardTo());
            String there = behind.topic(1, COMPACTED);
            Feeds.write(behind, records(there, 5, "v"));
            try (Feeds feed = Feeds.through(link.address(), there, LONG)) {
                await().atMost(SOON).until(() -> feed.served().now().freshness() instanceof Freshness.Live);

                link.become(Way.STALL);

                await().atMost(SOON).until(() -> feed.served().now().freshness() instanceof Freshness.Disconnected);
                link.become(Way.PASS);
                await().atMost(SOON).until(() -> feed.served().now().freshness() instanceof Freshness.Live);
            }
        }
    }

    /** Of a key that was deleted while the topic was read there may be a value and no deletion. */
    @Test
    void readingForLongerThanDeletionsAreKeptIsSaid() {
        String forgetful = sandbox.topic(1, Map.of("cleanup.policy", "compact", "delete.retention.ms", "0"));
        String usual = sandbox.topic(1, COMPACTED);
        try (Feeds one = Feeds.of(sandbox, forgetful, LONG);
                Feeds other = Feeds.of(sandbox, usual, LONG)) {
            one.awaitReady();
            other.awaitReady();

            assertThat(one.told("longer than the brokers keep deletions")).isTrue();
            assertThat(other.told("longer than the brokers keep deletions")).isFalse();
        }
    }

    @Test
    void theNextStartGoesOnWhereTheLastOneStopped() {
        String topic = sandbox.topic(2, COMPACTED);
        Feeds.write(sandbox, records(topic, 100, "v"));
        try (Feeds first = Feeds.keeping(sandbox, topic, folder)) {
            first.awaitReady();
        }
        Feeds.write(sandbox, new ProducerRecord<>(topic, "k1", null), new ProducerRecord<>(topic, "k2", "w"));
        try (Feeds second = Feeds.keeping(sandbox, topic, folder)) {
            second.awaitReady();

            assertThat(second.told("100 keys of")).isTrue();
            assertThat(second.values()).hasSize(99).doesNotContainKey("k1").containsEntry("k2", "w");
        }
    }

    /** As a pod does that is started anew in the middle of a recreate: it has no last good image. */
    @Test
    void whoStartsWhileARunFillsTheTopicIsNotReadyBeforeItIsOver() {
        String topic = sandbox.topic(1, COMPACTED);
        Feeds.write(sandbox, records(topic, 10, "v"));
        AtomicReference<Run> run = new AtomicReference<>(new Run.Unfinished("r1", false));
        try (Feeds feed = Feeds.during(sandbox, topic, run::get)) {
            await().atMost(SOON)
                    .until(() -> feed.told("r1") || feed.served().now().ready());
            assertThat(feed.served().now().ready()).isFalse();

            Feeds.write(sandbox, records(topic, 20, "v"));
            run.set(new Run.Proven("r1", Map.of(0, 30L)));

            feed.awaitReady();
            assertThat(feed.values()).hasSize(20);
        }
    }

    @Test
    void aFileThatIsDamagedOrOfAnotherTopicIsNotUsed() throws IOException {
        String topic = sandbox.topic(1, COMPACTED);
        Feeds.write(sandbox, records(topic, 100, "v"));
        try (Feeds first = Feeds.keeping(sandbox, topic, folder)) {
            first.awaitReady();
        }
        Path file = folder.resolve(topic + ".image");
        byte[] good = Files.readAllBytes(file);
        byte[] damaged = good.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        try (Feeds second = Feeds.keeping(sandbox, topic, folder)) {
            second.awaitReady();
            assertThat(second.told("damaged")).isTrue();
            assertThat(second.values()).hasSize(100);
        }
        Feeds.createAgain(sandbox, topic, COMPACTED);
        Feeds.write(sandbox, records(topic, 10, "w"));
        Files.write(file, good);
        try (Feeds third = Feeds.keeping(sandbox, topic, folder)) {
            third.awaitReady();
            assertThat(third.told("and the topic is")).isTrue();
            assertThat(third.values()).hasSize(10).containsEntry("k1", "w");
        }
    }

    private static ProducerRecord<?, ?>[] records(String topic, int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ProducerRecord<>(topic, "k" + i, value))
                .toArray(ProducerRecord<?, ?>[]::new);
    }
}
