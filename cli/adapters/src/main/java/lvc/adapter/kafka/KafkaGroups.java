package lvc.adapter.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import lvc.core.fault.Fault;
import lvc.core.port.Groups;
import lvc.core.port.Pause;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;

/**
 * Consumer groups through Kafka's admin protocol, which tells what members have but not what they are subscribed to. So
 * all members of a group count as soon as one of them has partitions of the topic, or the group remembers offsets of it:
 * rather one too many than one too few. A group that has never committed anything and is just dividing the partitions
 * among its members is seen when it has done so.
 */
public final class KafkaGroups implements Groups, AutoCloseable {
    /** What consumers call their protocol; a group that only keeps offsets has none. */
    private static final Set<String> PROTOCOLS = Set.of("consumer", "");

    private final Admin admin;
    private final String brokers;

    /**
     * Opens no connection yet.
     *
     * @param connection client properties: bootstrap.servers and, where needed, security
     * @param timeout for every single call
     */
    public KafkaGroups(Map<String, Object> connection, Duration timeout) {
        this.admin = AdminClients.open(connection, timeout);
        this.brokers = String.valueOf(connection.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    }

    @Override
    public List<Group> on(String topic) {
        String what = "consumer groups on topic " + topic + " not found out about";
        Collection<GroupListing> listed = KafkaFaults.get(
                admin.listGroups(new ListGroupsOptions().withProtocolTypes(PROTOCOLS))
                        .all(),
                what,
                brokers);
        List<String> names = listed.stream().map(GroupListing::groupId).sorted().toList();
        Map<String, KafkaFuture<ConsumerGroupDescription>> described =
                admin.describeConsumerGroups(names).describedGroups();
        Map<String, Set<TopicPartition>> offsets = offsets(names, topic, what);
        List<Group> groups = new ArrayList<>();
        for (String name : names) {
            int remembered = offsets.getOrDefault(name, Set.of()).size();
            int members = Optional.ofNullable(described.get(name))
                    .flatMap(future -> unlessGone(future, what))
                    .map(group -> members(group, topic, remembered > 0))
                    .orElse(0);
            if (members > 0 || remembered > 0) {
                groups.add(new Group(name, members, remembered));
            }
        }
        return groups;
    }

    @Override
    public void forget(String group, String topic) {
        String what = "offsets of group " + group + " on topic " + topic + " not deleted";
        Set<TopicPartition> remembered = offsets(List.of(group), topic, what).getOrDefault(group, Set.of());
        if (remembered.isEmpty()) {
            return;
        }
        try {
            admin.deleteConsumerGroupOffsets(group, remembered).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof GroupSubscribedToTopicException || cause instanceof GroupNotEmptyException) {
                throw Fault.refused(
                                what,
                                "topic " + topic + " is still read by group " + group,
                                "stop the consumers of group " + group + ", then the same command again")
                        .causedBy(cause);
            }
            if (!(cause instanceof GroupIdNotFoundException)) {
                throw KafkaFaults.of(cause, what, brokers);
            }
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static int members(ConsumerGroupDescription group, String topic, boolean remembers) {
        boolean reads = group.members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .anyMatch(partition -> partition.topic().equals(topic));
        return reads || remembers ? group.members().size() : 0;
    }

    /** Partitions of the topic of which a group remembers an offset, by group. */
    private Map<String, Set<TopicPartition>> offsets(List<String> groups, String topic, String what) {
        if (groups.isEmpty()) {
            return Map.of();
        }
        Map<String, ListConsumerGroupOffsetsSpec> asked = groups.stream()
                .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        return KafkaFaults.get(admin.listConsumerGroupOffsets(asked).all(), what, brokers).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> on(topic, entry.getValue())));
    }

    private static Set<TopicPartition> on(String topic, Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .filter(entry ->
                        entry.getValue() != null && entry.getKey().topic().equals(topic))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Optional<ConsumerGroupDescription> unlessGone(KafkaFuture<ConsumerGroupDescription> future, String what) {
        try {
            return Optional.of(future.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.Interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw KafkaFaults.of(e.getCause() == null ? e : e.getCause(), what, brokers);
        }
    }
}
