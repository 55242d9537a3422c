package lvc.sandbox.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import kafka.cluster.Partition;
import lvc.sandbox.config.ClusterConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.TopicImage;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import scala.Option;

/**
 * A real Apache Kafka broker in this process, reachable on 127.0.0.1 only, that behaves towards its clients as Redpanda
 * does where the two differ (see {@link Rules}, {@link RedpandaTopicSettings}, {@link KeptOffsets}).
 *
 * <p>Whatever goes wrong inside it ends up in {@link #faults()}; it never ends the process and never prints.
 */
public final class Broker implements Logs, AutoCloseable {

    /** Number of the only node of this cluster. */
    public static final int NODE = BrokerSettings.NODE;

    private static final Duration ALL_LED = Duration.ofSeconds(20);
    private static final Duration CREATED = Duration.ofSeconds(20);

    private final FileChannel lock;
    private final KafkaNode node;
    private final int port;
    private final OptionalInt forwardTo;
    private final FaultLog faults;
    private final MetadataWatch metadata;
    private final SegmentRoller roller;
    private final BatchAppender appender;
    private final LogThreads threads = new LogThreads();

    private Broker(
            FileChannel lock, KafkaNode node, KafkaNode.Sockets sockets, FaultLog faults, MetadataWatch metadata) {
        this.lock = lock;
        this.node = node;
        this.port = sockets.clientPort();
        this.forwardTo = sockets.forwardedPort();
        this.faults = faults;
        this.metadata = metadata;
        this.roller = new SegmentRoller(node.broker().logManager(), faults);
        this.appender = new BatchAppender(node.broker().replicaManager());
    }

