package lvc.core.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import lvc.core.fault.Fault;
import lvc.core.port.PartitionReader;
import lvc.core.port.Records;
import lvc.core.port.Topics;
import lvc.core.record.NewRecord;
import lvc.core.record.StoredRecord;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;

/** Topics with identities and records. */
public final class SimulatedTopics implements Topics, PartitionReader, Records {
    private final SimulatedWorld world;
    private final Map<String, Topic> topics = new LinkedHashMap<>();
    private final Map<String, Integer> denials = new ConcurrentHashMap<>();
    private int ids;

    SimulatedTopics(SimulatedWorld world) {
        this.world = world;
    }

    /** One topic. */
    private record Topic(
            String id, int replication, Map<String, String> settings, List<SimulatedLog> logs, List<Integer> leaders) {}

    /** Creates a topic for somebody else than lvc. */
    public void somebodyCreates(TopicSpec spec) {
        List<SimulatedLog> logs = new ArrayList<>();
        List<Integer> leaders = new ArrayList<>();
        for (int p = 0; p < spec.partitions(); p++) {
            logs.add(new SimulatedLog(spec.name(), p));
            leaders.add(world.dice(world.cluster.brokers()));
        }
        int replication = spec.replication() < 0 ? 1 : spec.replication();
        topics.put(spec.name(), new Topic("id" + ++ids, replication, new TreeMap<>(spec.settings()), logs, leaders));
        world.tell("topic " + spec.name() + " created as id" + ids);
    }

    /** Deletes a topic for somebody else than lvc. */
    public void somebodyDeletes(String name) {
        topics.remove(name);
        world.tell("topic " + name + " deleted");
    }

    /** The leader of a partition becomes another broker. */
    public void moveLeader(String name, int partition) {
        topic(name).leaders().set(partition, world.dice(world.cluster.brokers()));
        world.tell("leader of " + name + "/" + partition + " is "
                + topic(name).leaders().get(partition));
    }

    /** Compaction comes to a partition, if its topic is compacted. */
    public void compact(String name, int partition) {
        if ("compact".equals(topic(name).settings().get("cleanup.policy"))) {
            log(name, partition).compact(Long.MAX_VALUE);
            world.tell(name + "/" + partition + " compacted");
        }
    }

    public boolean exists(String name) {
        return topics.containsKey(name);
    }

    public String id(String name) {
        return topic(name).id();
    }

    public int partitions(String name) {
        return topic(name).logs().size();
    }

    int leader(String name, int partition) {
        return topic(name).leaders().get(partition);
    }

    public SimulatedLog log(String name, int partition) {
        return topic(name).logs().get(partition);
    }

    /** A transform's write comes in from nowhere. */
    public void appends(String topic, int partition, String key, String value) {
        log(topic, partition)
                .append(
                        key.getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8),
                        List.of(),
                        world.clock(),
                        true);
    }

    /** The newest value of every key that has one, of the committed records that count. */
    public Map<String, String> fold(String name, Predicate<StoredRecord> counts) {
        Map<String, String> fold = new TreeMap<>();
        for (SimulatedLog log : exists(name) ? topic(name).logs() : List.<SimulatedLog>of()) {
            for (StoredRecord record : log.committed()) {
                if (counts.test(record)) {
                    byte[] value = record.value();
                    if (value == null) {
                        fold.remove(SimulatedLog.text(record.key()));
                    } else {
                        fold.put(SimulatedLog.text(record.key()), new String(value, StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return fold;
    }

    private Topic topic(String name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            throw Fault.failed("topic " + name + " not found", "there is no topic " + name, "look");
        }
        return topic;
    }

    /** The next answers come from brokers that do not know this topic. */
    public void deny(String name, int times) {
        denials.put(name, times);
    }

    private boolean denied(String name) {
        return denials.merge(name, -1, Integer::sum) >= 0;
    }

    @Override
    public Map<String, TopicState> find(Collection<String> names) {
        return world.ask("find", () -> {
            Map<String, TopicState> found = new HashMap<>();
            topics.forEach((name, topic) -> {
                if (names.contains(name) && !denied(name)) {
                    found.put(
                            name,
                            new TopicState(
                                    name,
                                    topic.id(),
                                    topic.logs().size(),
                                    topic.replication(),
                                    topic.settings(),
                                    topic.settings().keySet()));
                }
            });
            return found;
        });
    }

    /** As the adapter does: a topic that is there already counts as created. */
    @Override
    public Map<String, String> refusals(Collection<TopicSpec> wanted) {
        return Map.of();
    }

    @Override
    public void create(TopicSpec topic) {
        world.order("create", () -> {
            if (!exists(topic.name())) {
                somebodyCreates(topic);
            }
            return true;
        });
    }

    @Override
    public void alter(String topic, Map<String, String> settings) {
        world.order("alter", () -> {
            topic(topic).settings().putAll(settings);
            return true;
        });
    }

    @Override
    public void alter(String topic, Map<String, String> settings, Set<String> taken) {
        world.order("alter", () -> {
            topic(topic).settings().keySet().removeAll(taken);
            topic(topic).settings().putAll(settings);
            return true;
        });
    }

    /** As the adapter does: a topic that is gone is no fault, another of its name is. */
    @Override
    public void delete(TopicState found) {
        world.order("delete", () -> {
            Topic there = topics.get(found.name());
            if (there != null && !there.id().equals(found.id())) {
                throw Fault.refused("topic " + found.name() + " not deleted", "another has its name", "look");
            }
            if (there != null && world.transforms.uses(found.name())) {
                throw Fault.refused("topic " + found.name() + " not deleted", "a transform uses it", "look");
            }
            if (there != null) {
                somebodyDeletes(found.name());
            }
            return true;
        });
    }

    @Override
    public Map<Integer, Ends> ends(String topic) {
        return world.ask("ends", () -> {
            Map<Integer, Ends> ends = new TreeMap<>();
            List<SimulatedLog> logs = topic(topic).logs();
            for (int p = 0; p < logs.size(); p++) {
                ends.put(p, logs.get(p).ends());
            }
            return ends;
        });
    }

    @Override
    public void read(String topic, int partition, long from, long until, Consumer<StoredRecord> each) {
        List<StoredRecord> some = world.ask("read", () -> log(topic, partition).read(from, until));
        some.forEach(each);
    }

    @Override
    public boolean anyRecord(String topic, int partition, long from, long until) {
        return world.ask(
                "anyRecord", () -> !log(topic, partition).read(from, until).isEmpty());
    }

    @Override
    public void write(String topic, List<NewRecord> records) {
        world.order("produce", () -> {
            records.forEach(record -> log(topic, record.partition()).append(record, world.clock()));
            return true;
        });
    }

    @Override
    public void read(String topic, Consumer<StoredRecord> each) {
        topic(topic).logs().forEach(log -> log.read(0, Long.MAX_VALUE).forEach(each));
    }

    @Override
    public long lastReadable(String topic, int partition, long from, long until) {
        return world.ask("lastReadable", () -> log(topic, partition).read(from, until).stream()
                .mapToLong(StoredRecord::offset)
                .max()
                .orElse(-1));
    }

    Optional<String> idIfThere(String name) {
        return Optional.ofNullable(topics.get(name)).map(Topic::id);
    }

    Map<String, String> settings(String name) {
        return Objects.requireNonNull(topics.get(name)).settings();
    }
}
