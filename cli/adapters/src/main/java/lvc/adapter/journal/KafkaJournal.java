package lvc.adapter.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import lvc.core.fault.Fault;
import lvc.core.journal.Entry;
import lvc.core.journal.JournalTopic;
import lvc.core.port.Journal;
import lvc.core.port.Pause;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The journal as a topic of the cluster: one partition, nothing of it is ever removed, as many copies as the cluster
 * gives by default. The key is the run, the value a {@link JournalLine}, and every entry is a transaction of its own:
 * the transactional id is what makes it one writer's at a time. Each call opens its own connections.
 */
public final class KafkaJournal implements Journal {
    /** Where it is kept. */
    public static final String TOPIC = JournalTopic.NAME;
    /** What only one process at a time can hold; the same for all caches, since the fence is one for the cluster too. */
    static final String TRANSACTIONAL_ID = "lvc-recreate";

    private static final Duration SHORTEST_TRANSACTION = Duration.ofSeconds(10);
    /** More is refused by brokers that were not told otherwise (transaction.max.timeout.ms). */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

    private final Map<String, Object> connection;
    private final String brokers;
    private final Duration timeout;
    /** Whether this process has found or made the topic: from then on an answer that knows none is no empty journal. */
    private volatile boolean known;

    /**
     * Opens no connection yet.
     *
     * @param connection client properties: bootstrap.servers and, where needed, security
     * @param timeout how long the cluster may give no answer, and how long writing an entry may take
     */
    public KafkaJournal(Map<String, Object> connection, Duration timeout) {
        this.connection = Map.copyOf(connection);
        this.brokers = String.valueOf(connection.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.timeout = timeout;
    }

    /**
     * {@inheritDoc}
     *
     * <p>What a transaction has not committed yet is not seen. Whoever has taken the journal reads it again: what its
     * last holder was just writing is either there by then or will never be.
     */
    @Override
    public List<Entry> read() {
        List<Entry> entries = new ArrayList<>();
        try (JournalReader reader = new JournalReader(connection, timeout, known)) {
            reader.read(entry -> {
                if (!(entry instanceof Entry.Beat)) {
                    entries.add(entry);
                }
            });
        }
        return entries;
    }

    @Override
    public Optional<Entry> last() {
        try (JournalReader reader = new JournalReader(connection, timeout, known)) {
            return reader.last();
        }
    }

    /** {@inheritDoc} What the last holder had begun to write and not committed is thrown away. */
    @Override
    public Pen take() {
        create();
        known = true;
        Producer<byte[], byte[]> producer = open();
        try {
            producer.initTransactions();
            return new TransactionalPen(producer, brokers, timeout);
        } catch (KafkaException e) {
            // Closing joins a thread, which an interrupt would break off.
            boolean interrupted = Thread.interrupted();
            producer.close(Duration.ZERO);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw notTaken(e);
        }
    }

    private Producer<byte[], byte[]> open() {
        try {
            return new KafkaProducer<>(writing());
        } catch (KafkaException e) {
            throw Fault.usage(
                            "no Kafka client with these settings",
                            JournalFaults.said(e),
                            "look at the kafka.* lines of config.properties (lvc config shows what is used)")
                    .causedBy(e);
        }
    }

    private Map<String, Object> writing() {
        int millis = (int) timeout.toMillis();
        Duration transaction = timeout.compareTo(SHORTEST_TRANSACTION) < 0 ? SHORTEST_TRANSACTION : timeout;
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "lvc");
        // One entry at a time, and each is waited for: with the usual 100 ms between tries most of it would be waiting.
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        settings.putAll(connection);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) millis);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, millis / 2));
        // Never shorter than a write may take, or the cluster would give up what is still being tried here. A writer
        // that
        // died keeps nobody waiting for it: readers stop before what is open, and taking the journal ends it.
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int)
                (transaction.compareTo(LONGEST_TRANSACTION) < 0 ? transaction : LONGEST_TRANSACTION).toMillis());
        return settings;
    }

    private void create() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(timeout.toMillis(), 30_000));
        NewTopic topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty())
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG, "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG, "-1"));
        String what = "topic " + TOPIC + " not created";
        try (Admin admin = Admin.create(settings)) {
            if (!admin.listTopics().names().get().contains(TOPIC)) {
                admin.createTopics(List.of(topic)).all().get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw JournalFaults.of(e, what, brokers);
            }
        } catch (KafkaException e) {
            throw JournalFaults.of(e, what, brokers);
        }
    }

    /**
     * A cluster without transactions says so in several ways: Redpanda with {@code enable_transactions=false} answers a
     * search for the coordinator with UNSUPPORTED_VERSION, which the client passes on as a failure without a name.
     */
    private RuntimeException notTaken(KafkaException thrown) {
        String what = "the journal was not taken";
        if (JournalFaults.slow(thrown)
                || JournalFaults.is(thrown, AuthenticationException.class)
                || JournalFaults.is(thrown, InterruptException.class)) {
            return JournalFaults.of(thrown, what, brokers);
        }
        return Fault.refused(
                        what,
                        "the cluster at " + brokers
                                + " knows no transactions, or this user may not use the transactional" + " id "
                                + TRANSACTIONAL_ID + ": " + JournalFaults.said(thrown),
                        "set the cluster property enable_transactions, or ask for WRITE and DESCRIBE on that id")
                .causedBy(thrown);
    }
}
