package lvc.acceptance.serve;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import lvc.acceptance.sandbox.ChildSandbox;
import lvc.adapter.kafka.KafkaTopics;
import lvc.adapter.time.SystemPause;
import lvc.cache.store.Change;
import lvc.cache.store.Snapshot;
import lvc.cache.topic.FeedSettings;
import lvc.cache.topic.KafkaLookout;
import lvc.cache.topic.Notice;
import lvc.cache.topic.Run;
import lvc.cache.topic.ServedTopic;
import lvc.cache.topic.Sighting;
import lvc.cache.topic.TopicFeed;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

/** A topic that is fed from a sandbox, and what a test does to it. No run of recreate is known of unless it is said. */
final class Feeds implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    /** No test waits for as long. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final KafkaTopics topics;
    private final TopicFeed feed;
    private final List<Notice> notices = new CopyOnWriteArrayList<>();

    private Feeds(String brokers, String topic, Duration quiet, Optional<Path> images, Function<String, Run> runs) {
        this(brokers, topic, quiet, images, runs, true);
    }

    private Feeds(
            String brokers,
            String topic,
            Duration quiet,
            Optional<Path> images,
            Function<String, Run> runs,
            boolean ids) {
        Map<String, Object> connection = Map.of("bootstrap.servers", brokers);
        this.topics = new KafkaTopics(connection, ANSWER, new SystemPause(), name -> "");
        this.feed = new TopicFeed(
                topic,
                new FeedSettings(connection, TIMEOUT, quiet, 1 << 20, images),
                ids ? new KafkaLookout(topics, topic) : new Nameless(new KafkaLookout(topics, topic)),
                runs,
                Clock.systemUTC(),
                notices::add);
    }

    /** @param quiet for how long a new topic must be quiet before it takes over */
    static Feeds of(ChildSandbox sandbox, String topic, Duration quiet) {
        return through(sandbox.brokers(), topic, quiet);
    }

    static Feeds through(String brokers, String topic, Duration quiet) {
        return new Feeds(brokers, topic, quiet, Optional.empty(), incarnation -> new Run.None());
    }

    /** From brokers that do not say which topic it is. */
    static Feeds nameless(ChildSandbox sandbox, String topic, Duration quiet) {
        return new Feeds(sandbox.brokers(), topic, quiet, Optional.empty(), incarnation -> new Run.None(), false);
    }

    private record Nameless(Sighting.Lookout lookout) implements Sighting.Lookout {
        @Override
        public Optional<Sighting> look() {
            return lookout.look().map(seen -> new Sighting("", seen.partitions()));
        }

        @Override
        public Duration deletesKept() {
            return lookout.deletesKept();
        }
    }

    /** Keeps its image in a file. */
    static Feeds keeping(ChildSandbox sandbox, String topic, Path images) {
        return new Feeds(sandbox.brokers(), topic, SOON, Optional.of(images), incarnation -> new Run.None());
    }

    /** With what the journal of recreate says. */
    static Feeds during(ChildSandbox sandbox, String topic, Supplier<Run> run) {
        return new Feeds(sandbox.brokers(), topic, SOON, Optional.empty(), incarnation -> run.get());
    }

    ServedTopic served() {
        return feed.served();
    }

    void awaitReady() {
        await().atMost(SOON).until(() -> served().now().ready());
    }

    void awaitValues(Map<String, String> values) {
        await().atMost(SOON).until(() -> values().equals(values));
    }

    /** Whether it said something that has this in it. */
    boolean told(String part) {
        return notices.stream().anyMatch(notice -> notice.why().contains(part));
    }

    Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        Snapshot.Cursor each = served().now().image().snapshot().values();
        while (each.next()) {
            values.put(new String(each.key(), UTF_8), text(each.entry().value()));
        }
        return values;
    }

    /** The last that followers were told of each key; a hyphen for a deletion. */
    Map<String, String> changesFrom(long sequence) {
        Map<String, String> told = new TreeMap<>();
        long next = sequence;
        for (Change each = served().changes().at(next);
                each != null;
                each = served().changes().at(++next)) {
            told.put(new String(each.entry().key(), UTF_8), text(each.entry().value()));
        }
        return told;
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "-" : new String(value, UTF_8);
    }

    @Override
    public void close() {
        feed.close();
        topics.close();
    }

    static Producer<String, String> transactional(ChildSandbox sandbox, String id) {
        Map<String, Object> settings = new HashMap<>(sandbox.connection());
        settings.put("transactional.id", id);
        Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    /** Writes records and waits until all are acknowledged. */
    @SuppressWarnings("unchecked") // keys and values are strings, as all that tests write
    static void write(ChildSandbox sandbox, ProducerRecord<?, ?>... records) {
        try (Producer<String, String> producer =
                new KafkaProducer<>(sandbox.connection(), new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<?, ?> record : records) {
                sent.add(producer.send((ProducerRecord<String, String>) record));
            }
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static void partitions(ChildSandbox sandbox, String topic, int count) {
        try (Admin admin = Admin.create(sandbox.connection())) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes a topic and creates it again at once. */
    static void createAgain(ChildSandbox sandbox, String topic, Map<String, String> settings) {
        try (Admin admin = Admin.create(sandbox.connection())) {
            admin.deleteTopics(List.of(topic)).all().get();
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(settings)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
