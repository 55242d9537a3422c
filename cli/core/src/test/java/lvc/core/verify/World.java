package lvc.core.verify;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import lvc.core.event.Event;
import lvc.core.fake.Caches;
import lvc.core.fake.FakePartitions;
import lvc.core.fake.FakeTopics;
import lvc.core.fake.FakeTransforms;
import lvc.core.port.Pause;
import lvc.core.port.Topics;
import lvc.core.record.StoredRecord;
import lvc.core.report.Verification;
import lvc.core.topic.Approach;
import lvc.core.topic.Cache;
import lvc.core.topic.Ends;
import lvc.core.topic.TopicSpec;
import lvc.core.topic.TopicState;
import lvc.core.transform.Committed;
import lvc.core.wait.Wait;
import org.jspecify.annotations.Nullable;

/** Two topics, a forward transform that copies when it is told to, and something that happens at every look. */
final class World implements Topics, Pause {
    static final String INPUT = "primary";
    static final String OUTPUT = "secondary";
    static final String FORWARD = "lvc-1";

    final Cache cache;
    final FakeTopics topics = new FakeTopics();
    final FakePartitions partitions = new FakePartitions(topics);
    final FakeTransforms transforms;
    final List<Event> events = new ArrayList<>();
    /** What happens whenever somebody looks at the ends of a topic or waits. */
    Runnable meanwhile = () -> {};

    private Duration elapsed = Duration.ZERO;

    World(int count) {
        cache = Caches.of(Approach.B, count);
        transforms = new FakeTransforms(count);
        topics.create(cache.input());
        topics.create(cache.output());
    }

    World withForward() {
        transforms.add(FORWARD, INPUT, OUTPUT);
        return this;
    }

    void write(int partition, String... keysAndValues) {
        for (String each : keysAndValues) {
            int equals = each.indexOf('=');
            partitions.append(
                    INPUT,
                    partition,
                    equals < 0 ? each : each.substring(0, equals),
                    equals < 0 ? null : each.substring(equals + 1));
        }
    }

    /** Copies input records from one offset until another, and commits the last. */
    void copy(int partition, long from, long until) {
        for (StoredRecord record : partitions.all(INPUT, partition)) {
            if (record.offset() >= from && record.offset() < until) {
                partitions.append(OUTPUT, partition, text(record.key()), text(record.value()));
            }
        }
        transforms.committed.removeIf(row -> row.partition() == partition);
        transforms.committed.add(new Committed(FORWARD, partition, until - 1));
    }

    void copyAll() {
        for (int p = 0; p < cache.input().partitions(); p++) {
            copy(p, 0, end(INPUT, p));
        }
    }

    long end(String topic, int partition) {
        return Objects.requireNonNull(topics.ends(topic).get(partition)).highWatermark();
    }

    Verification verify() {
        return verify(100, Excuse.NONE, record -> {});
    }

    Verification verify(int most, Excuse excuse, Consumer<StoredRecord> inputSeen) {
        return verify(new Terms(most, 1_000, excuse, inputSeen));
    }

    Verification verify(Terms terms) {
        return new Verify(
                        this,
                        transforms,
                        partitions,
                        new Wait(this, Duration.ofSeconds(5), events::add),
                        this,
                        events::add)
                .run(cache, terms);
    }

    @Override
    public Map<Integer, Ends> ends(String topic) {
        meanwhile.run();
        return Map.copyOf(topics.ends(topic));
    }

    @Override
    public void pause(Duration duration) {
        elapsed = elapsed.plus(duration);
        meanwhile.run();
    }

    @Override
    public Map<String, TopicState> find(Collection<String> names) {
        return topics.find(names);
    }

    @Override
    public Map<String, String> refusals(Collection<TopicSpec> wanted) {
        return Map.of();
    }

    @Override
    public void create(TopicSpec topic) {
        topics.create(topic);
    }

    @Override
    public void alter(String topic, Map<String, String> settings) {
        topics.alter(topic, settings);
    }

    @Override
    public void alter(String topic, Map<String, String> settings, Set<String> taken) {
        topics.alter(topic, settings, taken);
    }

    @Override
    public void delete(TopicState found) {
        topics.delete(found);
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plus(elapsed);
    }

    @Override
    public void shielded(Runnable work) {
        work.run();
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