    /**
     * Starts a broker and returns when clients can use it and every partition in its directory is led.
     *
     * @throws PortTaken when something else listens on the wanted port
     * @throws DirectoryTaken when another broker works in the directory
     * @throws IOException when the directory cannot be used or the broker does not start
     */
    public static Broker start(BrokerOptions options, ClusterConfig config, TopicUse use) throws IOException {
        KafkaQuiet.silence();
        RedpandaTopicSettings.teach();
        Files.createDirectories(options.directory());
        FileChannel lock = lock(options.directory());
        try {
            return startLocked(options, config, use, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve("sandbox.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // The other broker runs in this very process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new DirectoryTaken(directory);
    }

    private static Broker startLocked(BrokerOptions options, ClusterConfig config, TopicUse use, FileChannel lock)
            throws IOException {
        FaultLog faults = new FaultLog();
        KafkaQuiet.keepProcess(faults);
        MetadataWatch metadata = new MetadataWatch();
        KafkaNode.Sockets sockets = KafkaNode.Sockets.bind(options);
        KafkaNode node;
        try {
            node = KafkaNode.create(options, sockets, new Rules(config, use, metadata), metadata, faults);
        } catch (IOException | RuntimeException e) {
            sockets.close();
            throw failed(e);
        }
        try {
            node.start(metadata);
            Broker broker = new Broker(lock, node, sockets, faults, metadata);
            if (!metadata.await(broker::allLed, ALL_LED)) {
                throw new IOException("not every partition has a leader after " + ALL_LED.toSeconds() + " s");
            }
            broker.roller.start();
            return broker;
        } catch (IOException | InterruptedException | RuntimeException e) {
            node.close();
            sockets.close();
            throw failed(e);
        }
    }

    private static IOException failed(Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return cause instanceof IOException io
                ? io
                : new IOException("the broker does not start: " + cause.getMessage(), cause);
    }

    private boolean allLed(MetadataImage image) {
        return !image.isEmpty()
                && image.topics().topicsByName().values().stream().allMatch(topic -> led(topic));
    }

    private boolean led(TopicImage topic) {
        return topic.partitions().keySet().stream().allMatch(number -> find(topic.name(), number)
                .filter(partition -> partition.leaderLogIfLocal().isDefined())
                .isPresent());
    }

    /** Address for Kafka clients, {@code 127.0.0.1:PORT}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Port for Kafka clients. */
    public int port() {
        return port;
    }

    /** Address to which the port is to be forwarded that clients are told who come that way. */
    public Optional<String> forwardTo() {
        return forwardTo.isPresent() ? Optional.of("127.0.0.1:" + forwardTo.getAsInt()) : Optional.empty();
    }

    /** Identity of the cluster; it stays when a directory is used again. */
    public String clusterId() {
        return node.clusterId();
    }

    /** What went wrong inside the broker so far, oldest first, at most the last hundred. */
    public List<String> faults() {
        return faults.all();
    }

    /** Every topic, by name. */
    public List<Topic> topics() {
        return metadata.image().topics().topicsByName().values().stream()
                .map(Broker::topic)
                .sorted(Comparator.comparing(Topic::name))
                .toList();
    }

    /** One topic, or empty when there is none of this name. */
    public Optional<Topic> topic(String name) {
        return Optional.ofNullable(metadata.image().topics().getTopic(name)).map(Broker::topic);
    }

    private static Topic topic(TopicImage image) {
        List<Topic.Partition> partitions = image.partitions().entrySet().stream()
                .map(each -> new Topic.Partition(
                        each.getKey(),
                        each.getValue().leader,
                        each.getValue().leaderEpoch,
                        Arrays.stream(each.getValue().replicas).boxed().toList()))
                .sorted(Comparator.comparingInt(Topic.Partition::number))
                .toList();
        return new Topic(image.name(), image.id().toString(), partitions);
    }

    /** Bytes that the log of a partition takes on disk, compacted or not. */
    public long bytes(String topic, int partition) {
        return log(topic, partition).size();
    }

    @Override
    public Optional<Integer> partitions(String topic) {
        return topic(topic).map(found -> found.partitions().size());
    }

    @Override
    public Optional<String> topicId(String topic) {
        return topic(topic).map(Topic::id);
    }

    @Override
    public long earliest(String topic, int partition) {
        return log(topic, partition).logStartOffset();
    }

    @Override
    public long lastStable(String topic, int partition) {
        return log(topic, partition).lastStableOffset();
    }

    @Override
    public long highWatermark(String topic, int partition) {
        return log(topic, partition).highWatermark();
    }

    @Override
    public OptionalLong atOrAfter(String topic, int partition, long timestamp) {
        UnifiedLog log = log(topic, partition);
        try {
            return threads.call(() -> log.fetchOffsetByTimestamp(timestamp, Optional.empty()))
                    .timestampAndOffsetOpt()
                    .map(found -> OptionalLong.of(found.offset))
                    .orElseGet(OptionalLong::empty);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("looking for " + timestamp + " in " + topic, e);
        }
    }

    @Override
    public Reader read(String topic, int partition, long offset) {
        return PartitionReader.open(
                find(topic, partition).orElseThrow(() -> new NoSuchPartition(topic, partition)), threads, offset);
    }

    @Override
    public long append(String topic, int partition, List<OutputRecord> records, String compression)
            throws AppendRefused {
        Partition target = find(topic, partition)
                .orElseThrow(() -> new AppendRefused("no partition " + partition + " of topic " + topic));
        MemoryRecords batch = BatchAppender.batch(records, compression);
        try {
            return threads.call(() -> appender.append(target, batch));
        } catch (ApiException e) {
            throw new AppendRefused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("appending to " + topic, e);
        }
    }

    @Override
    public void createInternal(String topic, int partitions, Map<String, String> settings) {
        CreatableTopic wanted =
                new CreatableTopic().setName(topic).setNumPartitions(partitions).setReplicationFactor((short) 1);
        settings.forEach((name, value) ->
                wanted.configs().add(new CreatableTopicConfig().setName(name).setValue(value)));
        CreateTopicsRequestData request = new CreateTopicsRequestData();
        request.topics().add(wanted);
        ControllerRequestContext context =
                new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
        short error = node.controller()
                .controller()
                .createTopics(context, request, Set.of(topic), false)
                .join()
                .topics()
                .find(topic)
                .errorCode();
        if (error != Errors.NONE.code() && error != Errors.TOPIC_ALREADY_EXISTS.code()) {
            throw new IllegalStateException("cannot create " + topic + ": " + Errors.forCode(error));
        }
        awaitLed(topic);
    }

    private void awaitLed(String topic) {
        try {
            metadata.await(
                    image -> {
                        TopicImage found = image.topics().getTopic(topic);
                        return found != null && led(found);
                    },
                    CREATED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Partition> find(String topic, int partition) {
        Option<Partition> found = node.broker().replicaManager().onlinePartition(new TopicPartition(topic, partition));
        return found.isDefined() ? Optional.of(found.get()) : Optional.empty();
    }

    private UnifiedLog log(String topic, int partition) {
        return find(topic, partition)
                .flatMap(Partition::unifiedLog)
                .orElseThrow(() -> new NoSuchPartition(topic, partition));
    }

    /** Stops the broker; what was written is on disk. */
    @Override
    public void close() {
        roller.close();
        node.close();
        threads.close();
        try {
            lock.close();
        } catch (IOException e) {
            faults.add("releasing the directory", e);
        }
    }
}
