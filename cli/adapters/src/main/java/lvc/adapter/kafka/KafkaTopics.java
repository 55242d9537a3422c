package lvc.adapter.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lvc.core.fault.Exit;
import lvc.core.fault.Fault;
import lvc.core.port.Pause;
import lvc.core.port.Topics;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Topics through Kafka's admin protocol. */
public final class KafkaTopics implements Topics, AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Admin admin;
    private final String brokers;
    private final Duration timeout;
    private final Pause pause;
    private final Function<String, String> identity;

    /**
     * Opens no connection yet.
     *
     * @param connection client properties: bootstrap.servers and, where needed, security
     * @param timeout for every single call
     * @param identity what tells a topic from another one of its name where brokers give no topic ids (Redpanda before
     *     2025); asked for only there
     */
    public KafkaTopics(
            Map<String, Object> connection, Duration timeout, Pause pause, Function<String, String> identity) {
        this.admin = AdminClients.open(connection, timeout);
        this.brokers = String.valueOf(connection.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.timeout = timeout;
        this.pause = pause;
        this.identity = identity;
    }

    @Override
    public Map<String, TopicState> find(Collection<String> names) {
        Map<String, TopicDescription> described = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, future) -> absentAllowed(future, name)
                .ifPresent(description -> described.put(name, description)));
        if (described.isEmpty()) {
            return Map.of();
        }
        Map<ConfigResource, Config> settings = KafkaFaults.get(
                admin.describeConfigs(described.keySet().stream()
                                .map(KafkaTopics::resource)
                                .toList())
                        .all(),
                "settings of " + described.keySet() + " not read",
                brokers);
        return described.values().stream()
                .map(description -> FoundTopic.of(description, settings.get(resource(description.name())), identity))
                .collect(Collectors.toMap(TopicState::name, Function.identity()));
    }

    /**
     * Which topic has a name now, without its settings: one question, for those who ask often.
     *
     * @return empty when nothing has the name
     * @throws Fault UNREACHABLE or FAILED
     */
    public Optional<TopicState> glance(String name) {
        return absentAllowed(
                        admin.describeTopics(List.of(name)).topicNameValues().get(name), name)
                .map(description -> FoundTopic.of(description, null, identity));
    }

    /**
     * Which topic has the name of one that was seen before. Asked by its id, Kafka's client asks once, where by name it asks
     * twice; it is asked by name only when there is no such id, any more or at all.
     *
     * @return empty when nothing has the name
     * @throws Fault UNREACHABLE or FAILED
     */
    public Optional<TopicState> glance(TopicState seen) {
        return FoundTopic.kafkaId(seen)
                .flatMap(id -> byId(id, seen.name()))
                .map(description -> FoundTopic.of(description, null, identity))
                .or(() -> glance(seen.name()));
    }

    private Optional<TopicDescription> byId(Uuid id, String name) {
        KafkaFuture<TopicDescription> described = admin.describeTopics(TopicCollection.ofTopicIds(List.of(id)))
                .topicIdValues()
                .get(id);
        try {
            return absentAllowed(described, name);
        } catch (Fault fault) {
            if (fault.getCause() instanceof UnsupportedVersionException) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    @Override
    public Map<String, String> refusals(Collection<TopicSpec> topics) {
        Map<String, String> refused = new HashMap<>();
        admin.createTopics(
                        topics.stream().map(KafkaTopics::asked).toList(), new CreateTopicsOptions().validateOnly(true))
                .values()
                .forEach((name, future) -> refusal(future, name).ifPresent(said -> refused.put(name, said)));
        return refused;
    }

    /** Only what will not become better by itself is a refusal; what is there already was made by somebody meanwhile. */
    private Optional<String> refusal(KafkaFuture<Void> future, String topic) {
        try {
            KafkaFaults.get(future, "topic " + topic + " not created", brokers);
            return Optional.empty();
        } catch (Fault fault) {
            if (fault.getCause() instanceof TopicExistsException
                    || fault.getCause() instanceof UnsupportedVersionException) {
                return Optional.empty();
            }
            if (fault.exit() == Exit.FAILED && fault.getCause() != null) {
                return Optional.of(String.valueOf(fault.getCause().getMessage()));
            }
            throw fault;
        }
    }

    private static NewTopic asked(TopicSpec topic) {
        return new NewTopic(
                        topic.name(),
                        Optional.of(topic.partitions()),
                        topic.replication() < 0 ? Optional.empty() : Optional.of((short) topic.replication()))
                .configs(topic.settings());
    }

    @Override
    public void create(TopicSpec topic) {
        String what = "topic " + topic.name() + " not created";
        try {
            KafkaFaults.get(admin.createTopics(List.of(asked(topic))).all(), what, brokers);
        } catch (Fault fault) {
            // An answer that was lost is asked for again by the client: then the topic is there, and it is ours.
            if (!(fault.getCause() instanceof TopicExistsException)
                    || find(List.of(topic.name())).isEmpty()) {
                throw fault;
            }
        }
        await(what + " completely", () -> {
            TopicDescription description = absentAllowed(
                            admin.describeTopics(List.of(topic.name()))
                                    .topicNameValues()
                                    .get(topic.name()),
                            topic.name())
                    .orElse(null);
            return description != null
                    && description.partitions().stream()
                            .allMatch(p -> p.leader() != null && !p.leader().isEmpty());
        });
    }

    @Override
    public void alter(String topic, Map<String, String> settings) {
        alter(topic, settings, Set.of());
    }

    @Override
    public void alter(String topic, Map<String, String> settings, Set<String> taken) {
        List<AlterConfigOp> changes = new ArrayList<>();
        settings.forEach((name, value) ->
                changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        taken.forEach(name -> changes.add(new AlterConfigOp(new ConfigEntry(name, null), AlterConfigOp.OpType.DELETE)));
        KafkaFaults.get(
                admin.incrementalAlterConfigs(Map.of(resource(topic), changes)).all(),
                "settings of topic " + topic + " not changed",
                brokers);
    }

    @Override
    public void delete(TopicState found) {
        String what = "topic " + found.name() + " not deleted";
        if (!demandSame(found, what)) {
            return;
        }
        sendDelete(found, what);
        // Somebody may have made another one of its name at once.
        await(what + " completely", () -> absentAllowed(
                        admin.describeTopics(List.of(found.name()))
                                .topicNameValues()
                                .get(found.name()),
                        found.name())
                .filter(now -> FoundTopic.id(now, identity).equals(found.id()))
                .isEmpty());
    }

    @Override
    public Map<Integer, Ends> ends(String topic) {
        String what = "ends of topic " + topic + " not read";
        int partitions =
                KafkaFaults.get(admin.describeTopics(List.of(topic)).allTopicNames(), what, brokers).values().stream()
                        .mapToInt(description -> description.partitions().size())
                        .sum();
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
        Map<TopicPartition, ListOffsetsResultInfo> earliest =
                offsets(all, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED, what);
        Map<TopicPartition, ListOffsetsResultInfo> stable =
                offsets(all, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED, what);
        Map<TopicPartition, ListOffsetsResultInfo> latest =
                offsets(all, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, what);
        Map<Integer, Ends> ends = new HashMap<>();
        for (TopicPartition p : all) {
            ends.put(p.partition(), new Ends(at(earliest, p), at(stable, p), at(latest, p)));
        }
        return ends;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(
            List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation, String what) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), p -> spec));
        return KafkaFaults.get(
                admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all(), what, brokers);
    }

    private static long at(Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
        ListOffsetsResultInfo found = offsets.get(partition);
        if (found == null) {
            throw new IllegalStateException("the client left out " + partition);
        }
        return found.offset();
    }

    private Optional<TopicDescription> absentAllowed(@Nullable KafkaFuture<TopicDescription> future, String topic) {
        if (future == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(future.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof UnknownTopicIdException) {
                return Optional.empty();
            }
            throw KafkaFaults.of(
                    e.getCause() == null ? e : e.getCause(), "topic " + topic + " not found out about", brokers);
        }
    }

    /**
     * Redpanda refuses to delete a topic in use with CLUSTER_AUTHORIZATION_FAILED (31) and no further word, and leaves a
     * topic that may not be deleted at all out of its answer, which the client makes a nameless exception of.
     */
    private RuntimeException refusedDelete(Throwable cause, String topic, String what) {
        if (cause instanceof AuthorizationException) {
            return Fault.refused(
                            what,
                            "a transform still uses " + topic + ", or this user may not delete it (the broker says: "
                                    + cause.getMessage() + ")",
                            "lvc transform list")
                    .causedBy(cause);
        }
        if (cause.getClass() == ApiException.class) {
            return Fault.refused(
                            what,
                            "the brokers at " + brokers
                                    + " left it out of their answer, which is what Redpanda does with"
                                    + " topics that are listed in the cluster property kafka_nodelete_topics",
                            "rpk cluster config get kafka_nodelete_topics")
                    .causedBy(cause);
        }
        return KafkaFaults.of(cause, what, brokers);
    }

    /** Whether the topic is still there; a fault when another one has taken its name. */
    private boolean demandSame(TopicState found, String what) {
        TopicState now = find(List.of(found.name())).get(found.name());
        if (now != null && !now.id().equals(found.id())) {
            throw Fault.refused(
                    what,
                    "another topic of that name is there now (id " + now.id() + ", seen before: " + found.id() + ")",
                    "lvc status, then the same command again");
        }
        return now != null;
    }

    /** By id where the broker can (DeleteTopics from version 6 on), so that a topic of the same name is safe. */
    private void sendDelete(TopicState found, String what) {
        Optional<Uuid> id = FoundTopic.kafkaId(found);
        try {
            id.map(known -> admin.deleteTopics(TopicCollection.ofTopicIds(List.of(known))))
                    .orElseGet(() -> admin.deleteTopics(List.of(found.name())))
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof UnsupportedVersionException && id.isPresent()) {
                demandSame(found, what);
                sendDelete(FoundTopic.withoutId(found), what);
            } else if (!isGone(cause)) {
                throw refusedDelete(cause, found.name(), what);
            }
        }
    }

    /** An answer that was lost is asked for again by the client: then the topic is gone, and we did it. */
    private static boolean isGone(Throwable cause) {
        return cause instanceof UnknownTopicIdException || cause instanceof UnknownTopicOrPartitionException;
    }

    private void await(String what, BooleanSupplier holds) {
        Duration begun = pause.elapsed();
        while (!holds.getAsBoolean()) {
            if (pause.elapsed().minus(begun).compareTo(timeout) > 0) {
                throw Fault.unreachable(what, "the brokers at " + brokers + " did not agree in time", "lvc status");
            }
            pause.pause(BETWEEN_LOOKS);
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
